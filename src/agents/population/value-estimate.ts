import type { Nanos } from "../../core/units.ts";
import type { OrnsteinUhlenbeck } from "../ornstein-uhlenbeck.ts";
import { decayOver, varianceOver } from "../ornstein-uhlenbeck.ts";

/**
 * What a value agent believes of the fundamental: normal, with a mean and a variance, updated by Bayes' rule.
 *
 * Derivation. Between observations the belief moves like the process: the distance from the long-run mean decays by
 * g = e^(-kappa t), its variance v becomes p = g^2 v + s^2 (1 - g^2) / (2 kappa). An observation y with noise variance n
 * multiplies the two normal densities: precisions add, 1/v' = 1/p + 1/n, and means are weighted by them, so the mean
 * moves by the share p / (p + n) of the surprise and v' = n p / (p + n). Until the end the mean decays by e^(-kappa T).
 */
export class ValueEstimate {
  #timeNs: Nanos = 0;
  /** Distance of the believed value from the long-run mean, and the belief's variance. */
  #distance: number;
  #variance = 0;
  readonly #meanTicks: number;

  /** @param options `startTicks`: the value at time 0, which everyone knows */
  constructor(options: { meanTicks: number; startTicks: number }) {
    this.#meanTicks = options.meanTicks;
    this.#distance = options.startTicks - options.meanTicks;
  }

  /** In ticks squared. */
  get variance(): number {
    return this.#variance;
  }

  /** Takes an observation in: its time is not before the last one's. */
  observe(observation: { timeNs: Nanos; ticks: number; variance: number }, law: OrnsteinUhlenbeck): void {
    const durationNs = observation.timeNs - this.#timeNs;
    const decay = decayOver(law, durationNs);
    const prior = decay * decay * this.#variance + varianceOver(law, durationNs);
    const expected = decay * this.#distance;
    const surprise = observation.ticks - this.#meanTicks - expected;
    const total = prior + observation.variance;
    // Two certain beliefs agree: there is nothing to weigh.
    const gain = total === 0 ? 0 : prior / total;
    this.#distance = expected + gain * surprise;
    this.#variance = gain * observation.variance;
    this.#timeNs = observation.timeNs;
  }

  /** The value expected at a later time, in ticks, not rounded. */
  expectedAt(timeNs: Nanos, law: OrnsteinUhlenbeck): number {
    return this.#meanTicks + decayOver(law, timeNs - this.#timeNs) * this.#distance;
  }
}
