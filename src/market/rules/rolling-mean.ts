import type { Nanos, Ticks } from "../../core/units.ts";

/** Slots that a window is cut into. */
const SLOTS = 64;
/** Where a slot ends is not looked at so closely that rounding could count. */
const ROUNDING_NS = 4;

/** The mean price of the trades in a window of time that moves along in steps of a 64th of it; in constant memory. */
export class RollingMean {
  declare private readonly slotNs: Nanos;
  private readonly sums = new Float64Array(SLOTS);
  private readonly counts = new Float64Array(SLOTS);
  private sum = 0;
  private count = 0;
  /** Number of the newest slot since time 0. */
  private newest = 0;
  /** Before this time it is the newest for sure. */
  private newestUntilNs: Nanos = 0;

  constructor(windowNs: Nanos) {
    this.slotNs = windowNs / SLOTS;
  }

  /** Takes in the price of a trade. */
  add(nowNs: Nanos, priceTicks: Ticks): void {
    this.advance(nowNs);
    const place = this.newest % SLOTS;
    this.sums[place] += priceTicks;
    this.counts[place]++;
    this.sum += priceTicks;
    this.count++;
  }

  /** The mean, rounded to whole ticks; 0 where the window holds no trade. */
  at(nowNs: Nanos): Ticks {
    this.advance(nowNs);
    return this.count === 0 ? 0 : Math.round(this.sum / this.count);
  }

  private advance(nowNs: Nanos): void {
    if (nowNs < this.newestUntilNs) return;
    const newest = Math.floor(nowNs / this.slotNs);
    const from = Math.max(this.newest + 1, newest - SLOTS + 1);
    for (let slot = from; slot <= newest; slot++) {
      const place = slot % SLOTS;
      this.sum -= this.sums[place];
      this.count -= this.counts[place];
      this.sums[place] = 0;
      this.counts[place] = 0;
    }
    this.newest = newest;
    this.newestUntilNs = (newest + 1) * this.slotNs - ROUNDING_NS;
  }
}
