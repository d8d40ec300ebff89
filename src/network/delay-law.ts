import { assert } from "../core/assert.ts";
import { exp, ln } from "../core/portable-math.ts";
import type { Nanos } from "../core/units.ts";
import { normalShareBelow } from "./normal-score.ts";

/** What a link adds to its delay, anew for each packet. All in nanoseconds. */
export type DelayLaw =
  | { readonly kind: "uniform"; readonly low: Nanos; readonly high: Nanos; readonly correlation: number }
  | { readonly kind: "normal"; readonly mean: Nanos; readonly deviation: Nanos; readonly correlation: number }
  /** `median` and the standard deviation of the logarithm. */
  | { readonly kind: "logNormal"; readonly median: Nanos; readonly sigma: number; readonly correlation: number }
  /** At least `scale`; the share above x is (scale / x)^shape. */
  | { readonly kind: "pareto"; readonly scale: Nanos; readonly shape: number; readonly correlation: number }
  /** From 0; the share above x is (1 + shape x / scale)^(-1 / shape), or exponential where the shape is 0. */
  | { readonly kind: "generalisedPareto"; readonly scale: Nanos; readonly shape: number; readonly correlation: number }
  /** Quantiles at even distances, the least and the greatest value included; in between it goes straight. */
  | { readonly kind: "empirical"; readonly quantiles: readonly Nanos[]; readonly correlation: number };

/**
 * The law of SimBlock's links (Aoki et al. 2019), which has the mean that one asks for: Pareto with scale mean - 5 and
 * shape 0.2 mean, both in milliseconds. Below 6 ms of mean the law would have no finite variance to speak of, so the
 * whole is constant there.
 * @returns the delay that is always there, and the law of what comes on top; undefined for none
 */
export function simBlockDelay(wantedNs: Nanos): { readonly delay: Nanos; readonly jitter: DelayLaw | undefined } {
  const meanMs = wantedNs / 1e6;
  if (meanMs < 6) return { delay: wantedNs, jitter: undefined };
  const jitter = { kind: "pareto", scale: (meanMs - 5) * 1e6, shape: 0.2 * meanMs, correlation: 0 } as const;
  return { delay: 0, jitter };
}

/** The value below which a share `u` of a law lies, `u` in (0, 1). */
export function quantileNs(law: DelayLaw, u: number): number {
  switch (law.kind) {
    case "uniform":
      return law.low + u * (law.high - law.low);
    case "pareto":
      return law.scale * exp(-ln(1 - u) / law.shape);
    case "generalisedPareto":
      if (law.shape === 0) return 0 - law.scale * ln(1 - u);
      return (law.scale * (exp(-law.shape * ln(1 - u)) - 1)) / law.shape;
    case "empirical": {
      const place = u * (law.quantiles.length - 1);
      const below = Math.floor(place);
      const low = law.quantiles[below];
      return low + (place - below) * ((law.quantiles[below + 1] ?? low) - low);
    }
    case "normal":
    case "logNormal":
      assert(false, "a law that is normal is drawn from a normal score");
  }
}

/** What a law gives at a standard normal score. The law's own quantiles stay, whatever the scores are correlated with. */
export function scoredNs(law: DelayLaw, score: number): number {
  switch (law.kind) {
    case "normal":
      return law.mean + law.deviation * score;
    case "logNormal":
      return law.median * exp(law.sigma * score);
    default:
      // A score so high that its share rounds to 1 would give an infinite delay.
      return quantileNs(law, Math.min(normalShareBelow(score), GREATEST_SHARE));
  }
}

/** The greatest number below 1. */
const GREATEST_SHARE = 1 - Number.EPSILON / 2;

/** The mean of a law; Infinity where it has none. */
export function meanNs(law: DelayLaw): number {
  switch (law.kind) {
    case "uniform":
      return (law.low + law.high) / 2;
    case "normal":
      return law.mean;
    case "logNormal":
      return law.median * exp((law.sigma * law.sigma) / 2);
    case "pareto":
      return law.shape > 1 ? (law.scale * law.shape) / (law.shape - 1) : Infinity;
    case "generalisedPareto":
      return law.shape < 1 ? law.scale / (1 - law.shape) : Infinity;
    case "empirical": {
      const { quantiles } = law;
      if (quantiles.length === 1) return quantiles[0];
      const ends = (quantiles[0] + quantiles[quantiles.length - 1]) / 2;
      return (quantiles.reduce((sum, ns) => sum + ns, 0) - ends) / (quantiles.length - 1);
    }
  }
}
