import type { Nanos } from "../core/units.ts";
import { exp } from "../core/portable-math.ts";

/**
 * The Ornstein-Uhlenbeck process dX = kappa (mean - X) dt + sigma dW (Uhlenbeck and Ornstein 1930), in closed form.
 * With kappa 0 it is Brownian motion.
 */
export interface OrnsteinUhlenbeck {
  readonly kappaPerNs: number;
  /** sigma squared. */
  readonly varianceTicks2PerNs: number;
}

/** What is left of a distance from the mean after that time. */
export function decayOver(law: OrnsteinUhlenbeck, durationNs: Nanos): number {
  return exp(-law.kappaPerNs * durationNs);
}

/** Variance that the noise of that time adds: sigma^2 (1 - e^(-2 kappa t)) / (2 kappa). */
export function varianceOver(law: OrnsteinUhlenbeck, durationNs: Nanos): number {
  const exponent = 2 * law.kappaPerNs * durationNs;
  return law.varianceTicks2PerNs * durationNs * decayedShare(exponent);
}

/**
 * The value half-way between two known ones: its mean is the long-run mean plus `weight` times the sum of both
 * distances from it, and it varies by `variance` around that.
 *
 * Derivation: with h/2 to either side, g = e^(-kappa h/2) and v the variance that h/2 adds, the two transitions are
 * normal with factor g and variance v, so the product of their densities in the middle value has the precision
 * 1/v + g^2/v, hence variance v / (1 + g^2) and weight g / (1 + g^2) for both ends.
 */
export function bridgeOver(law: OrnsteinUhlenbeck, durationNs: Nanos): { weight: number; variance: number } {
  const half = decayOver(law, durationNs / 2);
  const spread = 1 + half * half;
  return { weight: half / spread, variance: varianceOver(law, durationNs / 2) / spread };
}

/** (1 - e^-x) / x for x >= 0. Small x need the series: the difference would keep only the last bits of e^-x. */
function decayedShare(x: number): number {
  if (x >= 0.01) return (1 - exp(-x)) / x;
  let share = 1;
  for (let n = 7; n >= 2; n--) share = 1 - (x / n) * share;
  return share;
}
