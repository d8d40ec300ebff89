import { join } from "node:path";

import { openPromise } from "yauzl";
import { beforeAll, expect, test } from "vitest";

import { RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";
import { readDataset, type Recording } from "../../src/store/columnar/recording-reader.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import type { ImportSummary } from "../../src/store/import/import-types.ts";
import { describeWithRecording } from "../recordings.ts";
import { LevelBook } from "./level-book.ts";
import { scratchFolder } from "./scratch-folder.ts";

const LEVELS = 5;
/** Dollars times 10,000 per tick of 0.005. */
const UNITS_PER_TICK = 50;
const folder = scratchFolder();

describeWithRecording("market/lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip", "LOBSTER AMZN 2012-06-21", (path) => {
  let summary: ImportSummary;
  let recording: Recording;
  beforeAll(async () => {
    const outputPath = join(folder, "amzn.tsd");
    summary = await importRecording({ inputPath: path, outputPath });
    recording = readDataset(outputPath);
  });

  test("every message is imported and none quarantined", () => {
    expect(summary.counts).toMatchObject({
      messages: 155_935,
      submissions: 77_381,
      reductions: 450,
      deletions: 66_685,
      executions: 8_974,
      hiddenExecutions: 2_445,
      halts: 0,
      linesQuarantined: 0,
      // Pre-open orders, and orders from beyond the five levels: 7,329 deleted, 1,052 executed, 110 reduced.
      unknownOrders: 8_491,
      deletionsOfOtherSize: 5,
      timesRounded: 1,
    });
    let unknown = 0;
    for (let i = 0; i < recording.rows; i++) if ((recording.flags[i] & RowFlag.unknownOrder) !== 0) unknown++;
    expect(unknown).toBe(8_491);
  });

  test("the day starts at midnight in New York, and prices stand on the finest step that was traded", () => {
    // 2012-06-21 00:00 EDT is 04:00 UTC.
    expect(recording.header.startUnixNs).toBe(`${Date.UTC(2012, 5, 21, 4) / 1000}000000000`);
    expect(recording.header.timeNote).toContain("New York");
    expect(recording.footer.times).toMatchObject({
      eventTimeMin: 34_200_017_459_617,
      eventTimeMax: 57_599_959_359_650,
    });
    // 63 executions of hidden orders are at the midpoint, half a cent off every order's price.
    expect(recording.header.instrument).toMatchObject({ symbol: "AMZN", tick: "0.005", bookTick: "0.01", lot: "1" });
    let betweenCents = 0;
    for (let i = 0; i < recording.rows; i++) {
      if (recording.price[i] % 2 === 0) continue;
      expect(recording.kind[i]).toBe(RowKind.hiddenExecute);
      betweenCents++;
    }
    expect(betweenCents).toBe(63);
  });

  test("the book before the first message is its snapshot", () => {
    const kinds = [...recording.kind.subarray(0, 12)];
    expect(kinds).toEqual([RowKind.clear, ...new Array<number>(10).fill(RowKind.snapshotLevel), RowKind.hiddenExecute]);
    const book = new LevelBook();
    for (let i = 0; i < 11; i++) book.apply(recording, i);
    const ticks = (dollars: number) => Math.round(dollars * 200);
    expect(book.top(0, 2)).toEqual([
      [ticks(223.18), 100],
      [ticks(223.07), 200],
    ]);
    expect(book.top(1, 2)).toEqual([
      [ticks(223.95), 100],
      [ticks(223.99), 100],
    ]);
  });

  test("the rows give the recorded five levels after every message", async () => {
    const rows = await orderbookRows(path);
    expect(rows.length).toBe(155_935);
    expect(countEqualBooks(recording, rows, new Set())).toBe(155_935);
    // The messages alone do not know what comes into the window from beyond its edge.
    expect(countEqualBooks(recording, rows, new Set<number>([RowKind.windowLevel]))).toBe(90);
  });

  test("messages explain every change within the window: only its edge needs the recorded book", () => {
    expect(summary.counts).toMatchObject({
      windowLevelsChanged: 0,
      windowLevelsEntered: 11_005,
      windowLevelsGone: 4_322,
    });
  });
});

/** How often the rows' book, without rows of some kinds, shows exactly the recorded levels after a message. */
function countEqualBooks(recording: Recording, rows: readonly string[], without: ReadonlySet<number>): number {
  const book = new LevelBook();
  let equal = 0;
  for (let i = 0; i < recording.rows; i++) {
    if (!without.has(recording.kind[i])) book.apply(recording, i);
    const message = recording.sequence[i];
    const isLastOfMessage = i + 1 === recording.rows || recording.sequence[i + 1] !== message;
    if (message > 0 && isLastOfMessage && showsExactly(book, rows[message - 1])) equal++;
  }
  return equal;
}

/** Whether the best levels of both sides are the recorded ones and nothing stands between them. */
function showsExactly(book: LevelBook, row: string): boolean {
  const fields = row.split(",").map(Number);
  for (const [first, side, direction] of [
    [0, book.asks, 1],
    [2, book.bids, -1],
  ] as const) {
    let worst = -Infinity;
    for (let level = 0; level < LEVELS; level++) {
      const price = fields[4 * level + first] / UNITS_PER_TICK;
      if (side.get(price) !== fields[4 * level + first + 1]) return false;
      worst = Math.max(worst, price * direction);
    }
    let within = 0;
    for (const price of side.keys()) if (price * direction <= worst) within++;
    if (within !== LEVELS) return false;
  }
  return true;
}

/** The orderbook file, read by other means than the importer's. */
async function orderbookRows(path: string): Promise<string[]> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.includes("orderbook")) continue;
      const pieces: Buffer[] = [];
      for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
      return Buffer.concat(pieces).toString("latin1").trimEnd().split("\n");
    }
  } finally {
    zip.close();
  }
  return [];
}
