import type { History } from "./history.ts";

/**
 * The set of calls that were put in order, as bits. Calls that returned enter and leave it roughly in the order in which
 * they were made, so only the words between the full ones and the empty ones need to be kept to tell two sets apart.
 * Without this, a cached set would be as long as the history. Calls of unknown outcome may stay out for ever and would
 * hold that window open, so they have words of their own, which are always kept.
 */
export class CallSet {
  readonly #words: Int32Array;
  readonly #bitOf: Int32Array;
  readonly #unknownWords: number;
  /** The first word of returned calls that is not full, and the last one that is not empty. */
  #low: number;
  #high: number;
  #hash = 0;

  constructor(calls: History<unknown, unknown>) {
    let unknown = 0;
    for (const { returnedAt } of calls) if (returnedAt === Infinity) unknown++;
    this.#unknownWords = (unknown + 31) >>> 5;
    this.#words = new Int32Array(this.#unknownWords + ((calls.length - unknown + 31) >>> 5) + 1);
    this.#bitOf = new Int32Array(calls.length);
    let nextUnknown = 0;
    let nextReturned = this.#unknownWords << 5;
    for (const [call, { returnedAt }] of calls.entries()) {
      this.#bitOf[call] = returnedAt === Infinity ? nextUnknown++ : nextReturned++;
    }
    this.#low = this.#unknownWords;
    this.#high = this.#low - 1;
  }

  /** Of the calls that returned: the same where these are the same. */
  get hash(): number {
    return this.#hash;
  }

  /** How many words `copyTo` writes. */
  get length(): number {
    return 1 + this.#unknownWords + this.#high - this.#low + 1;
  }

  add(call: number): void {
    const word = this.#flip(call);
    if (word < this.#unknownWords) return;
    if (word > this.#high) this.#high = word;
    while (this.#words[this.#low] === -1) this.#low++;
  }

  remove(call: number): void {
    const word = this.#flip(call);
    if (word < this.#unknownWords) return;
    if (word < this.#low) this.#low = word;
    while (this.#high >= this.#low && this.#words[this.#high] === 0) this.#high--;
  }

  copyTo(target: Int32Array, at: number): void {
    target[at] = this.#low;
    for (let i = 0; i < this.#unknownWords; i++) target[at + 1 + i] = this.#words[i];
    const window = at + 1 + this.#unknownWords - this.#low;
    for (let i = this.#low; i <= this.#high; i++) target[window + i] = this.#words[i];
  }

  /**
   * Whether `copyTo` wrote a set of `length` words at this place that has the same calls that returned, and of those of
   * unknown outcome no more than this one has.
   */
  covers(source: Int32Array, at: number): boolean {
    if (source[at] !== this.#low) return false;
    for (let i = 0; i < this.#unknownWords; i++) if ((source[at + 1 + i] & ~this.#words[i]) !== 0) return false;
    const window = at + 1 + this.#unknownWords - this.#low;
    for (let i = this.#low; i <= this.#high; i++) if (source[window + i] !== this.#words[i]) return false;
    return true;
  }

  #flip(call: number): number {
    const bit = this.#bitOf[call];
    const word = bit >>> 5;
    this.#words[word] ^= 1 << (bit & 31);
    // Exclusive or forgets the order of the calls and is its own inverse (Zobrist 1970).
    if (word >= this.#unknownWords) this.#hash ^= scatter(call + 1);
    return word;
  }
}

/** The finaliser of MurmurHash3 (Appleby, public domain): neighbours become unlike. */
function scatter(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
