import { assert } from "../core/assert.ts";
import type { Nanos, Ticks } from "../core/units.ts";
import { NS_PER_SECOND } from "../core/units.ts";
import { CounterStream } from "./counter-stream.ts";
import { bridgeOver, decayOver, varianceOver } from "./ornstein-uhlenbeck.ts";
import type { FundamentalPath } from "./port.ts";

/** Values a second apart are drawn one from the other; those between them, by halves, from their two neighbours. */
const GRID_NS = NS_PER_SECOND;
/** Halvings of a second: 2^10 parts, just below a millisecond. Inside a part the path is a straight line. */
const HALVINGS = 10;
const PARTS = 1 << HALVINGS;

/** Seconds that a path can have, each a float64 once it is asked for: 97 days, 64 MiB. */
export const PATH_SECONDS_MAX = 1 << 23;

export interface MeanRevertingPathOptions {
  readonly seed: number;
  /** Paths of one run differ by name. */
  readonly name: string;
  readonly meanTicks: Ticks;
  /** Value at time 0; the mean where nothing is said. */
  readonly startTicks?: Ticks;
  /** 0 or more; 0 is Brownian motion. */
  readonly kappaPerNs: number;
  /** Volatility: ticks per square root of a nanosecond; 0 or more. */
  readonly sigmaPerSqrtNs: number;
  /** `PATH_SECONDS_MAX` where nothing is said. */
  readonly secondsMax?: number;
}

/**
 * An Ornstein-Uhlenbeck path. The value at a time depends on (run seed, name, time) alone: each random number belongs to
 * a place on the path, not to a question. At whole seconds and their 1/1024 parts the law is exact.
 */
export class MeanRevertingPath implements FundamentalPath {
  readonly meanTicks: Ticks;
  readonly kappaPerNs: number;
  readonly #noise: CounterStream;
  readonly #secondsMax: number;
  /** Over one second: what is left of a distance from the mean, and the noise's standard deviation. */
  readonly #decay: number;
  readonly #deviation: number;
  /** By halving: weight of the two neighbours, and the noise's standard deviation. */
  readonly #weights = new Float64Array(HALVINGS);
  readonly #deviations = new Float64Array(HALVINGS);
  /** Distances from the mean at whole seconds, as far as they are known. */
  #seconds = new Float64Array(1024);
  #known = 1;

  constructor(options: MeanRevertingPathOptions) {
    const { kappaPerNs, sigmaPerSqrtNs } = options;
    assert(kappaPerNs >= 0 && kappaPerNs < Infinity, "a path reverts at 0 or more per nanosecond");
    assert(sigmaPerSqrtNs >= 0 && sigmaPerSqrtNs < Infinity, "a path's volatility is 0 or more");
    const law = { kappaPerNs, varianceTicks2PerNs: sigmaPerSqrtNs * sigmaPerSqrtNs };
    this.meanTicks = options.meanTicks;
    this.kappaPerNs = kappaPerNs;
    this.#noise = CounterStream.named(options.seed, options.name, "fundamental");
    this.#secondsMax = options.secondsMax ?? PATH_SECONDS_MAX;
    this.#decay = decayOver(law, GRID_NS);
    this.#deviation = Math.sqrt(varianceOver(law, GRID_NS));
    for (let halving = 0; halving < HALVINGS; halving++) {
      const { weight, variance } = bridgeOver(law, GRID_NS / (1 << halving));
      this.#weights[halving] = weight;
      this.#deviations[halving] = Math.sqrt(variance);
    }
    this.#seconds[0] = (options.startTicks ?? options.meanTicks) - options.meanTicks;
  }

  valueAt(timeNs: Nanos): number {
    assert(timeNs >= 0 && timeNs < Infinity, () => `a path begins at 0 ns and ends nowhere; asked for ${timeNs} ns`);
    const second = Math.floor(timeNs / GRID_NS);
    const part = ((timeNs - second * GRID_NS) / GRID_NS) * PARTS;
    return this.meanTicks + this.#within(second, part);
  }

  /** The distance from the mean at that part of a second, by halving the second until a part is left. */
  #within(second: number, part: number): number {
    if (part === 0) return this.#atSecond(second);
    let low = 0;
    let high = PARTS;
    let atLow = this.#atSecond(second);
    let atHigh = this.#atSecond(second + 1);
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (low + high) >> 1;
      const noise = this.#deviations[halving] * this.#noise.normal(second, middle);
      const atMiddle = this.#weights[halving] * (atLow + atHigh) + noise;
      if (part < middle) {
        high = middle;
        atHigh = atMiddle;
      } else {
        low = middle;
        atLow = atMiddle;
      }
    }
    return atLow + (part - low) * (atHigh - atLow);
  }

  /** The distance from the mean at a whole second. Number 0 of a second's draws leads to the next second. */
  #atSecond(second: number): number {
    if (second >= this.#known) this.#learn(second);
    return this.#seconds[second];
  }

  #learn(second: number): void {
    assert(second <= this.#secondsMax, () => `a path ends after ${this.#secondsMax} s; asked for ${second} s`);
    if (second >= this.#seconds.length) {
      const seconds = new Float64Array(Math.min(Math.max(second + 1, 2 * this.#seconds.length), this.#secondsMax + 1));
      seconds.set(this.#seconds);
      this.#seconds = seconds;
    }
    for (let next = this.#known; next <= second; next++) {
      const noise = this.#deviation * this.#noise.normal(next - 1, 0);
      this.#seconds[next] = this.#decay * this.#seconds[next - 1] + noise;
    }
    this.#known = second + 1;
  }
}
