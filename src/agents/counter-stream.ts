import { hashParts } from "../core/hash.ts";
import { ln } from "../core/portable-math.ts";

const ROUNDS = 10;
const MULTIPLIER_A = 0xd2511f53;
const MULTIPLIER_B = 0xcd9e8d57;
const WEYL_A = 0x9e3779b9;
const WEYL_B = 0xbb67ae85;

/**
 * Random numbers by number: the one called (a, b) is the same whenever it is asked for and whatever was asked before.
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
 */
export class CounterStream {
  readonly #keyA: number;
  readonly #keyB: number;
  /** The counter that goes in, and the four words that come out. */
  readonly #words = new Int32Array(4);

  constructor(keyA: number, keyB: number) {
    this.#keyA = keyA;
    this.#keyB = keyB;
  }

  /** The stream of (run seed, component name, purpose), as `RandomStream.named` has them. */
  static named(seed: number, component: string, purpose: string): CounterStream {
    const [keyA, keyB] = hashParts([String(seed), component, purpose]);
    return new CounterStream(keyA, keyB);
  }

  /** Number (a, b) of standard normal draws; a and b are int32. By Marsaglia's polar method. */
  normal(a: number, b: number): number {
    for (let attempt = 0; ; attempt++) {
      const words = this.block(a, b, attempt, 0);
      const u = 2 * uniform(words[0], words[1]) - 1;
      const v = 2 * uniform(words[2], words[3]) - 1;
      const square = u * u + v * v;
      if (square < 1 && square > 0) return u * Math.sqrt((-2 * ln(square)) / square);
    }
  }

  /** 128 random bits for a counter of four int32 words; valid until the next call. */
  block(a: number, b: number, c: number, d: number): Int32Array {
    const words = this.#words;
    words[0] = a;
    words[1] = b;
    words[2] = c;
    words[3] = d;
    let keyA = this.#keyA;
    let keyB = this.#keyB;
    for (let round = 0; round < ROUNDS; round++) {
      const first = words[0];
      const third = words[2];
      words[0] = highProduct(MULTIPLIER_B, third) ^ words[1] ^ keyA;
      words[1] = Math.imul(MULTIPLIER_B, third);
      words[2] = highProduct(MULTIPLIER_A, first) ^ words[3] ^ keyB;
      words[3] = Math.imul(MULTIPLIER_A, first);
      keyA = (keyA + WEYL_A) | 0;
      keyB = (keyB + WEYL_B) | 0;
    }
    return words;
  }
}

/** The upper 32 bits of the product of two uint32, by halves of 16 bits: no step passes 2^32. */
function highProduct(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const upper = aHigh * bLow + ((aLow * bLow) >>> 16);
  const lower = aLow * bHigh + (upper & 0xffff);
  return aHigh * bHigh + (upper >>> 16) + (lower >>> 16);
}

/** Uniform in [0, 1), with 53 random bits. */
function uniform(high: number, low: number): number {
  return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 0x20000000000000;
}
