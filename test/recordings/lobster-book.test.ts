import { beforeAll, expect, test } from "vitest";

import { Side } from "../../src/model/side.ts";
import { RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";
import type { RecordingChunk } from "../../src/store/columnar/recording-chunk.ts";
import { readDataset } from "../../src/store/columnar/recording-reader.ts";
import { NONE } from "../../src/venues/simulated/recorded-levels.ts";
import { imported } from "../imported.ts";
import { describeWithRecording } from "../recordings.ts";
import { LEVELS, LobsterBooks } from "./lobster-books.ts";
import { PlayedRecording, Tally, rowsOf } from "./played-recording.ts";
import { AMZN } from "./published.ts";

const SIDES = [Side.buy, Side.sell] as const;

describeWithRecording(
  "market/lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip",
  "AMZN through the fast book",
  (path) => {
    let recording: RecordingChunk;
    let books: LobsterBooks;
    beforeAll(async () => {
      recording = readDataset((await imported(path)).path);
      books = await LobsterBooks.read(path);
    });

    test("the book is the recorded one, five levels a side, after every message", () => {
      const { played, ...found } = compare(recording, books);
      expect(books.rows).toBe(AMZN.messages);
      expect(found).toEqual({ compared: AMZN.messages, ...AMZN.everyRow });
      expect(played.flow.counts).toEqual({
        rows: 171_273,
        orders: 83_442,
        cancels: 75_989,
        reductions: 4_456,
        increases: 814,
        takes: 8_974,
        notPlayed: AMZN.hiddenExecutions,
        unknownOrders: 9_346,
        unexplained: 0,
        refused: 0,
        cut: 0,
        offGrid: 0,
        roundedDown: 0,
      });
    });

    test("without the levels that come into the window, the five levels are hardly ever known", () => {
      const messagesOnly = rowsOf(recording, (row) => recording.kind[row] !== RowKind.windowLevel);
      const { played, ...found } = compare(messagesOnly, books);
      expect(found).toEqual({ compared: AMZN.messages, ...AMZN.withoutWindow });
      expect(played.flow.counts.unexplained).toBeGreaterThan(0);
    });

    test("a message in thirteen brings levels into the window, and never changes one that was in view", () => {
      const messages = new Set<number>();
      let levelsSeen = 0;
      let levelsGone = 0;
      let levelsChanged = 0;
      for (let row = 0; row < recording.rows; row++) {
        if (recording.kind[row] !== RowKind.windowLevel) continue;
        const { side, price, qty, sequence } = recording;
        messages.add(sequence[row]);
        if (qty[row] > 0) levelsSeen++;
        else levelsGone++;
        const before = sequence[row] === 1 ? [] : books.levels(sequence[row] - 1, side[row] as Side);
        if (before.some((level) => level.price === price[row])) levelsChanged++;
      }
      expect({ messages: messages.size, levelsSeen, levelsGone }).toEqual(AMZN.window);
      expect(levelsChanged).toBe(0);
    });

    test("of five best levels in six, every lot belongs to an order that was seen to arrive", () => {
      expect(originsShown(recording)).toEqual(AMZN.origins);
    });

    test("an execution trades with the order that the recording names", () => {
      expect(executions(recording)).toEqual(AMZN.executions);
    });

    test("a deletion finds what the recording says was left of the order", () => {
      expect(deletions(recording)).toEqual(AMZN.deletions);
    });

    test("of the orders that nobody saw arrive, few are from before the opening", () => {
      const tally = new Tally();
      let highest = 0;
      for (let row = 0; row < recording.rows; row++) {
        const number = recording.orderId[row];
        const isPreOpen = number < AMZN.firstNumberOfTheDay;
        const isUnseen = (recording.flags[row] & RowFlag.unknownOrder) !== 0;
        if (isUnseen) tally.add(isPreOpen ? "unseen, pre-open" : "unseen, of the day");
        if (recording.kind[row] !== RowKind.orderAdd) continue;
        if (isPreOpen) tally.add("seen, pre-open");
        else if (number < highest) tally.add("seen, out of order");
        else highest = number;
      }
      expect(tally.counts).toEqual(AMZN.orders);
    });
  },
);

/** Whether a row is the last of those that one message has made. */
function endsMessage(rows: RecordingChunk, row: number): boolean {
  return rows.sequence[row] > 0 && (row + 1 === rows.rows || rows.sequence[row + 1] !== rows.sequence[row]);
}

/** Plays a recording and compares the book with the recorded one after every message. */
function compare(rows: RecordingChunk, books: LobsterBooks) {
  const played = new PlayedRecording(rows);
  const classes = new Tally();
  const counts = { compared: 0, equal: 0, bestEqual: 0 };
  for (let row = played.next(); row >= 0; row = played.next()) {
    if (!endsMessage(rows, row)) continue;
    counts.compared++;
    const differences = SIDES.map((side) => differencesOf(played, books, { message: rows.sequence[row], side }));
    if (differences.every(({ isBestEqual }) => isBestEqual)) counts.bestEqual++;
    const isMissing = differences.some(({ missing }) => missing > 0);
    const isStale = differences.some(({ stale }) => stale > 0);
    if (!isMissing && !isStale) counts.equal++;
    else classes.add(isMissing && isStale ? "missing and stale" : isMissing ? "missing" : "stale");
  }
  return { ...counts, classes: classes.counts, played };
}

/** Levels within the recorded window of which the book shows less (`missing`) or more (`stale`) than recorded. */
function differencesOf({ book }: PlayedRecording, books: LobsterBooks, at: { message: number; side: Side }) {
  const { message, side } = at;
  const best = book.bestPriceTicks(side);
  const isBestEqual =
    best === books.price(message, side, 0) && book.levelLots(side, best) === books.lots(message, side, 0);
  let missing = 0;
  let stale = 0;
  let known = 0;
  for (let level = 0; level < LEVELS; level++) {
    const found = book.levelLots(side, books.price(message, side, level));
    const lots = books.lots(message, side, level);
    if (found > 0) known++;
    if (found < lots) missing++;
    if (found > lots) stale++;
  }
  // What the book has besides, between recorded levels.
  const worst = books.price(message, side, LEVELS - 1);
  for (let price = best; price !== 0 && (side === Side.buy ? price >= worst : price <= worst);) {
    if (--known < 0) stale++;
    price = book.nextPriceTicks(side, price);
  }
  return { isBestEqual, missing, stale };
}

type Origin = "order" | "snapshot" | "window";

/** Plays a recording and keeps where each order of the book is from: its own arrival, the snapshot, or the window. */
class TracedRecording extends PlayedRecording {
  readonly #origins = new Map<number, { venueOrderId: number; origin: Origin }>();

  originOf(order: number): Origin {
    const known = this.#origins.get(order);
    if (known === undefined) throw new Error(`nobody knows where order ${order} is from`);
    return known.origin;
  }

  override next(): number {
    const { kind, side, price, orderId } = this.rows;
    const { levels } = this.flow;
    const row = super.next();
    if (row < 0) return row;
    if (kind[row] === RowKind.orderAdd) this.#trace(levels.known(orderId[row]), "order");
    if (kind[row] !== RowKind.snapshotLevel && kind[row] !== RowKind.windowLevel) return row;
    const level = levels.find(side[row] as Side, price[row]);
    const newest = level === NONE ? NONE : levels.newest(level);
    if (newest !== NONE && !levels.isKnown(newest)) {
      this.#trace(newest, kind[row] === RowKind.snapshotLevel ? "snapshot" : "window");
    }
    return row;
  }

  /** An order that only grew is from where it was. */
  #trace(order: number, origin: Origin): void {
    const venueOrderId = this.order(order)?.venueOrderId;
    if (venueOrderId === undefined || this.#origins.get(order)?.venueOrderId === venueOrderId) return;
    this.#origins.set(order, { venueOrderId, origin });
  }
}

/** How many books show only orders that were seen to arrive, over all ten levels and over the best two. */
function originsShown(recording: RecordingChunk) {
  const played = new TracedRecording(recording);
  const tenLevels = new Tally();
  const best = new Tally();
  for (let row = played.next(); row >= 0; row = played.next()) {
    if (!endsMessage(recording, row)) continue;
    const origins = SIDES.map((side) => played.best(side, LEVELS).map(({ price }) => originsAt(played, side, price)));
    tenLevels.add(classOf(origins.flat()));
    best.add(classOf(origins.map(([first]) => first)));
  }
  return { tenLevels: tenLevels.counts, best: best.counts };
}

function originsAt(played: TracedRecording, side: Side, price: number): Set<Origin> {
  const { levels } = played.flow;
  const origins = new Set<Origin>();
  for (let order = levels.newest(levels.find(side, price)); order !== NONE; order = levels.older(order)) {
    if (played.order(order) !== undefined) origins.add(played.originOf(order));
  }
  return origins;
}

function classOf(levels: readonly ReadonlySet<Origin>[]): string {
  const has = (origin: Origin) => levels.some((origins) => origins.has(origin));
  if (has("snapshot")) return has("window") ? "snapshot and window" : "snapshot";
  return has("window") ? "window" : "orders only";
}

/** What recorded executions have traded with, by a rule for each class. The first that applies counts. */
function executions(recording: RecordingChunk) {
  const played = new TracedRecording(recording);
  const unclear = new UnclearLevels(recording);
  const all = new Tally();
  const clear = new Tally();
  for (let row = played.row; row < recording.rows; row = played.row) {
    const isUnknown = (recording.flags[row] & RowFlag.unknownOrder) !== 0;
    const named = played.flow.levels.known(recording.orderId[row]);
    const isClear = !unclear.has(row);
    played.next();
    unclear.look(played, row);
    if (recording.kind[row] !== RowKind.orderExecute) continue;
    const { hits } = played;
    const lots = hits.reduce((sum, hit) => sum + hit.lots, 0);
    expect(lots).toBe(recording.qty[row]);
    expect(hits.every(({ priceTicks }) => priceTicks === recording.price[row])).toBe(true);
    let name = "another order first";
    if (isUnknown) name = "unknown order";
    else if (named === NONE) name = "gone already";
    else if (hits.length === 1 && hits[0].order === named) name = "named order";
    else if (played.originOf(hits[0].order) !== "order") name = `lots of the ${played.originOf(hits[0].order)} first`;
    all.add(name);
    if (isClear && !isUnknown) clear.add(name);
  }
  return { all: all.counts, atClearLevels: clear.counts };
}

/** Levels at which something stood, since they were last empty, that was not seen to arrive. */
class UnclearLevels {
  readonly #recording: RecordingChunk;
  readonly #unclear = new Set<number>();

  constructor(recording: RecordingChunk) {
    this.#recording = recording;
  }

  has(row: number): boolean {
    return this.#unclear.has(this.#keyOf(row));
  }

  /** Looks at the level of a row that was just played. */
  look(played: PlayedRecording, row: number): void {
    const { kind, flags, side, price } = this.#recording;
    const isUnseen =
      kind[row] === RowKind.windowLevel ||
      kind[row] === RowKind.snapshotLevel ||
      (flags[row] & RowFlag.unknownOrder) !== 0;
    if (isUnseen) this.#unclear.add(this.#keyOf(row));
    if (played.book.levelLots(side[row] as Side, price[row]) === 0) this.#unclear.delete(this.#keyOf(row));
  }

  #keyOf(row: number): number {
    return this.#recording.price[row] * 2 + this.#recording.side[row];
  }
}

/** What recorded deletions found of the order that they name. */
function deletions(recording: RecordingChunk) {
  const played = new PlayedRecording(recording);
  const tally = new Tally();
  for (let row = played.row; row < recording.rows; row = played.row) {
    const named = played.flow.levels.known(recording.orderId[row]);
    const left = named === NONE ? undefined : played.order(named)?.leavesLots;
    played.next();
    if (recording.kind[row] !== RowKind.orderDelete) continue;
    if ((recording.flags[row] & RowFlag.unknownOrder) !== 0) tally.add("unknown order");
    else if (left === undefined) tally.add("gone already");
    else if (left === recording.qty[row]) tally.add("just that");
    else tally.add(left < recording.qty[row] ? "less" : "more");
  }
  return tally.counts;
}
