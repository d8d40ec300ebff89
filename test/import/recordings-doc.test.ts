import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { RECORDING_COLUMNS, RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";
import { readDataset } from "../../src/store/columnar/recording-reader.ts";
import { RecordingWriter } from "../../src/store/columnar/recording-writer.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import { QUARANTINE_CODES } from "../../src/store/import/quarantine.ts";
import { WHOLE_RECORDING } from "./binance-lines.ts";
import { scratchFolder } from "./scratch-folder.ts";

const DOC = readFileSync(new URL("../../docs/recordings.md", import.meta.url), "utf8");
const folder = scratchFolder();

/** The first two cells of every table row, without backticks. */
const CELLS = new Set(
  DOC.split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, 3)
        .map((cell) => cell.trim().replaceAll("`", ""))
        .join(" "),
    ),
);

test("every row kind, flag, column and quarantine code stands in the page's tables", () => {
  const numbered = [...Object.entries(RowKind), ...Object.entries(RowFlag)].map(([name, bit]) => `${bit} ${name}`);
  const columns = RECORDING_COLUMNS.map(({ name, type }) => `${name} ${type}`);
  const firstCells = new Set([...CELLS].map((cells) => cells.split(" ")[0]));
  expect([...numbered, ...columns].filter((cells) => !CELLS.has(cells))).toEqual([]);
  expect(QUARANTINE_CODES.filter((code) => !firstCells.has(code))).toEqual([]);
});

test("the page's example runs and reads a dataset", async () => {
  const inputPath = join(folder, "whole.raw");
  const outputPath = join(folder, "whole.tsd");
  writeFileSync(inputPath, WHOLE_RECORDING.join("\n"));
  await importRecording({ inputPath, outputPath });
  const example = /```ts\n([^]+?)```/.exec(DOC)?.[1] ?? "";
  expect(example.trim().split("\n").length).toBeLessThanOrEqual(12);
  // The example imports the package by its name, which resolves only inside of it.
  const store = new URL("../../src/store/index.ts", import.meta.url).href;
  const program = join(folder, "example.ts");
  writeFileSync(program, example.replace('"tradeswarm/store"', JSON.stringify(store)));
  const output = execFileSync(process.execPath, [program, outputPath], { encoding: "utf8" });
  expect(output).toBe("BTCUSDT: 3 lots of 0.25 traded\n");
});

/** A second reader, written from the page's table of bytes alone. Checksums are left to the real one. */
function readByThePage(bytes: Buffer): Record<string, number[]> {
  const headerJson = bytes.toString("utf8", 24, 24 + bytes.readUInt32LE(12));
  const { columns } = JSON.parse(headerJson) as { columns: { name: string; type: "f64" | "i32" | "u8" }[] };
  const values: Record<string, number[]> = Object.fromEntries(columns.map(({ name }) => [name, []]));
  const footer = bytes.readDoubleLE(bytes.length - 16);
  const chunks = bytes.readUInt32LE(footer + 4);
  for (let entry = footer + 32; entry < footer + 32 + 24 * chunks; entry += 24) {
    const chunk = bytes.readDoubleLE(entry);
    const rows = bytes.readUInt32LE(chunk + 8);
    let block = chunk + 32 + 24 * columns.length;
    columns.forEach(({ name, type }, i) => {
      const directory = chunk + 32 + 24 * i;
      const [encoding, width, blockBytes] = [bytes[directory], bytes[directory + 1], bytes.readUInt32LE(directory + 4)];
      const [base, unit] = [bytes.readDoubleLE(directory + 8), bytes.readDoubleLE(directory + 16)];
      let before = base;
      for (let row = 0; row < rows; row++) {
        const at = block + row * width;
        if (encoding === 0) {
          before = type === "f64" ? bytes.readDoubleLE(at) : type === "i32" ? bytes.readInt32LE(at) : bytes[at];
        } else if (encoding === 2) before = base + unit * bytes.readUIntLE(at, width);
        else if (encoding === 3) before += unit * bytes.readIntLE(at, width);
        values[name].push(before);
      }
      block += blockBytes;
    });
  }
  return values;
}

test("another program can read the file by the page's table of bytes", () => {
  const path = join(folder, "made-up.tsd");
  const writer = new RecordingWriter(path, {
    source: { kind: "test", files: [{ name: "none", sha256: "0".repeat(64), bytes: 0 }] },
    instrument: { symbol: "X", venue: "test", tick: "1", lot: "1", tickFrom: "given", lotFrom: "given", bookTick: "1" },
    startUnixNs: "0",
    timeNote: "made up",
    rowsPerChunk: 100,
  });
  for (let i = 0; i < 250; i++) {
    writer.append({
      eventTime: i * i * 1_000_000,
      receiveTime: 2 ** 45 + i * 1_234_567,
      kind: RowKind.level,
      side: i & 1,
      price: i % 3 === 0 ? 2 ** 30 : i,
      qty: i % 7 === 0 ? 2 ** 50 + i : i,
      orderId: 0,
      sequence: 2 ** 52 + 3 * i,
      flags: i % 5,
    });
  }
  writer.close({});
  const expected = readDataset(path);
  const read = readByThePage(readFileSync(path));
  for (const { name } of RECORDING_COLUMNS) expect(read[name], name).toEqual([...expected[name]]);
});
