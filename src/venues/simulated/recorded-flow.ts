import { assert } from "../../core/assert.ts";
import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import { RowFlag, RowKind } from "../../store/columnar/recording-chunk.ts";
import type { RecordingChunk } from "../../store/columnar/recording-chunk.ts";
import type { GridRatio } from "./grid-ratio.ts";
import type { Execute, FlowBook, OrderFlow } from "./order-flow.ts";
import type { RecordedLevels } from "./recorded-levels.ts";
import { NONE } from "./recorded-levels.ts";
import type { RecordedOrderCounts } from "./recorded-orders.ts";
import { RecordedOrders } from "./recorded-orders.ts";

// Local copies: V8 folds constants of its own module into the code, but reads imported ones anew at each use.
const Row = { ...RowKind };
const UNSYNCHRONISED = RowFlag.unsynchronised;
const LAST_OF_FRAME = RowFlag.lastOfFrame;
const BUY = Side.buy;
const SELL = Side.sell;
const NO = NONE;

/** By kind of row: 1 where it says something that the book can act on. */
const IS_PLAYED = new Uint8Array(256);
for (const kind of [
  RowKind.clear,
  RowKind.snapshotLevel,
  RowKind.level,
  RowKind.windowLevel,
  RowKind.trade,
  RowKind.orderAdd,
  RowKind.orderReduce,
  RowKind.orderDelete,
  RowKind.orderExecute,
]) {
  IS_PLAYED[kind] = 1;
}

export interface RecordedFlowOptions {
  readonly rows: RecordingChunk;
  readonly instrument: number;
  /** Account of the recorded resting orders, and of those that took liquidity from them. */
  readonly maker: number;
  readonly taker: number;
  /** Steps of the instrument's grids in one of the recording's. */
  readonly ticksPerTick: GridRatio;
  readonly lotsPerLot: GridRatio;
  /** How much faster than recorded the rows are played. */
  readonly speed: number;
}

/** What a recording brought to the book, and what could not be brought. */
export interface RecordedFlowCounts extends RecordedOrderCounts {
  rows: number;
  /** Quotes, executions of hidden orders, auctions, halts, unsynchronised levels: nothing that the book could act on. */
  notPlayed: number;
  /** Rows about an order that the recording did not show to arrive: they count for its level. */
  unknownOrders: number;
  /** Rows that take more from a level than the recording had shown there. */
  unexplained: number;
  /** Rows with a price between two ticks of the instrument: left out. */
  offGrid: number;
  /** Rows with a part of a lot of the instrument: that part is left out. */
  roundedDown: number;
}

/**
 * Plays recorded order flow into a book in which others trade too.
 *
 * What the recording says of a level is the most that its recorded orders stand for; what agents take of them is gone
 * until the next row that names the level. A recorded execution becomes an order that takes liquidity at that price, so
 * whoever is first in the queue trades, agents included; what agents trade in place of a recorded order, it loses.
 *
 * Order-level recordings (L3) are played order by order; lots of which only the level is known (the snapshot's, and those
 * that come into the recorded window from beyond its edge) become orders without a number. Level recordings (L2) have no
 * others: more is an order at the end of the queue, less is taken from the newest ones. docs/recordings.md says more.
 */
export class RecordedFlow implements OrderFlow {
  nextTimeNs: Nanos;
  readonly counts: RecordedFlowCounts = {
    rows: 0,
    orders: 0,
    cancels: 0,
    reductions: 0,
    increases: 0,
    takes: 0,
    notPlayed: 0,
    unknownOrders: 0,
    unexplained: 0,
    refused: 0,
    cut: 0,
    offGrid: 0,
    roundedDown: 0,
  };

  /** Accounts of the recorded orders. */
  readonly accounts: { readonly maker: number; readonly taker: number };
  readonly #rows: RecordingChunk;
  readonly #ticks: GridRatio;
  readonly #lots: GridRatio;
  readonly #speed: number;
  readonly #startNs: number;
  readonly #orders: RecordedOrders;
  /** Levels that recorded trades have taken from since the last frame: twice the price plus the side. */
  readonly #touched = new Set<number>();
  #row = 0;

  constructor(options: RecordedFlowOptions) {
    assert(options.speed > 0, "a recording is played at a speed above 0");
    this.accounts = { maker: options.maker, taker: options.taker };
    this.#rows = options.rows;
    this.#ticks = options.ticksPerTick;
    this.#lots = options.lotsPerLot;
    this.#speed = options.speed;
    this.#startNs = options.rows.rows === 0 ? 0 : options.rows.receiveTime[0];
    this.#orders = new RecordedOrders({ ...options, counts: this.counts });
    this.nextTimeNs = options.rows.rows === 0 ? Infinity : 0;
  }

  /** The recorded orders, for checks. */
  get levels(): RecordedLevels {
    return this.#orders.levels;
  }

  emit(nowNs: Nanos, book: FlowBook, execute: Execute): void {
    const { rows, receiveTime } = this.#rows;
    this.#orders.attach(book, execute);
    let playedNs = NaN;
    while (this.#row < rows) {
      // The rows of a frame have one time, which is worked out once.
      const recordedNs = receiveTime[this.#row];
      if (recordedNs !== playedNs && this.#timeOf(recordedNs) > nowNs) break;
      playedNs = recordedNs;
      this.#play(this.#row++);
    }
    this.#lookAhead();
  }

  /** Plays the next row, whatever its time; only while `nextTimeNs` is finite. */
  playNext(book: FlowBook, execute: Execute): void {
    this.#orders.attach(book, execute);
    this.#play(this.#row++);
    this.#lookAhead();
  }

  #lookAhead(): void {
    const { rows, receiveTime } = this.#rows;
    this.counts.rows = this.#row;
    this.nextTimeNs = this.#row === rows ? Infinity : this.#timeOf(receiveTime[this.#row]);
  }

  #timeOf(recordedNs: number): Nanos {
    return Math.max(0, Math.round((recordedNs - this.#startNs) / this.#speed));
  }

  #play(row: number): void {
    const rows = this.#rows;
    const kind = rows.kind[row];
    const flags = rows.flags[row];
    if (IS_PLAYED[kind] === 0 || (flags & UNSYNCHRONISED) !== 0) {
      this.counts.notPlayed++;
      return;
    }
    const side = rows.side[row] as Side;
    const price = this.#priceOf(row);
    if (price < 0) return;
    const lots = this.#lotsOf(row);
    switch (kind) {
      case Row.level:
      case Row.snapshotLevel:
        this.#setLevel(side, price, lots);
        if ((flags & LAST_OF_FRAME) !== 0 && this.#touched.size > 0) this.#restoreTouched();
        return;
      case Row.windowLevel:
        this.#setLevel(side, price, lots);
        return;
      case Row.trade:
        this.#trade(side, price, lots);
        return;
      case Row.orderAdd:
        this.#addOrder(side, price, lots, rows.orderId[row]);
        return;
      case Row.orderReduce:
      case Row.orderDelete:
        this.#takeAway(side, price, lots, rows.orderId[row]);
        return;
      case Row.orderExecute:
        this.#executeOrder(side, price, lots, rows.orderId[row]);
        return;
      case Row.clear:
        this.#orders.cancelAll();
    }
  }

  /** The row's price in the instrument's ticks; -1 where it has none. */
  #priceOf(row: number): Ticks {
    const { times, over } = this.#ticks;
    const price = (this.#rows.price[row] * times) / over;
    if (price > this.#orders.book.rules.priceTicksMax) {
      this.counts.refused++;
      return -1;
    }
    if (over === 1 || Number.isInteger(price)) return price;
    this.counts.offGrid++;
    return -1;
  }

  #lotsOf(row: number): Lots {
    const { times, over } = this.#lots;
    const lots = (this.#rows.qty[row] * times) / over;
    if (over === 1 || Number.isInteger(lots)) return lots;
    this.counts.roundedDown++;
    return Math.floor(lots);
  }

  /** The recording says how much stands at a level, and not which orders. */
  #setLevel(side: Side, priceTicks: Ticks, lots: Lots): void {
    const { levels } = this.#orders;
    let level = levels.find(side, priceTicks);
    if (level === NO) {
      if (lots === 0) return;
      level = levels.open(side, priceTicks);
    }
    levels.setRecordedLots(level, lots);
    this.#orders.fit(level);
    levels.closeIfEmpty(level);
  }

  #trade(takerSide: Side, priceTicks: Ticks, lots: Lots): void {
    const { book } = this.#orders;
    const side = takerSide === BUY ? SELL : BUY;
    let left = lots;
    let price = book.bestPriceTicks(side);
    while (price !== 0 && left > 0 && (side === SELL ? price <= priceTicks : price >= priceTicks)) {
      this.#touched.add(price * 2 + side);
      left -= book.levelLots(side, price);
      price = book.nextPriceTicks(side, price);
    }
    this.#orders.take(takerSide, priceTicks, lots);
  }

  /**
   * A frame tells the whole of what has changed. The trades behind it come before it or after it, as the network will have
   * it: what they took counts until the next frame, and from there on what the frames say.
   */
  #restoreTouched(): void {
    const { levels } = this.#orders;
    for (const key of this.#touched) {
      const side = (key % 2) as Side;
      const level = levels.find(side, (key - side) / 2);
      if (level === NO) continue;
      this.#orders.fit(level);
      levels.closeIfEmpty(level);
    }
    this.#touched.clear();
  }

  #addOrder(side: Side, priceTicks: Ticks, lots: Lots, recordedId: number): void {
    if (lots === 0) return;
    const { levels } = this.#orders;
    let level = levels.find(side, priceTicks);
    if (level === NO) level = levels.open(side, priceTicks);
    levels.setRecordedLots(level, levels.recordedLots(level) + lots);
    this.#orders.add(level, lots, recordedId);
  }

  /** An order was reduced or deleted. */
  #takeAway(side: Side, priceTicks: Ticks, lots: Lots, recordedId: number): void {
    const { levels } = this.#orders;
    const order = levels.known(recordedId);
    const level = this.#lowerRecord(order, side, priceTicks, lots);
    if (level === NO) return;
    const taken = order === NO ? 0 : this.#orders.shrink(order, lots);
    if (taken < lots) this.#orders.trimToRecord(level, levels.known(recordedId));
    levels.closeIfEmpty(level);
  }

  #executeOrder(side: Side, priceTicks: Ticks, lots: Lots, recordedId: number): void {
    const orders = this.#orders;
    const { levels } = orders;
    const order = levels.known(recordedId);
    const level = this.#lowerRecord(order, side, priceTicks, lots);
    const before = orders.tradedLots;
    orders.take(side === BUY ? SELL : BUY, priceTicks, lots);
    if (level === NO) return;
    // What agents traded in its place, the order loses too: the recorded market wanted no more than it got.
    // Stop orders that it set off may have traded with recorded ones as well.
    const hit = Math.min(lots, Math.abs(orders.tradedLots - before));
    if (order !== NO) orders.shrink(order, lots - hit);
    orders.trimToRecord(level, levels.known(recordedId));
    levels.closeIfEmpty(level);
  }

  /** Records that an order has lost lots. @param order `NONE` if unknown @returns its level, or `NONE` if unknown */
  #lowerRecord(order: number, side: Side, priceTicks: Ticks, lots: Lots): number {
    const { levels } = this.#orders;
    if (order === NO) this.counts.unknownOrders++;
    const level = order === NO ? levels.find(side, priceTicks) : levels.levelOf(order);
    const recorded = level === NO ? 0 : levels.recordedLots(level);
    if (recorded < lots) this.counts.unexplained++;
    if (level !== NO) levels.setRecordedLots(level, Math.max(0, recorded - lots));
    return level;
  }
}
