import type { Nanos } from "../../src/core/units.ts";

/** How fast a clock that is ahead runs while the true time catches up with it. */
const SLEWING_RATE = 0.5;

/** A replica's clock: it may run fast or slow, and jump ahead of the true time, but it never goes back. */
export class LocalClock {
  #rate = 1;
  #trueNs: Nanos = 0;
  #localNs: Nanos = 0;
  /** The true time has been asked, and from where the two meet on the clock is right. */
  #isMended = true;

  at(trueNs: Nanos): Nanos {
    const localNs = Math.floor(this.#localNs + (trueNs - this.#trueNs) * this.#rate);
    return this.#isMended ? Math.max(localNs, trueNs) : localNs;
  }

  /** How long a wait by this clock takes that begins now. */
  trueDelayNs(nowNs: Nanos, localDelayNs: Nanos): Nanos {
    const localNs = this.at(nowNs) + localDelayNs;
    const trueNs = Math.ceil(this.#trueNs + (localNs - this.#localNs) / this.#rate);
    return Math.max(0, (this.#isMended ? Math.min(trueNs, localNs) : trueNs) - nowNs);
  }

  /** From now on it runs by this factor, and at once it jumps ahead. */
  skew(nowNs: Nanos, rate: number, aheadNs: Nanos): void {
    this.#localNs = this.at(nowNs) + Math.round(aheadNs);
    this.#trueNs = nowNs;
    this.#rate = rate;
    this.#isMended = false;
  }

  /** Asks the true time: a clock that is behind jumps there at once, one that is ahead waits for it. */
  mend(nowNs: Nanos): void {
    this.skew(nowNs, SLEWING_RATE, 0);
    this.#isMended = true;
  }
}
