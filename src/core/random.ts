import { assert } from "./assert.ts";
import { hashParts } from "./hash.ts";
import { exp, ln } from "./portable-math.ts";

/**
 * A stream of random numbers, xoshiro128++ (Blackman and Vigna 2019, "Scrambled linear pseudorandom number
 * generators"). A stream belongs to one component and one purpose: its draws depend on nothing that anyone else does.
 */
export class RandomStream {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;
  #spareNormal = Number.NaN;

  constructor(state: readonly [number, number, number, number]) {
    assert((state[0] | state[1] | state[2] | state[3]) !== 0, "a random stream cannot start from all zeros");
    [this.#s0, this.#s1, this.#s2, this.#s3] = state;
  }

  /** The stream of (run seed, component name, purpose), as every stream of a run is derived. */
  static named(seed: number, component: string, purpose: string): RandomStream {
    return new RandomStream(hashParts([String(seed), component, purpose]));
  }

  /** 32 random bits as an int32. */
  int32(): number {
    const sum = (this.#s0 + this.#s3) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + this.#s0) | 0;
    const t = this.#s1 << 9;
    this.#s2 ^= this.#s0;
    this.#s3 ^= this.#s1;
    this.#s1 ^= this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= t;
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.int32() >>> 5;
    const low = this.int32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** A whole number, uniform in [low, high], both included; they are less than 2^53 apart. */
  integer(low: number, high: number): number {
    // An unsafe difference would be rounded, so this also bounds how far apart the two may be.
    const span = high - low;
    assert(
      Number.isSafeInteger(low) && Number.isSafeInteger(high) && span >= 0,
      "integer(low, high) needs low <= high",
    );
    assert(Number.isSafeInteger(span), "integer(low, high) needs less than 2^53 between them");
    return low + Math.floor(this.uniform() * (span + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Exponential with the given mean. */
  exponential(mean: number): number {
    return -mean * ln(1 - this.uniform());
  }

  /** Normal, by Marsaglia's polar method; each pair of draws serves two calls. */
  normal(mean: number, standardDeviation: number): number {
    return mean + standardDeviation * this.#standardNormal();
  }

  /** Log-normal: `mu` and `sigma` are those of the logarithm. */
  logNormal(mu: number, sigma: number): number {
    return exp(this.normal(mu, sigma));
  }

  #standardNormal(): number {
    const spare = this.#spareNormal;
    if (spare === spare) {
      this.#spareNormal = Number.NaN;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * ln(square)) / square);
      this.#spareNormal = v * scale;
      return u * scale;
    }
  }
}
