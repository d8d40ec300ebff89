import { assert } from "../../core/assert.ts";
import { INT32_MAX } from "../../core/units.ts";
import type { Lots, Ticks } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import { PriceTable } from "./price-table.ts";

/** No order, and no level. */
export const NONE = 0;

/** Eight words an order and eight a level, so that each lies in one cache line. A free one names the next free one first. */
const Order = { next: 0, previous: 1, level: 2, sameHash: 3, recordedId: 4 } as const;
const Level = { newest: 0, orders: 1, anonymous: 2, side: 3, priceTicks: 4, recordedLots: 6 } as const;
const RECORD_SHIFT = 3;
const RECORDS_AT_START = 1024;

/**
 * Which orders of a recording stand in the book, level by level and in order of arrival, and how many lots the recording
 * says stand at each level. It knows nothing of fills: an order that agents have filled stays here until somebody looks.
 *
 * Orders and levels are numbers above 0 and are used again once they are gone, so memory grows with what stands at once
 * and not with the recording. An order's number is its orderId in the book.
 */
export class RecordedLevels {
  readonly #orders = new Records();
  readonly #levels = new Records();
  readonly #bids = new PriceTable();
  readonly #asks = new PriceTable();
  /** By hash of the recording's number: the newest order with that hash. A Map of such numbers would allocate them all. */
  #byRecordedId = new Int32Array(RECORDS_AT_START);
  #knownOrders = 0;

  get levelCount(): number {
    return this.#levels.count;
  }

  get orderCount(): number {
    return this.#orders.count;
  }

  /** Orders of which the recording tells the number. */
  get knownOrderCount(): number {
    return this.#knownOrders;
  }

  /** Whether the next order would need more memory. Forgetting orders that have gone may help, and `makeRoom` does. */
  get isFull(): boolean {
    return this.#orders.isFull;
  }

  /** Takes more memory for orders, unless a quarter of it is free. */
  makeRoom(): void {
    this.#orders.makeRoom();
  }

  /** The level at a price, or `NONE`. */
  find(side: Side, priceTicks: Ticks): number {
    return (side === Side.buy ? this.#bids : this.#asks).get(priceTicks);
  }

  /** A new level, without orders, at a price that has none. */
  open(side: Side, priceTicks: Ticks): number {
    const level = this.#levels.take();
    const { words, doubles } = this.#levels;
    const at = level << RECORD_SHIFT;
    words[at | Level.newest] = NONE;
    words[at | Level.orders] = 0;
    words[at | Level.anonymous] = 0;
    words[at | Level.side] = side;
    words[at | Level.priceTicks] = priceTicks;
    doubles[(at | Level.recordedLots) >> 1] = 0;
    (side === Side.buy ? this.#bids : this.#asks).add(priceTicks, level);
    return level;
  }

  /** Forgets a level that has neither orders nor recorded lots. */
  closeIfEmpty(level: number): void {
    const { words, doubles } = this.#levels;
    const at = level << RECORD_SHIFT;
    if (words[at | Level.orders] !== 0 || doubles[(at | Level.recordedLots) >> 1] !== 0) return;
    (words[at | Level.side] === Side.buy ? this.#bids : this.#asks).delete(words[at | Level.priceTicks]);
    this.#levels.release(level);
  }

  sideOf(level: number): Side {
    return this.#levels.words[(level << RECORD_SHIFT) | Level.side] as Side;
  }

  priceTicksOf(level: number): Ticks {
    return this.#levels.words[(level << RECORD_SHIFT) | Level.priceTicks];
  }

  /** What stands at a level, according to the recording; it may pass 2^31. */
  recordedLots(level: number): Lots {
    return this.#levels.doubles[((level << RECORD_SHIFT) | Level.recordedLots) >> 1];
  }

  setRecordedLots(level: number, lots: Lots): void {
    this.#levels.doubles[((level << RECORD_SHIFT) | Level.recordedLots) >> 1] = lots;
  }

  ordersAt(level: number): number {
    return this.#levels.words[(level << RECORD_SHIFT) | Level.orders];
  }

  /** Of the orders at a level, those without a number. */
  anonymousAt(level: number): number {
    return this.#levels.words[(level << RECORD_SHIFT) | Level.anonymous];
  }

  /** The newest order of a level, or `NONE`. */
  newest(level: number): number {
    return this.#levels.words[(level << RECORD_SHIFT) | Level.newest];
  }

  /** The order that came to the same level just before, or `NONE`. */
  older(order: number): number {
    return this.#orders.words[(order << RECORD_SHIFT) | Order.previous];
  }

  levelOf(order: number): number {
    return this.#orders.words[(order << RECORD_SHIFT) | Order.level];
  }

  /** Whether the recording tells the order's number. */
  isKnown(order: number): boolean {
    return this.#orders.doubles[((order << RECORD_SHIFT) | Order.recordedId) >> 1] !== 0;
  }

  /** The order with a number of the recording, the newest where several have it; or `NONE`. */
  known(recordedId: number): number {
    const { words, doubles } = this.#orders;
    let order = this.#byRecordedId[hashOf(recordedId) & (this.#byRecordedId.length - 1)];
    while (order !== NONE && doubles[((order << RECORD_SHIFT) | Order.recordedId) >> 1] !== recordedId) {
      order = words[(order << RECORD_SHIFT) | Order.sameHash];
    }
    return order;
  }

  /** Puts a new order behind the others of a level. @param recordedId 0 where only the level is known */
  append(level: number, recordedId: number): number {
    const order = this.#orders.take();
    const { words, doubles } = this.#orders;
    const levels = this.#levels.words;
    const at = order << RECORD_SHIFT;
    const levelAt = level << RECORD_SHIFT;
    const newest = levels[levelAt | Level.newest];
    words[at | Order.next] = NONE;
    words[at | Order.previous] = newest;
    words[at | Order.level] = level;
    doubles[(at | Order.recordedId) >> 1] = recordedId;
    if (newest !== NONE) words[(newest << RECORD_SHIFT) | Order.next] = order;
    levels[levelAt | Level.newest] = order;
    levels[levelAt | Level.orders]++;
    if (recordedId === 0) levels[levelAt | Level.anonymous]++;
    else this.#number(order, recordedId);
    return order;
  }

  /** Forgets an order that is not in the book any more. */
  remove(order: number): void {
    this.#forgetNumber(order);
    const { words } = this.#orders;
    const levels = this.#levels.words;
    const at = order << RECORD_SHIFT;
    const levelAt = words[at | Order.level] << RECORD_SHIFT;
    levels[levelAt | Level.anonymous]--;
    const next = words[at | Order.next];
    const previous = words[at | Order.previous];
    if (next === NONE) levels[levelAt | Level.newest] = previous;
    else words[(next << RECORD_SHIFT) | Order.previous] = previous;
    if (previous !== NONE) words[(previous << RECORD_SHIFT) | Order.next] = next;
    levels[levelAt | Level.orders]--;
    this.#orders.release(order);
  }

  /** Forgets everything. */
  clear(): void {
    this.#bids.clear();
    this.#asks.clear();
    this.#byRecordedId.fill(NONE);
    this.#knownOrders = 0;
    this.#orders.clear();
    this.#levels.clear();
  }

  /** Calls with each level that has orders; it may forget orders of that level. */
  forEachLevel(visit: (level: number) => void): void {
    const { words, made } = this.#levels;
    for (let level = 1; level <= made; level++) {
      if (words[(level << RECORD_SHIFT) | Level.orders] > 0) visit(level);
    }
  }

  #number(order: number, recordedId: number): void {
    if (this.#knownOrders === this.#byRecordedId.length) this.#growNumbers();
    const slot = hashOf(recordedId) & (this.#byRecordedId.length - 1);
    this.#orders.words[(order << RECORD_SHIFT) | Order.sameHash] = this.#byRecordedId[slot];
    this.#byRecordedId[slot] = order;
    this.#knownOrders++;
  }

  #forgetNumber(order: number): void {
    const at = ((order << RECORD_SHIFT) | Order.recordedId) >> 1;
    const recordedId = this.#orders.doubles[at];
    if (recordedId === 0) return;
    const { words } = this.#orders;
    this.#orders.doubles[at] = 0;
    this.#levels.words[(this.levelOf(order) << RECORD_SHIFT) | Level.anonymous]++;
    this.#knownOrders--;
    const after = words[(order << RECORD_SHIFT) | Order.sameHash];
    const slot = hashOf(recordedId) & (this.#byRecordedId.length - 1);
    if (this.#byRecordedId[slot] === order) {
      this.#byRecordedId[slot] = after;
      return;
    }
    let before = this.#byRecordedId[slot];
    while (words[(before << RECORD_SHIFT) | Order.sameHash] !== order) {
      before = words[(before << RECORD_SHIFT) | Order.sameHash];
    }
    words[(before << RECORD_SHIFT) | Order.sameHash] = after;
  }

  #growNumbers(): void {
    const old = this.#byRecordedId;
    this.#byRecordedId = new Int32Array(old.length * 2);
    const { words, doubles } = this.#orders;
    for (const first of old) {
      for (let order = first; order !== NONE;) {
        const at = order << RECORD_SHIFT;
        const next = words[at | Order.sameHash];
        const slot = hashOf(doubles[(at | Order.recordedId) >> 1]) & (this.#byRecordedId.length - 1);
        words[at | Order.sameHash] = this.#byRecordedId[slot];
        this.#byRecordedId[slot] = order;
        order = next;
      }
    }
  }
}

/** Numbers of orders mostly count up, and venues with several matching engines put the engine's into the upper bits. */
function hashOf(recordedId: number): number {
  const low = recordedId | 0;
  const high = Math.floor(recordedId / 0x1_0000_0000) | 0;
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca77), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** Records of eight words, some of them float64, numbered from 1. Freed numbers are given out again, the last one first. */
class Records {
  words = new Int32Array(RECORDS_AT_START << RECORD_SHIFT);
  doubles = new Float64Array(this.words.buffer);
  /** Numbers given out so far, and those of them that are in use. */
  made = 0;
  count = 0;
  #free = NONE;

  get isFull(): boolean {
    return this.#free === NONE && (this.made + 1) << RECORD_SHIFT === this.words.length;
  }

  take(): number {
    this.count++;
    const free = this.#free;
    if (free !== NONE) {
      this.#free = this.words[free << RECORD_SHIFT];
      return free;
    }
    if (this.isFull) this.#grow();
    return ++this.made;
  }

  makeRoom(): void {
    if (this.count >= (this.words.length >> RECORD_SHIFT) * 0.75) this.#grow();
  }

  release(number: number): void {
    this.words[number << RECORD_SHIFT] = this.#free;
    this.#free = number;
    this.count--;
  }

  clear(): void {
    this.#free = NONE;
    this.made = 0;
    this.count = 0;
  }

  #grow(): void {
    assert(this.words.length <= INT32_MAX >>> 1, "a recording has fewer orders and levels at once than 2^27");
    const words = new Int32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
  }
}
