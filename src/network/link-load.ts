import { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import { NS_PER_DAY } from "../core/units.ts";
import type { DailyLoad, DelaySpikes } from "./link-spec.ts";

/**
 * The share of the bandwidth that other people's traffic takes at a time of the day: it rises and falls smoothly
 * between the trough and the peak, 12 hours apart.
 */
export function loadAt({ trough, peak, peakAtNs }: DailyLoad, timeNs: Nanos): number {
  const sincePeak = (((timeNs - peakAtNs) % NS_PER_DAY) + NS_PER_DAY) % NS_PER_DAY;
  const distance = Math.min(sincePeak, NS_PER_DAY - sincePeak) / (NS_PER_DAY / 2);
  // 0 at the trough, 1 at the peak, flat at both: a polynomial, since the machine's cosine differs between machines.
  const height = 1 - distance * distance * (3 - 2 * distance);
  return trough + (peak - trough) * height;
}

/** The spikes of one link, one after the other. They depend on the seed and the link's name, not on who sends. */
export class SpikeTrain {
  readonly #spec: DelaySpikes;
  readonly #gaps: RandomStream;
  #fromNs: Nanos = 0;
  #untilNs: Nanos = 0;

  constructor(spec: DelaySpikes, seed: number, linkName: string) {
    this.#spec = spec;
    this.#gaps = RandomStream.named(seed, linkName, "spikes");
    this.#advance();
  }

  /** What a packet that sets out now needs longer; times must not go back. */
  delayNs(timeNs: Nanos): Nanos {
    while (timeNs >= this.#untilNs) this.#advance();
    return timeNs >= this.#fromNs ? this.#spec.delayNs : 0;
  }

  #advance(): void {
    this.#fromNs = this.#untilNs + Math.ceil(this.#gaps.exponential(this.#spec.everyNs));
    this.#untilNs = this.#fromNs + this.#spec.lastsNs;
  }
}
