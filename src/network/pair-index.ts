import { assert } from "../core/assert.ts";
import { FLOWS_MAX } from "./network-limits.ts";

const AT_START = 256;

/** Numbers the ordered pairs of actors that have talked, in the order in which they first did. */
export class PairIndex {
  /** Pairs so far. */
  size = 0;
  /** By place in the table: the pair's number + 1; 0 is empty. */
  #table = new Int32Array(2 * AT_START);
  #mask = 2 * AT_START - 1;
  /** By pair: from, to, packets so far, and the key of its chance. */
  #pairs = new Int32Array(4 * AT_START);

  /** The pair's number, or -1 where the two have not talked. */
  find(from: number, to: number): number {
    for (let at = this.#home(from, to); this.#table[at] !== 0; at = (at + 1) & this.#mask) {
      const pair = this.#table[at] - 1;
      if (this.#pairs[4 * pair] === from && this.#pairs[4 * pair + 1] === to) return pair;
    }
    return -1;
  }

  add(from: number, to: number, key: number): number {
    const pair = this.size++;
    assert(pair < FLOWS_MAX, "too many pairs of actors talk");
    if (4 * pair === this.#pairs.length) this.#grow();
    this.#pairs[4 * pair] = from;
    this.#pairs[4 * pair + 1] = to;
    this.#pairs[4 * pair + 2] = 0;
    this.#pairs[4 * pair + 3] = key;
    this.#enter(pair);
    return pair;
  }

  key(pair: number): number {
    return this.#pairs[4 * pair + 3];
  }

  /** Counts a packet. @returns how many there were before */
  count(pair: number): number {
    return this.#pairs[4 * pair + 2]++;
  }

  #enter(pair: number): void {
    let at = this.#home(this.#pairs[4 * pair], this.#pairs[4 * pair + 1]);
    while (this.#table[at] !== 0) at = (at + 1) & this.#mask;
    this.#table[at] = pair + 1;
  }

  #home(from: number, to: number): number {
    const h = Math.imul(from ^ Math.imul(to, 0x85eb_ca77), 0x9e37_79b1);
    return (h ^ (h >>> 15)) & this.#mask;
  }

  /** The table stays at most half full. */
  #grow(): void {
    const pairs = new Int32Array(2 * this.#pairs.length);
    pairs.set(this.#pairs);
    this.#pairs = pairs;
    this.#mask = 2 * this.#mask + 1;
    this.#table = new Int32Array(this.#mask + 1);
    for (let pair = 0; pair < this.size - 1; pair++) this.#enter(pair);
  }
}
