import { exp } from "../../core/portable-math.ts";
import type { Nanos } from "../../core/units.ts";

/** Variance per nanosecond of a price that is seen from time to time, with older moves fading by a half-life. */
export class MovingVolatility {
  /** In ticks squared per nanosecond. */
  varianceTicks2PerNs: number;
  #timeNs: Nanos = 0;
  /** 0: none was seen yet. */
  #price = 0;

  constructor(startVarianceTicks2PerNs: number) {
    this.varianceTicks2PerNs = startVarianceTicks2PerNs;
  }

  see(timeNs: Nanos, price: number, halfLifeNs: Nanos): void {
    const passedNs = timeNs - this.#timeNs;
    if (this.#price > 0) {
      if (passedNs <= 0) return;
      const move = price - this.#price;
      this.varianceTicks2PerNs +=
        shareGone(passedNs, halfLifeNs) * ((move * move) / passedNs - this.varianceTicks2PerNs);
    }
    this.#timeNs = timeNs;
    this.#price = price;
  }
}

/** What of something with a half-life is gone after that time; with half-life 0 all of it. */
export function shareGone(passedNs: Nanos, halfLifeNs: Nanos): number {
  return halfLifeNs === 0 ? 1 : 1 - exp((-Math.LN2 * passedNs) / halfLifeNs);
}
