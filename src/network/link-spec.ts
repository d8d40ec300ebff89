import type { Nanos } from "../core/units.ts";
import type { DelayLaw } from "./delay-law.ts";
import { meanNs } from "./delay-law.ts";
import { QUEUE_BYTES_DEFAULT } from "./network-limits.ts";

/** How a link loses packets. */
export type LossLaw =
  | { readonly kind: "bernoulli"; readonly probability: number }
  /**
   * Two states, as in tc-netem's `gemodel`: `p` is the chance to go from good to bad with a packet, `r` the chance to
   * come back, `h` the chance to get through in the bad state, `k` in the good one.
   */
  | { readonly kind: "gilbertElliott"; readonly p: number; readonly r: number; readonly h: number; readonly k: number };

/** Other people's traffic, as a share of the bandwidth: `trough` at the quietest moment of the day, `peak` at the busiest. */
export interface DailyLoad {
  readonly trough: number;
  readonly peak: number;
  /** Kernel time of one of the busiest moments. */
  readonly peakAtNs: Nanos;
}

/** Bursts of delay, at random moments. */
export interface DelaySpikes {
  /** Mean time from the end of one to the beginning of the next. */
  readonly everyNs: Nanos;
  readonly lastsNs: Nanos;
  /** Added to each packet's delay meanwhile. */
  readonly delayNs: Nanos;
}

/** One direction of a link. */
export interface LinkSpec {
  /** Propagation, the same for every packet. */
  readonly delayNs: Nanos;
  readonly jitter?: DelayLaw | undefined;
  /** Bits a second; packets leave at once where there is none. */
  readonly bandwidthBps?: number | undefined;
  /** Bytes that wait at most; what does not fit is dropped. */
  readonly queueBytesMax: number;
  /** Controlled delay (RFC 8289): drops early once packets have waited longer than `targetNs` for `intervalNs`. */
  readonly codel?: { readonly targetNs: Nanos; readonly intervalNs: Nanos } | undefined;
  readonly loss?: LossLaw | undefined;
  /** Chance that a packet arrives twice. */
  readonly duplicate: number;
  /** Chance that a packet arrives damaged: its receiver's checksum discards it. */
  readonly corrupt: number;
  /** Chance that a packet is held back for a while, so that later ones overtake it. Never makes one faster. */
  readonly reorder?: { readonly probability: number; readonly holdBackNs: Nanos } | undefined;
  readonly load?: DailyLoad | undefined;
  readonly spikes?: DelaySpikes | undefined;
}

/** A link that only delays. */
export function plainLink(delayNs: Nanos): LinkSpec {
  return { delayNs, queueBytesMax: QUEUE_BYTES_DEFAULT, duplicate: 0, corrupt: 0 };
}

/** What a packet of so many bytes takes over an idle link, on average. Laws without a mean count as their delay alone. */
export function expectedDelayNs(spec: LinkSpec, bytes: number): Nanos {
  const jitter = spec.jitter === undefined ? 0 : meanNs(spec.jitter);
  const serialisation = spec.bandwidthBps === undefined ? 0 : (bytes * 8e9) / spec.bandwidthBps;
  return Math.round(spec.delayNs + (jitter === Infinity ? 0 : jitter) + serialisation);
}

/** The mean share of packets that a loss law takes. */
export function meanLoss(law: LossLaw): number {
  if (law.kind === "bernoulli") return law.probability;
  const bad = law.p + law.r === 0 ? 0 : law.p / (law.p + law.r);
  return bad * (1 - law.h) + (1 - bad) * (1 - law.k);
}
