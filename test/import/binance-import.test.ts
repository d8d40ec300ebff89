import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { beforeEach, describe, expect, test } from "vitest";

import { DecimalError } from "../../src/core/decimal.ts";
import { UserError } from "../../src/core/errors.ts";
import { readDataset } from "../../src/store/columnar/recording-reader.ts";
import { LINES_WITHOUT_FRAME_MAX } from "../../src/store/import/binance-import.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import { INSTRUMENTS_MAX } from "../../src/store/import/binance-scan.ts";
import { GAPS_LISTED_MAX, type ImportOptions, type ImportSummary } from "../../src/store/import/import-types.ts";
import { LINE_BYTES_MAX } from "../../src/store/import/line-splitter.ts";
import { QUARANTINE_LINES_MAX, QUARANTINE_TEXT_CHARS_MAX } from "../../src/store/import/quarantine.ts";
import { diffLine, futuresTradeLine, quoteLine, snapshotLine, tradeLine, WHOLE_RECORDING } from "./binance-lines.ts";
import { rowTexts } from "./row-text.ts";
import { scratchFolder } from "./scratch-folder.ts";

const folder = scratchFolder();
let inputPath: string;
let outputPath: string;
let quarantinePath: string;
let number = 0;
beforeEach(() => {
  number++;
  inputPath = join(folder, `${number}.raw`);
  outputPath = join(folder, `${number}.tsd`);
  quarantinePath = `${outputPath}.quarantine.ndjson`;
});

function importLines(lines: readonly string[], options: Partial<ImportOptions> = {}): Promise<ImportSummary> {
  writeFileSync(inputPath, `${lines.join("\n")}\n`);
  return importRecording({ inputPath, outputPath, ...options });
}

interface QuarantinedLine {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  readonly text: string;
}

function quarantined(): QuarantinedLine[] {
  const lines = readFileSync(quarantinePath, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as QuarantinedLine);
}

function leftovers(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith(`${number}.tsd`));
}

describe("a whole recording", () => {
  const ROWS = [
    "level buy 10000 x 4 #12 lastOfFrame unsynchronised",
    "level buy 9999 x 10 #15 unsynchronised",
    "level sell 10002 x 0 #15 lastOfFrame unsynchronised",
    "trade buy 10001 x 1 #7 lastOfFrame",
    "clear buy 0 x 0 #13 snapshot eventTimeUnknown",
    "snapshotLevel buy 10000 x 4 #13 snapshot eventTimeUnknown",
    "snapshotLevel sell 10001 x 14 #13 snapshot eventTimeUnknown",
    "snapshotLevel sell 10002 x 16 #13 lastOfFrame snapshot eventTimeUnknown",
    "level buy 9999 x 10 #15 released",
    "level sell 10002 x 0 #15 lastOfFrame released",
    "level sell 10001 x 13 #16 lastOfFrame",
    "quoteBid buy 10000 x 4 #16 eventTimeUnknown",
    "quoteAsk sell 10001 x 13 #16 lastOfFrame eventTimeUnknown",
    "trade sell 10000 x 2 #8 lastOfFrame",
  ];

  test("becomes rows in processing order", async () => {
    const summary = await importLines(WHOLE_RECORDING);
    const recording = readDataset(outputPath);
    expect(rowTexts(recording)).toEqual(ROWS);
    expect(summary.header.instrument).toEqual({
      symbol: "BTCUSDT",
      venue: "binance-spot",
      tick: "0.01",
      lot: "0.25",
      tickFrom: "observed",
      lotFrom: "observed",
      bookTick: "0.01",
    });
    expect(summary).toMatchObject({ rows: 14, gaps: [], warnings: [], quarantine: { lines: 0, path: undefined } });
    expect(leftovers()).toEqual([`${number}.tsd`]);
  });

  test("keeps venue's and recorder's times; what waited for the snapshot is received with it", async () => {
    const ms = 1_000_000;
    await importLines(WHOLE_RECORDING);
    const { eventTime, receiveTime } = readDataset(outputPath);
    expect([...receiveTime]).toEqual(
      [0, 100, 100, 150, 180, 180, 180, 180, 180, 180, 200, 201, 201, 250].map((t) => t * ms),
    );
    expect([...eventTime]).toEqual(
      [0, 100, 100, 150, 180, 180, 180, 180, 100, 100, 200, 201, 201, 250].map((t) => t * ms),
    );
  });

  test("is told by its content, whatever its name and packing", async () => {
    const text = `${WHOLE_RECORDING.join("\r\n")}\r\n\r\n`;
    writeFileSync(inputPath, gzipSync(text));
    const summary = await importRecording({ inputPath, outputPath });
    expect(rowTexts(readDataset(outputPath))).toEqual(ROWS);
    expect(summary.counts).toMatchObject({ lines: 8, linesBlank: 1, linesQuarantined: 0 });
    expect(summary.header.source.files).toEqual([
      {
        name: `${number}.raw`,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        bytes: gzipSync(text).length,
      },
    ]);
  });

  test("packed in several pieces, as a recorder that appends leaves it, is read to its end", async () => {
    const half = 3;
    const pieces = [WHOLE_RECORDING.slice(0, half), WHOLE_RECORDING.slice(half)];
    writeFileSync(inputPath, Buffer.concat(pieces.map((lines) => gzipSync(`${lines.join("\n")}\n`))));
    await importRecording({ inputPath, outputPath });
    expect(rowTexts(readDataset(outputPath))).toEqual(ROWS);
  });

  test("stands on a grid that holds the snapshot too", async () => {
    const finer = snapshotLine(13, { bids: [["99.995", "0.1"]], asks: [] }, { at: 180 });
    const summary = await importLines(WHOLE_RECORDING.map((line, i) => (i === 3 ? finer : line)));
    expect(summary.header.instrument).toMatchObject({ tick: "0.005", bookTick: "0.005", lot: "0.05" });
    expect(summary.quarantine.lines).toBe(0);
  });

  test("may be imported on coarser or finer grids, which are then the header's", async () => {
    const summary = await importLines(WHOLE_RECORDING, { tick: "0.005", lot: "0.05" });
    expect(summary.header.instrument).toMatchObject({
      tick: "0.005",
      tickFrom: "given",
      lot: "0.05",
      lotFrom: "given",
      bookTick: "0.005",
    });
    expect(readDataset(outputPath).price[0]).toBe(20_000);
  });
});

describe("a chain of update ids that breaks", () => {
  test("is counted, named with its line, and marked until the next snapshot", async () => {
    const summary = await importLines([
      ...WHOLE_RECORDING,
      diffLine({ U: 20, u: 21 }, { b: [["99.98", "1"]] }, { at: 300 }),
      diffLine({ U: 22, u: 22 }, { b: [["99.97", "1"]] }, { at: 400 }),
      snapshotLine(21, { bids: [["99.98", "1"]], asks: [["100.01", "3.25"]] }, { at: 450 }),
    ]);
    expect(rowTexts(readDataset(outputPath)).slice(14)).toEqual([
      "gap buy 0 x 3 #16 lastOfFrame unsynchronised",
      "level buy 9998 x 4 #21 lastOfFrame unsynchronised",
      "level buy 9997 x 4 #22 lastOfFrame unsynchronised",
      "clear buy 0 x 0 #21 snapshot eventTimeUnknown",
      "snapshotLevel buy 9998 x 4 #21 snapshot eventTimeUnknown",
      "snapshotLevel sell 10001 x 13 #21 lastOfFrame snapshot eventTimeUnknown",
      "level buy 9997 x 4 #22 lastOfFrame released",
    ]);
    expect(summary.gaps).toEqual([{ line: 8, lastUpdateId: 16, nextGoesOnFrom: 19 }]);
    expect(summary.counts).toMatchObject({ gaps: 1, snapshotsApplied: 2 });
    expect(summary.warnings).toEqual([
      "the chain of update ids breaks 1 times; the book is unsynchronised until the next snapshot",
    ]);
  });

  test("too often is counted to the end, but listed only so far", async () => {
    const diffs = Array.from({ length: GAPS_LISTED_MAX + 5 }, (_, i) => diffLine({ U: 20 + 2 * i, u: 20 + 2 * i }, {}));
    const summary = await importLines([...WHOLE_RECORDING, ...diffs]);
    expect(summary.counts["gaps"]).toBe(GAPS_LISTED_MAX + 5);
    expect(summary.gaps).toHaveLength(GAPS_LISTED_MAX);
  });

  test("also breaks where a diff had to be quarantined", async () => {
    const broken = diffLine({ U: 17, u: 17 }, { b: [["1e2", "1"]] }, { at: 260 });
    const summary = await importLines([
      ...WHOLE_RECORDING,
      broken,
      diffLine({ U: 18, u: 18 }, { b: [["100.00", "1"]] }),
    ]);
    expect(summary.gaps).toEqual([{ line: 9, lastUpdateId: 16, nextGoesOnFrom: 17 }]);
    expect(summary.quarantine.byCode).toEqual({ "bad-number": 1 });
  });

  test("never starts without a snapshot, and the summary warns", async () => {
    const summary = await importLines([WHOLE_RECORDING[0], WHOLE_RECORDING[1]]);
    expect(summary.warnings).toEqual(["no snapshot fits the diffs, so no level of the book is synchronised"]);
  });
});

describe("repeated and skipped messages", () => {
  test("are counted and left out", async () => {
    const quote = { b: "100.00", B: "1.0", a: "100.01", A: "3.25" };
    const summary = await importLines([
      ...WHOLE_RECORDING,
      quoteLine(16, quote, { at: 300 }),
      quoteLine(15, quote, { at: 301 }),
      tradeLine(8, { p: "100.00", q: "0.5", m: true }, { at: 302 }),
      tradeLine(12, { p: "100.00", q: "0.5" }, { at: 303 }),
      tradeLine(3, { p: "100.00", q: "0.5", e: "aggTrade" }, { at: 304 }),
      `1723161253305000000 {"stream":"btcusdt@kline_1m","data":{"e":"kline"}}`,
      `1723161253306000000 {"result":null,"id":1}`,
    ]);
    expect(summary.counts).toMatchObject({
      quotes: 1,
      quotesRepeated: 1,
      quotesOutdated: 1,
      trades: 3,
      tradesRepeated: 1,
      tradeIdsMissing: 3,
      aggTradesLeftOut: 1,
      "other.kline": 1,
      "other.message": 1,
      linesQuarantined: 0,
    });
    expect(summary.rows).toBe(15);
  });

  test("trades outside the book neither trade nor refine the grid", async () => {
    const summary = await importLines([
      futuresTradeLine(1, { p: "100.0", q: "0.5", X: "MARKET" }),
      futuresTradeLine(2, { p: "99.123", q: "0.001", X: "INSURANCE_FUND" }),
      futuresTradeLine(3, { p: "0", q: "0", X: "NA" }),
    ]);
    expect(summary.counts).toMatchObject({ trades: 1, tradesOutsideBook: 2 });
    expect(summary.header.instrument).toMatchObject({ tick: "100", lot: "0.5" });
  });

  test("streams beyond those that are counted by name are counted together", async () => {
    const others = Array.from({ length: 60 }, (_, i) => `1723161253305000000 {"e":"stream${i}"}`);
    const { counts } = await importLines([...WHOLE_RECORDING, ...others]);
    expect(Object.keys(counts).filter((name) => name.startsWith("other."))).toHaveLength(51);
    expect(counts["other.more"]).toBe(10);
  });

  test("a recorder's clock that steps back is counted", async () => {
    const summary = await importLines([...WHOLE_RECORDING, tradeLine(9, { p: "100.00", q: "0.25" }, { at: 100 })]);
    expect(summary.counts["receiveTimeStepsBack"]).toBe(1);
  });

  test("aggregate trades serve where there are no trades", async () => {
    await importLines([tradeLine(3, { p: "100.00", q: "0.5", e: "aggTrade" })]);
    expect(rowTexts(readDataset(outputPath))).toEqual(["trade buy 1 x 1 #3 lastOfFrame"]);
  });
});

describe("several instruments in one file", () => {
  const other = { symbol: "ETHUSDT" };
  const lines = [
    ...WHOLE_RECORDING,
    tradeLine(1, { p: "2500.1", q: "0.001" }, other),
    diffLine({ U: 5, u: 6, pu: 4 }, { b: [["2500.1", "1"]] }, other),
  ];

  test("are listed, and one must be chosen", async () => {
    await expect(importLines(lines)).rejects.toThrow(
      "holds 3 instruments; one file gives one instrument: choose a symbol of " +
        "spot:BTCUSDT (6 frames), spot:ETHUSDT (1 frames), usdm:ETHUSDT (1 frames)",
    );
    expect(leftovers()).toEqual([]);
  });

  test.each([
    ["btcusdt", "binance-spot", 6],
    ["usdm:ETHUSDT", "binance-usdm", 1],
    ["spot:ethusdt", "binance-spot", 1],
  ])("%s is chosen by name", async (symbol, venue, frames) => {
    const summary = await importLines(lines, { symbol });
    expect(summary.header.instrument.venue).toBe(venue);
    expect(summary.counts["framesOfOtherInstruments"]).toBeGreaterThanOrEqual(8 - frames);
  });

  test("a name that fits none or two is refused", async () => {
    await expect(importLines(lines, { symbol: "ETHUSDT" })).rejects.toThrow('symbol "ETHUSDT" picks 2');
    await expect(importLines(lines, { symbol: "DOGEUSDT" })).rejects.toThrow('symbol "DOGEUSDT" picks 0');
  });

  test("a snapshot without a symbol is nobody's then", async () => {
    const summary = await importLines(lines, { symbol: "spot:BTCUSDT" });
    expect(quarantined()).toMatchObject([{ line: 4, code: "no-instrument" }]);
    expect(summary.counts["snapshots"]).toBe(0);
  });

  test("are not more than the limit", async () => {
    const trades = (symbols: number) =>
      Array.from({ length: symbols }, (_, i) => tradeLine(i, { p: "1", q: "1" }, { symbol: `S${i}` }));
    const chosen = await importLines(trades(INSTRUMENTS_MAX), { symbol: "S7" });
    expect(chosen.rows).toBe(1);
    await expect(importLines(trades(INSTRUMENTS_MAX + 1), { symbol: "S7" })).rejects.toThrow(
      `more than ${INSTRUMENTS_MAX} instruments in one file`,
    );
  });

  test("a few frames among thousands are taken for damage, not for an instrument", async () => {
    const trades = Array.from({ length: 2_000 }, (_, i) =>
      tradeLine(i + 9, { p: "100.00", q: "0.25" }, { at: 300 + i }),
    );
    const stray = tradeLine(1, { p: "1.00", q: "0.25" }, { symbol: "BTCUSDU", at: 3_000 });
    const summary = await importLines([...WHOLE_RECORDING, ...trades, stray]);
    expect(summary.header.instrument.symbol).toBe("BTCUSDT");
    expect(summary.counts).toMatchObject({ snapshotsApplied: 1, trades: 2_002 });
    expect(quarantined()).toMatchObject([{ line: 2_008, code: "no-instrument" }]);
  });
});

describe("broken lines", () => {
  test("are quarantined with number, code and reason, and all others imported", async () => {
    const trade = tradeLine(9, { p: "100.00", q: "0.5" });
    const summary = await importLines(
      [
        "",
        "# started",
        ...WHOLE_RECORDING,
        trade.slice(0, 80),
        tradeLine(9, { p: "100.005", q: "0.5" }),
        tradeLine(9, { p: "100.00", q: "-0.5" }),
        tradeLine(9, { p: "999999999.99", q: "0.5" }),
        tradeLine(9, { p: "abc", q: "0.5" }),
        trade.replace("1723161253", "0000000001"),
      ],
      { tick: "0.01" },
    );
    expect(quarantined().map(({ line, code }) => [line, code])).toEqual([
      [2, "no-frame"],
      [10, "bad-json"],
      [11, "off-grid"],
      [12, "out-of-range"],
      [13, "out-of-range"],
      [14, "bad-number"],
      [15, "bad-time"],
    ]);
    expect(quarantined()[2]?.reason).toBe('"100.005" is no whole number of steps of 0.01');
    expect(quarantined()[4]?.reason).toContain("is 99999999999 ticks of 0.01, expected 0 to 2147483647");
    expect(quarantined()[1]?.text).toBe(trade.slice(0, 80));
    expect(summary.rows).toBe(14);
    expect(summary.quarantine).toEqual({
      lines: 7,
      byCode: { "bad-json": 1, "bad-number": 1, "bad-time": 1, "no-frame": 1, "off-grid": 1, "out-of-range": 2 },
      path: quarantinePath,
    });
    expect(summary.warnings).toContain("7 lines were quarantined");
    expect(summary.counts).toMatchObject({ linesQuarantined: 7, linesBlank: 1 });
  });

  test("do not decide when the recording was made, even the first", async () => {
    const [first, ...rest] = WHOLE_RECORDING;
    const summary = await importLines([first.replace("1723161253", "9723161253"), ...rest]);
    expect(quarantined()).toMatchObject([{ line: 1, code: "bad-time" }]);
    expect(summary.header.startUnixNs).toBe("1723161253000000000");
  });

  test("beyond the limit are counted, but not kept, and none is kept whole when it is long", async () => {
    const broken = "x".repeat(QUARANTINE_TEXT_CHARS_MAX + 1);
    const summary = await importLines([
      ...WHOLE_RECORDING,
      ...new Array<string>(QUARANTINE_LINES_MAX + 5).fill(broken),
    ]);
    expect(summary.quarantine.lines).toBe(QUARANTINE_LINES_MAX + 5);
    expect(quarantined().length).toBe(QUARANTINE_LINES_MAX);
    expect(quarantined()[0]?.text).toBe("x".repeat(QUARANTINE_TEXT_CHARS_MAX));
  });

  test("that are too long are quarantined with their start", async () => {
    const summary = await importLines([
      ...WHOLE_RECORDING,
      "y".repeat(LINE_BYTES_MAX + 1),
      tradeLine(9, { p: "100.00", q: "1" }),
    ]);
    expect(quarantined()).toMatchObject([{ line: 8, code: "line-too-long", text: "y".repeat(500) }]);
    expect(summary.counts["trades"]).toBe(3);
  });

  test("of an earlier import do not stay behind", async () => {
    await importLines([...WHOLE_RECORDING, "x"]);
    expect(existsSync(quarantinePath)).toBe(true);
    await importLines(WHOLE_RECORDING);
    expect(existsSync(quarantinePath)).toBe(false);
  });

  test("alone make no dataset", async () => {
    const impossible = tradeLine(9, { p: "100.00", q: "0.5" });
    await expect(importLines([impossible], { tick: "30" })).rejects.toThrow(
      "nothing could be imported: 1 lines were refused: off-grid 1",
    );
    expect(leftovers()).toEqual([]);
  });
});

describe("an import that cannot be", () => {
  test("of something else says so without reading all of it", async () => {
    const lines = new Array<string>(LINES_WITHOUT_FRAME_MAX + 100_000).fill("time,open,high,low,close");
    let bytesRead = 0;
    const started = importLines(lines, { onProgress: (progress) => void (bytesRead = progress.bytesRead) });
    await expect(started).rejects.toThrow(/no Binance frame .* found .*known recordings are raw Binance frames/);
    expect(bytesRead).toBeLessThan(200_000);
    expect(leftovers()).toEqual([]);
  });

  test("of a short file of something else says so too", async () => {
    await expect(importLines(["hello"])).rejects.toThrow("none in 1 lines");
  });

  test.each([
    ["a missing file", () => join(folder, "none.raw"), "cannot be opened"],
    ["a folder", () => folder, "is no file"],
  ])("of %s is refused", async (_, path, message) => {
    await expect(importRecording({ inputPath: path(), outputPath })).rejects.toThrow(message);
  });

  test("of an empty file, onto itself, or into a missing folder is refused", async () => {
    writeFileSync(inputPath, "");
    await expect(importRecording({ inputPath, outputPath })).rejects.toThrow("is empty");
    await expect(importLines(WHOLE_RECORDING, { outputPath: inputPath })).rejects.toThrow("is the recording itself");
    expect(readFileSync(inputPath, "utf8")).toContain("BTCUSDT");
    const nowhere = join(folder, "missing", "a.tsd");
    await expect(importLines(WHOLE_RECORDING, { outputPath: nowhere })).rejects.toThrow(UserError);
  });

  test.each(["0", "abc", "-0.01"])("on a grid of %s is refused", async (tick) => {
    await expect(importLines(WHOLE_RECORDING, { tick })).rejects.toThrow(DecimalError);
  });

  test("goes on when it is stopped: nothing is left, and an older dataset stays", async () => {
    await importLines(WHOLE_RECORDING);
    const before = readFileSync(outputPath);
    const stop = new AbortController();
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === "writing") stop.abort(new Error("stopped by the user"));
    };
    const lines = Array.from({ length: 20_000 }, (_, i) => tradeLine(i, { p: "100.00", q: "0.5" }, { at: i }));
    await expect(importLines(lines, { signal: stop.signal, onProgress })).rejects.toThrow("stopped by the user");
    expect(readFileSync(outputPath).equals(before)).toBe(true);
    expect(leftovers()).toEqual([`${number}.tsd`]);
  });
});

describe("a damaged gzip", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) =>
    tradeLine(i, { p: `${100 + (i % 7)}.00`, q: "0.5" }, { at: i }),
  );
  const packed = gzipSync(`${lines.join("\n")}\n`);

  test("that was cut off gives all up to the cut, and a warning", async () => {
    writeFileSync(inputPath, packed.subarray(0, packed.length >> 1));
    const summary = await importRecording({ inputPath, outputPath });
    expect(summary.counts["trades"]).toBeGreaterThan(8_000);
    expect(summary.warnings[0]).toMatch(/^the input is damaged \(unexpected end of file\)/);
    const ids = [...readDataset(outputPath).sequence];
    expect(ids).toEqual(Array.from({ length: summary.counts["trades"] }, (_, i) => i));
  });

  test("with a changed byte gives what comes before it, and a warning", async () => {
    const altered = Buffer.from(packed);
    for (let i = 0; i < 40; i++) altered[(packed.length >> 1) + i] ^= 0x55;
    writeFileSync(inputPath, altered);
    const summary = await importRecording({ inputPath, outputPath });
    expect(summary.counts["trades"]).toBeGreaterThan(1_000);
    expect(summary.warnings[0]).toMatch(/^the input is damaged/);
  });
});
