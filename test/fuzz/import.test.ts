import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";

import { UserError } from "../../src/core/errors.ts";
import { readDataset } from "../../src/store/columnar/recording-reader.ts";
import { parseBinanceLine } from "../../src/store/import/binance-frame.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import type { ImportSummary } from "../../src/store/import/import-types.ts";
import { parseLobsterLevels } from "../../src/store/import/lobster-levels.ts";
import { parseLobsterMessage } from "../../src/store/import/lobster-message.ts";
import { diffLine, WHOLE_RECORDING } from "../import/binance-lines.ts";
import { zipOf } from "../import/made-up-zip.ts";
import { mutated } from "./mutated-text.ts";

const FUTURES_LINES = [
  diffLine({ U: 10, u: 12, pu: 9 }, { b: [["100.00", "1.0"]], a: [] }),
  '1723161255042112000 {"lastUpdateId":11,"E":1723161256313,"T":1723161256298,"bids":[["100.0","1"]],"asks":[]}',
  '1723161255088169167 {"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":12,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510","T":1723161256313,"E":1723161256313}}',
];
const MESSAGES = ["34200.018960767,1,11885113,21,2238100,1", "34200.5,4,5,20,1000400,-1", "34206,7,0,0,-1,-1"];
const BOOKS = ["2239500,100,2231800,100,2239900,100,2230700,200", "1000500,10,1000000,70,9999999999,0,-9999999999,0"];

const folder = mkdtempSync(join(tmpdir(), "tradeswarm-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inputPath = join(folder, "input");
const outputPath = join(folder, "output.tsd");

/** Imports whatever the bytes are. What is allowed: a dataset that can be read, or an error that a person can mend. */
async function importBytes(bytes: Buffer): Promise<ImportSummary | undefined> {
  writeFileSync(inputPath, bytes);
  rmSync(outputPath, { force: true });
  let summary: ImportSummary;
  try {
    summary = await importRecording({ inputPath, outputPath });
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect(existsSync(outputPath)).toBe(false);
    return undefined;
  } finally {
    expect(existsSync(`${outputPath}.partial`)).toBe(false);
    expect(existsSync(`${outputPath}.quarantine.ndjson.partial`)).toBe(false);
  }
  expect(readDataset(outputPath).rows).toBe(summary.rows);
  return summary;
}

describe("lines with random changes", () => {
  test.each<[string, readonly string[], (line: string) => object]>([
    ["Binance", [...WHOLE_RECORDING, ...FUTURES_LINES], parseBinanceLine],
    ["LOBSTER messages", MESSAGES, parseLobsterMessage],
    ["LOBSTER books", BOOKS, (line) => parseLobsterLevels(line, 2)],
  ])("of %s are read or refused with a reason, and never throw", (_, lines, parse) => {
    let refused = 0;
    fc.assert(
      fc.property(mutated(lines), (line) => {
        const result = parse(line);
        if ("code" in result) {
          refused++;
          expect(result).toMatchObject({ reason: expect.stringMatching(/^[^]{1,300}$/) as string });
        }
      }),
      { numRuns: 5_000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test("nested deeper than any stack are read or refused", () => {
    for (const open of ["[", '{"a":']) {
      const deep = open.repeat(200_000);
      expect(parseBinanceLine(`1723161255088169167 ${deep}`)).toMatchObject({ code: "bad-json" });
      const closed = "[".repeat(200_000) + "]".repeat(200_000);
      const line = `1723161255088169167 {"lastUpdateId":${closed},"bids":[],"asks":[]}`;
      expect(parseBinanceLine(line)).toHaveProperty("code");
    }
  });
});

describe("recordings with random changes", () => {
  test("of Binance give a dataset, with every line counted, or an error that can be mended", async () => {
    let imported = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...WHOLE_RECORDING), mutated(WHOLE_RECORDING)), {
          minLength: 1,
          maxLength: 30,
        }),
        async (lines) => {
          const summary = await importBytes(Buffer.from(lines.join("\n")));
          if (summary === undefined) return;
          imported++;
          const { counts } = summary;
          const accounted = Object.entries(counts).filter(
            ([name]) => LINE_COUNTS.has(name) || name.startsWith("other."),
          );
          expect(accounted.reduce((sum, [, count]) => sum + count, 0)).toBe(counts["lines"]);
        },
      ),
      { numRuns: 80 },
    );
    expect(imported).toBeGreaterThan(10);
  });

  test("of LOBSTER give a dataset, with every message counted, or an error that can be mended", async () => {
    let imported = 0;
    const rows = (texts: readonly string[]) =>
      fc.array(fc.oneof(fc.constantFrom(...texts), mutated(texts)), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows(MESSAGES), rows(BOOKS), async (messages, books) => {
        const name = (content: string) => `ACME_2024-01-16_34200000_57600000_${content}_2.csv`;
        const zip = zipOf({ [name("message")]: messages.join("\n"), [name("orderbook")]: books.join("\n") });
        const summary = await importBytes(zip);
        if (summary !== undefined) imported++;
      }),
      { numRuns: 80 },
    );
    expect(imported).toBeGreaterThan(10);
  });

  test.each<[string, Buffer]>([
    ["a gzip", gzipSync(WHOLE_RECORDING.join("\n"))],
    ["a zip", zipOf({ "ACME_2024-01-16_34200000_57600000_message_2.csv": MESSAGES.join("\n") })],
  ])("in the bytes of %s give a dataset or an error that can be mended", async (_, whole) => {
    const changes = fc.array(fc.record({ at: fc.nat({ max: whole.length - 1 }), byte: fc.nat({ max: 255 }) }), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(
        changes,
        fc.integer({ min: 1, max: whole.length }),
        fc.boolean(),
        async (bytes, length, isCut) => {
          const altered = Buffer.from(whole);
          for (const { at, byte } of bytes) altered[at] = byte;
          await importBytes(isCut ? altered.subarray(0, length) : altered);
        },
      ),
      { numRuns: 120 },
    );
  });
});

/** Each line of a Binance recording adds one to exactly one of these. */
const LINE_COUNTS: ReadonlySet<string> = new Set([
  "linesBlank",
  "linesQuarantined",
  "framesOfOtherInstruments",
  "diffs",
  "snapshots",
  "trades",
  "tradesRepeated",
  "tradesOutsideBook",
  "aggTradesLeftOut",
  "quotes",
  "quotesRepeated",
  "quotesOutdated",
]);
