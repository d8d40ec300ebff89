import type { Nanos, Ticks } from "../../core/units.ts";

/** Slots that a window is cut into: what counts as within it is exact to a 256th of the window. */
const SLOTS = 256;
/** Where a slot ends is not looked at so closely that rounding could count. */
const ROUNDING_NS = 4;

/**
 * The lowest and the highest price of a window of time that moves along: those of the trades in it, and the price that
 * held when it began. A price costs O(1) amortised, and memory is bounded: trades of one slot of the window count as one,
 * and of the slots only those are kept that no later one surpasses (two monotonic queues).
 */
export class RollingRange {
  declare private readonly slotNs: Nanos;
  private readonly lows = new MonotonicQueue();
  private readonly highs = new MonotonicQueue();
  /** The last price of each slot in which there was a trade, oldest first. */
  private readonly slots = new Float64Array(SLOTS + 2);
  private readonly prices = new Float64Array(SLOTS + 2);
  private begin = 0;
  private size = 0;
  /** The price that held when the window began; 0 where there was none yet. */
  private held: Ticks = 0;

  /** The newest slot: where it stands, before which time it is the newest for sure, and its lowest and highest price. */
  private newest = 0;
  private newestUntilNs: Nanos = 0;
  private newestLow: Ticks = 0;
  private newestHigh: Ticks = 0;

  constructor(windowNs: Nanos) {
    this.slotNs = windowNs / SLOTS;
  }

  /** The lowest price; 0 while there was none. */
  get low(): Ticks {
    const { first } = this.lows;
    return this.held === 0 ? first : Math.min(this.held, first);
  }

  get high(): Ticks {
    return Math.max(this.held, 0 - this.highs.first);
  }

  /** Moves the window on to a time, and takes in a price at which a trade was made then. */
  add(nowNs: Nanos, priceTicks: Ticks): void {
    if (nowNs < this.newestUntilNs && priceTicks >= this.newestLow && priceTicks <= this.newestHigh) {
      // Most trades only change what the price of the newest slot is.
      this.prices[this.newest] = priceTicks;
      return;
    }
    const slot = Math.floor(nowNs / this.slotNs);
    const oldest = slot - SLOTS;
    for (; this.size > 0 && this.slots[this.begin] < oldest; this.size--) {
      this.held = this.prices[this.begin];
      this.begin = (this.begin + 1) % this.slots.length;
    }
    this.lows.drop(oldest);
    this.highs.drop(oldest);
    this.lows.push(slot, priceTicks);
    this.highs.push(slot, 0 - priceTicks);
    const newest = (this.begin + this.size - 1) % this.slots.length;
    const isNew = this.size === 0 || this.slots[newest] !== slot;
    const place = isNew ? (this.begin + this.size++) % this.slots.length : newest;
    this.slots[place] = slot;
    this.prices[place] = priceTicks;
    this.newest = place;
    this.newestUntilNs = (slot + 1) * this.slotNs - ROUNDING_NS;
    this.newestLow = isNew ? priceTicks : Math.min(this.newestLow, priceTicks);
    this.newestHigh = isNew ? priceTicks : Math.max(this.newestHigh, priceTicks);
  }

  /** Forgets all prices. */
  clear(): void {
    this.lows.clear();
    this.highs.clear();
    this.size = 0;
    this.held = 0;
    this.newestUntilNs = 0;
  }
}

/** Values by slot, each below those behind it, in a ring: the first is the least of all. */
class MonotonicQueue {
  private readonly slots = new Float64Array(SLOTS + 2);
  private readonly values = new Float64Array(SLOTS + 2);
  private begin = 0;
  private size = 0;

  get first(): number {
    return this.size === 0 ? 0 : this.values[this.begin];
  }

  push(slot: number, value: number): void {
    while (this.size > 0 && this.values[this.place(this.size - 1)] >= value) this.size--;
    // Of one slot the least value is enough.
    if (this.size > 0 && this.slots[this.place(this.size - 1)] === slot) return;
    const place = this.place(this.size++);
    this.slots[place] = slot;
    this.values[place] = value;
  }

  /** Drops what is of slots before `oldest`. */
  drop(oldest: number): void {
    while (this.size > 0 && this.slots[this.begin] < oldest) {
      this.begin = this.place(1);
      this.size--;
    }
  }

  clear(): void {
    this.size = 0;
  }

  private place(index: number): number {
    const place = this.begin + index;
    return place < this.slots.length ? place : place - this.slots.length;
  }
}
