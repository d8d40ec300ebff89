import { beforeAll, expect, test } from "vitest";

import { RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";
import { readDataset, type Recording } from "../../src/store/columnar/recording-reader.ts";
import type { ImportSummary } from "../../src/store/import/import-types.ts";
import { imported } from "../imported.ts";
import { describeWithRecording } from "../recordings.ts";
import { LEVELS, LobsterBooks } from "../recordings/lobster-books.ts";
import { LevelBook } from "./level-book.ts";

describeWithRecording("market/lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip", "LOBSTER AMZN 2012-06-21", (path) => {
  let summary: ImportSummary;
  let recording: Recording;
  beforeAll(async () => {
    const dataset = await imported(path);
    summary = dataset.summary;
    recording = readDataset(dataset.path);
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
    const books = await LobsterBooks.read(path);
    expect(books.rows).toBe(155_935);
    expect(countEqualBooks(recording, books, new Set())).toBe(155_935);
    // The messages alone do not know what comes into the window from beyond its edge.
    expect(countEqualBooks(recording, books, new Set<number>([RowKind.windowLevel]))).toBe(90);
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
function countEqualBooks(recording: Recording, books: LobsterBooks, without: ReadonlySet<number>): number {
  const book = new LevelBook();
  let equal = 0;
  for (let i = 0; i < recording.rows; i++) {
    if (!without.has(recording.kind[i])) book.apply(recording, i);
    const message = recording.sequence[i];
    const isLastOfMessage = i + 1 === recording.rows || recording.sequence[i + 1] !== message;
    if (message > 0 && isLastOfMessage && showsExactly(book, books, message)) equal++;
  }
  return equal;
}

/** Whether the best levels of both sides are the recorded ones and nothing stands between them. */
function showsExactly(book: LevelBook, books: LobsterBooks, message: number): boolean {
  for (const [side, levels, direction] of [
    [1, book.asks, 1],
    [0, book.bids, -1],
  ] as const) {
    for (let level = 0; level < LEVELS; level++) {
      if (levels.get(books.price(message, side, level)) !== books.lots(message, side, level)) return false;
    }
    const worst = books.price(message, side, LEVELS - 1) * direction;
    let within = 0;
    for (const price of levels.keys()) if (price * direction <= worst) within++;
    if (within !== LEVELS) return false;
  }
  return true;
}
