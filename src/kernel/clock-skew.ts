import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";

/** Clocks that are further off would be noticed by hand. */
const DRIFT_PPM_MAX = 100_000;

/** A clock that is off: by an offset at `sinceNs`, and from then on by more and more. */
export class ClockSkew {
  readonly #offsetNs: Nanos;
  readonly #driftPpm: number;
  readonly #sinceNs: Nanos;

  /** @param skew `offsetNs` and `driftPpm` are above 0 for a clock that is ahead, or runs fast */
  constructor(skew: { readonly offsetNs: number; readonly driftPpm: number; readonly sinceNs: Nanos }) {
    assert(Math.abs(skew.driftPpm) <= DRIFT_PPM_MAX, "a clock drifts by at most a tenth");
    assert(Number.isSafeInteger(skew.offsetNs), "a clock is off by whole nanoseconds");
    this.#offsetNs = skew.offsetNs;
    this.#driftPpm = skew.driftPpm;
    this.#sinceNs = skew.sinceNs;
  }

  /** What the clock shows at a kernel time; never less than 0, where a run begins. */
  read(kernelNs: Nanos): Nanos {
    const driftNs = Math.round(((kernelNs - this.#sinceNs) * this.#driftPpm) / 1e6);
    return Math.max(0, kernelNs + this.#offsetNs + driftNs);
  }

  /** The kernel time from which on the clock shows a time, or a later one: so a timer never comes due too early. */
  kernelTime(shownNs: Nanos): Nanos {
    const aheadNs = shownNs - this.#offsetNs - this.#sinceNs;
    let kernelNs = this.#sinceNs + Math.round(aheadNs / (1 + this.#driftPpm / 1e6));
    while (this.read(kernelNs) < shownNs) kernelNs++;
    return kernelNs;
  }
}
