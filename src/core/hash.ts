/** Words of one record: every command, report, book delta and message is one or more of these. */
export const RECORD_WORDS = 16;

const PRIME_A = 0x9e3779b1 | 0;
const PRIME_B = 0x85ebca77 | 0;
const PRIME_C = 0xc2b2ae3d | 0;
const PRIME_D = 0x27d4eb2f | 0;

/**
 * A rolling 128-bit hash in four lanes that run side by side, so that a 16-word record costs four steps and not
 * sixteen. It proves that two runs emitted the same words; it is no defence against someone who wants a collision.
 * The primes are those of xxHash (Yann Collet, BSD).
 */
export class RollingHash {
  #a = 0x243f6a88;
  #b = 0x85a308d3 | 0;
  #c = 0x13198a2e;
  #d = 0x03707344;

  /** Takes in the 16 int32 words that start at `at`. */
  record(words: Int32Array, at: number): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    for (let i = at; i < at + RECORD_WORDS; i += 4) {
      a = Math.imul(a ^ words[i], PRIME_A);
      b = Math.imul(b ^ words[i + 1], PRIME_B);
      c = Math.imul(c ^ words[i + 2], PRIME_C);
      d = Math.imul(d ^ words[i + 3], PRIME_D);
      a = ((a << 13) | (a >>> 19)) + b;
      c = ((c << 15) | (c >>> 17)) + d;
      b = (b ^ (b >>> 15)) + c;
      d = (d ^ (d >>> 13)) + a;
    }
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
  }

  /** Takes in four int32 words. */
  four(w0: number, w1: number, w2: number, w3: number): void {
    let a = Math.imul(this.#a ^ w0, PRIME_A);
    let b = Math.imul(this.#b ^ w1, PRIME_B);
    let c = Math.imul(this.#c ^ w2, PRIME_C);
    let d = Math.imul(this.#d ^ w3, PRIME_D);
    a = (((a << 13) | (a >>> 19)) + b) | 0;
    c = (((c << 15) | (c >>> 17)) + d) | 0;
    b = ((b ^ (b >>> 15)) + c) | 0;
    d = ((d ^ (d >>> 13)) + a) | 0;
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** Takes in a text, by UTF-16 code unit and length, so that "ab","c" differs from "a","bc". */
  text(text: string): void {
    for (let i = 0; i < text.length; i++) this.four(text.charCodeAt(i), i, 0, 0);
    this.four(text.length, -1, -1, -1);
  }

  /** One of the four finished words; the state itself stays as it is. */
  word(index: 0 | 1 | 2 | 3): number {
    const lanes = [this.#a, this.#b, this.#c, this.#d];
    let h = 0;
    // One lane after the other, with a mix in between: lanes that differ in one bit alike must not cancel out.
    for (let step = 0; step < 4; step++) {
      h ^= lanes[(index + step) & 3];
      h = Math.imul(h ^ (h >>> 15), PRIME_B);
      h = Math.imul(h ^ (h >>> 13), PRIME_C);
    }
    return h ^ (h >>> 16);
  }

  /** 32 hexadecimal digits. */
  digest(): string {
    return ([0, 1, 2, 3] as const).map((i) => (this.word(i) >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

/** Four int32 words that name the given parts, each part kept apart from its neighbours. */
export function hashParts(parts: readonly string[]): readonly [number, number, number, number] {
  const hash = new RollingHash();
  for (const part of parts) hash.text(part);
  return [hash.word(0), hash.word(1), hash.word(2), hash.word(3)];
}
