import type { Nanos } from "../core/units.ts";

/** For each pair of actors that has talked: how many messages went, and when the last one arrives. */
export class PairTable {
  /** By entry: from, to, count. An entry with count 0 is empty. */
  #pairs = new Int32Array(3 * 256);
  #arrivals = new Float64Array(256);
  #mask = 255;
  #size = 0;

  /** The pair's entry; makes it where there is none. */
  reach(from: number, to: number): number {
    let entry = this.#home(from, to);
    while (this.#pairs[3 * entry + 2] !== 0) {
      if (this.#pairs[3 * entry] === from && this.#pairs[3 * entry + 1] === to) return entry;
      entry = (entry + 1) & this.#mask;
    }
    if (++this.#size > this.#mask >>> 1) {
      this.#grow();
      return this.reach(from, to);
    }
    this.#pairs[3 * entry] = from;
    this.#pairs[3 * entry + 1] = to;
    return entry;
  }

  /** Messages of the pair so far. */
  count(entry: number): number {
    return this.#pairs[3 * entry + 2];
  }

  /** Counts a message. @returns when it arrives: not before the one that went before it */
  keepOrder(entry: number, arrivalNs: Nanos): Nanos {
    this.#pairs[3 * entry + 2]++;
    const inOrderNs = Math.max(arrivalNs, this.#arrivals[entry]);
    this.#arrivals[entry] = inOrderNs;
    return inOrderNs;
  }

  #home(from: number, to: number): number {
    const h = Math.imul(from ^ Math.imul(to, 0x85ebca77), 0x9e3779b1);
    return (h ^ (h >>> 15)) & this.#mask;
  }

  #grow(): void {
    const pairs = this.#pairs;
    const arrivals = this.#arrivals;
    this.#mask = this.#mask * 2 + 1;
    this.#pairs = new Int32Array(3 * (this.#mask + 1));
    this.#arrivals = new Float64Array(this.#mask + 1);
    this.#size = 0;
    for (let old = 0; old < arrivals.length; old++) {
      if (pairs[3 * old + 2] === 0) continue;
      const entry = this.reach(pairs[3 * old], pairs[3 * old + 1]);
      this.#pairs[3 * entry + 2] = pairs[3 * old + 2];
      this.#arrivals[entry] = arrivals[old];
    }
  }
}
