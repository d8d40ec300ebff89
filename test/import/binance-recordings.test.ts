import { existsSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";
import { readDataset, type Recording } from "../../src/store/columnar/recording-reader.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import type { ImportProgress, ImportSummary } from "../../src/store/import/import-types.ts";
import { imported } from "../imported.ts";
import { describeWithRecording } from "../recordings.ts";
import { compareWithQuotes } from "./level-book.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SOURCE = "market/binance-raw-l2";
const folder = scratchFolder();

function rowsOfKind(recording: Recording, kind: RowKind, flags = 0): number {
  let rows = 0;
  for (let i = 0; i < recording.rows; i++) {
    if (recording.kind[i] === kind && (recording.flags[i] & flags) === flags) rows++;
  }
  return rows;
}

describeWithRecording(`${SOURCE}/spot_btcusdt_20240808.raw.gz`, "Binance spot BTCUSDT, 346 s", (path) => {
  const progress: ImportProgress[] = [];
  let summary: ImportSummary;
  let recording: Recording;
  beforeAll(async () => {
    const outputPath = join(folder, "spot.tsd");
    const onProgress = (step: ImportProgress): void => void progress.push(step);
    summary = await importRecording({ inputPath: path, outputPath, onProgress });
    recording = readDataset(outputPath);
  });

  test("every line is imported, on the grid that the venue's numbers stand on", () => {
    expect(summary.counts).toMatchObject({
      lines: 41_249,
      diffs: 3_451,
      levelChanges: 124_090,
      snapshots: 1,
      snapshotsApplied: 1,
      trades: 9_757,
      tradeIdsMissing: 0,
      quotes: 28_040,
      gaps: 0,
      linesQuarantined: 0,
    });
    expect(recording.header.source.kind).toBe("binance-spot");
    // Three of 124,090 levels have six decimals: orders older than the lot of 0.00001 that holds for new ones.
    expect(recording.header.instrument).toMatchObject({ symbol: "BTCUSDT", tick: "0.01", lot: "0.000001" });
    expect(recording.footer.counts).toEqual(summary.counts);
    expect(existsSync(`${summary.outputPath}.quarantine.ndjson`)).toBe(false);
  });

  test("the book equals bookTicker at every shared update id", () => {
    // SOURCES.md counts 1,072 over two days of recordings. This file is one of them.
    expect(compareWithQuotes(recording, { without: 0 })).toEqual({ compared: 564, equal: 564 });
  });

  test("the check would notice a book that forgets the diffs from before the snapshot", () => {
    const naive = compareWithQuotes(recording, { without: RowFlag.released });
    expect(naive).toEqual({ compared: 564, equal: 163 });
  });

  test("rows stand in the order of their receive times, from the dataset's start on", () => {
    let before = 0;
    for (let i = 0; i < recording.rows; i++) {
      if (recording.receiveTime[i] < before) expect.unreachable(`row ${i} steps back`);
      before = recording.receiveTime[i];
    }
    expect(recording.receiveTime[0]).toBe(937_085_768);
    expect(recording.header.startUnixNs).toBe("1723161253000000000");
    // The first frame was sent at 1723161255208 ms.
    expect(recording.eventTime[0]).toBe(2_208_000_000);
  });

  test("quotes have no venue time, and say so", () => {
    expect(rowsOfKind(recording, RowKind.quoteBid, RowFlag.eventTimeUnknown)).toBe(28_040);
    expect(rowsOfKind(recording, RowKind.trade, RowFlag.eventTimeUnknown)).toBe(0);
  });

  test("progress rises to the whole of both passes", () => {
    const bytes = summary.header.source.files[0].bytes;
    expect(progress.at(-1)).toMatchObject({ phase: "writing", bytesRead: 2 * bytes, bytesTotal: 2 * bytes });
    expect(progress[0]).toMatchObject({ phase: "scanning", rows: 0 });
    expect(progress.every((step, i) => i === 0 || step.bytesRead > progress[i - 1].bytesRead)).toBe(true);
  });
});

describeWithRecording(`${SOURCE}/usdm_btcusdt_20240808.raw.gz`, "Binance USD-M BTCUSDT, 345 s", (path) => {
  let summary: ImportSummary;
  let recording: Recording;
  beforeAll(async () => {
    const dataset = await imported(path);
    summary = dataset.summary;
    recording = readDataset(dataset.path);
  });

  test("every frame counts once, and the pu chain has no gap", () => {
    expect(summary.counts).toMatchObject({
      lines: 93_954,
      diffs: 6_551,
      levelChanges: 443_521,
      trades: 21_313,
      quotes: 66_089,
      quotesRepeated: 0,
      snapshotsApplied: 1,
      gaps: 0,
      linesQuarantined: 0,
    });
    expect(summary.gaps).toEqual([]);
    expect(recording.header.source.kind).toBe("binance-usdm");
    expect(recording.header.instrument).toMatchObject({ tick: "0.1", lot: "0.001" });
  });

  test("level rows are the level changes, the released ones twice", () => {
    const released = rowsOfKind(recording, RowKind.level, RowFlag.released);
    expect(released).toBeGreaterThan(0);
    expect(rowsOfKind(recording, RowKind.level)).toBe(443_521 + released);
    expect(rowsOfKind(recording, RowKind.snapshotLevel)).toBe(2_000);
    expect(rowsOfKind(recording, RowKind.gap)).toBe(0);
  });

  test("the book equals bookTicker at every shared update id", () => {
    expect(compareWithQuotes(recording, { without: 0 })).toEqual({ compared: 629, equal: 629 });
  });

  test("the recorder's clock is 1.27 s behind the venue's, and the summary says so", () => {
    expect(summary.warnings).toEqual(["the recorder's clock runs at least 1272.402 ms behind the venue's"]);
  });
});

describeWithRecording(`${SOURCE}/cm_btcusd_perp_20240808.raw.gz`, "Binance COIN-M BTCUSD_PERP, 344 s", (path) => {
  let summary: ImportSummary;
  let recording: Recording;
  beforeAll(async () => {
    const dataset = await imported(path);
    summary = dataset.summary;
    recording = readDataset(dataset.path);
  });

  test("every frame counts once, and the pu chain has no gap", () => {
    expect(summary.counts).toMatchObject({
      diffs: 26_847,
      levelChanges: 296_013,
      trades: 2_286,
      quotes: 19_136,
      gaps: 0,
    });
    expect(summary.quarantine).toEqual({ lines: 0, byCode: {}, path: undefined });
    expect(recording.header.instrument).toMatchObject({ symbol: "BTCUSD_PERP", venue: "binance-coinm", lot: "1" });
  });

  test("the book equals bookTicker at every shared update id", () => {
    expect(compareWithQuotes(recording, { without: 0 })).toEqual({ compared: 1_124, equal: 1_124 });
  });
});

describe("a recording", () => {
  describeWithRecording(`${SOURCE}/bybit_xrpusdt-ob500.data.zip`, "of a venue that is not known", (path) => {
    test("is refused with what is in it, and leaves no file", async () => {
      const outputPath = join(folder, "bybit.tsd");
      await expect(importRecording({ inputPath: path, outputPath })).rejects.toThrow(
        "expected one LOBSTER message file, found 0 among 2024-12-01_XRPUSDT_ob500.data",
      );
      expect([outputPath, `${outputPath}.partial`].some((file) => existsSync(file))).toBe(false);
    });
  });
});
