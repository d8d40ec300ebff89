import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import type { EventSlots } from "./event-slots.ts";

const NONE = -1;
/** The number of buckets, and their width, before anything is known of the events. */
export const BUCKETS_MIN = 256;
const BUCKETS_MAX = 1 << 20;
/** A bucket should hold about this many events: enough to find the next one soon, few enough to sort in no time. */
const EVENTS_A_BUCKET = 4;
/** How far the width, or the number of buckets, may be from what would be best. */
const MISFIT_MAX = 4;
export const WIDTH_NS_AT_START = 1024;
const WIDTH_NS_MAX = 0x100_0000_0000;

/**
 * Events in buckets of equal width, in no order: one turn of buckets ahead of the present one. A bit for each bucket
 * says whether it holds any.
 */
export class EventWheel {
  buckets = BUCKETS_MIN;
  readonly #slots: EventSlots;
  /** By place of a bucket: the first slot of its list. */
  #heads = new Int32Array(BUCKETS_MIN).fill(NONE);
  #filled = new Int32Array(BUCKETS_MIN >> 5);
  #filledBuckets = 0;
  #widthNs = WIDTH_NS_AT_START;
  #perWidth = 1 / WIDTH_NS_AT_START;
  /** The present bucket: its number since time 0, and its place. */
  #bucket = 0;
  #place = 0;

  constructor(slots: EventSlots) {
    this.#slots = slots;
  }

  /** How many buckets after the present one a time lies; 0 or less for what is not later. */
  bucketsAhead(timeNs: Nanos): number {
    return Math.floor(timeNs * this.#perWidth) - this.#bucket;
  }

  /** Puts an event into the bucket that is so many ahead: 1 to `buckets - 1`. */
  put(slot: number, ahead: number): void {
    assert(ahead >= 1 && ahead < this.buckets, "the wheel holds what lies within one turn ahead");
    const place = (this.#place + ahead) & (this.buckets - 1);
    const first = this.#heads[place];
    this.#slots.next[slot] = first;
    this.#heads[place] = slot;
    if (first !== NONE) return;
    this.#filled[place >> 5] |= 1 << (place & 31);
    this.#filledBuckets++;
  }

  /** Turns to the next bucket that holds events. @returns false when none does */
  turn(): boolean {
    if (this.#filledBuckets === 0) return false;
    const filled = this.#filled;
    const start = (this.#place + 1) & (this.buckets - 1);
    let word = start >> 5;
    let bits = filled[word] & (-1 << (start & 31));
    while (bits === 0) {
      word = (word + 1) & (filled.length - 1);
      bits = filled[word];
    }
    const place = (word << 5) | (31 - Math.clz32(bits & -bits));
    this.#bucket += (place - this.#place) & (this.buckets - 1);
    this.#place = place;
    return true;
  }

  /** Turns an empty wheel to the bucket of a time. */
  turnTo(timeNs: Nanos): void {
    assert(this.#filledBuckets === 0, "a turn leaves no event behind");
    this.#bucket = Math.floor(timeNs * this.#perWidth);
  }

  /** Takes the events of the present bucket out. @returns the first slot of their list, or -1 */
  takeBucket(): number {
    const place = this.#place;
    const first = this.#heads[place];
    if (first === NONE) return NONE;
    this.#heads[place] = NONE;
    this.#filled[place >> 5] &= ~(1 << (place & 31));
    this.#filledBuckets--;
    return first;
  }

  /** Whether the buckets are about as wide and as many as events of that mean distance ask for, of which so many wait. */
  wouldFit(meanGapNs: Nanos, events: number): boolean {
    const width = widthFor(meanGapNs) / this.#widthNs;
    const buckets = bucketsFor(events) / this.buckets;
    return isNear(width) && isNear(buckets);
  }

  /** Fits an empty wheel to that, with the bucket of a time as its present one. */
  fit(meanGapNs: Nanos, events: number, timeNs: Nanos): void {
    this.#widthNs = widthFor(meanGapNs);
    this.#perWidth = 1 / this.#widthNs;
    const buckets = bucketsFor(events);
    if (buckets !== this.buckets) {
      this.buckets = buckets;
      this.#heads = new Int32Array(buckets).fill(NONE);
      this.#filled = new Int32Array(buckets >> 5);
      this.#place = 0;
    }
    this.turnTo(timeNs);
  }
}

/** A power of two, so that dividing by it is exact. */
function widthFor(meanGapNs: Nanos): Nanos {
  let width = 1;
  while (width < meanGapNs * EVENTS_A_BUCKET && width < WIDTH_NS_MAX) width *= 2;
  return width;
}

/** As many as events: then one turn is several times as long as events wait on average, and few lie beyond it. */
function bucketsFor(events: number): number {
  let buckets = BUCKETS_MIN;
  while (buckets < events && buckets < BUCKETS_MAX) buckets *= 2;
  return buckets;
}

function isNear(ratio: number): boolean {
  return ratio < MISFIT_MAX && ratio > 1 / MISFIT_MAX;
}
