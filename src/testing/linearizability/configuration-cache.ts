import type { CallSet } from "./call-set.ts";

/** Words of a cached configuration before its set of calls: the state, and how many words the set has. */
const HEAD_WORDS = 2;
const SLOTS_AT_FIRST = 1 << 10;

/**
 * The configurations that the search has been in: which calls were put in order, and which state that gave. Two orders
 * of the same calls that lead to the same state have the same future, so the second need not be followed. This is what
 * Lowe (2017) added to the search of Wing and Gong, and what makes it bearable.
 *
 * A call of unknown outcome need not take effect. So a configuration that differs from an earlier one only in that it
 * has used up more of these calls has no future that the earlier one had not, and need not be followed either.
 */
export class ConfigurationCache {
  readonly #wordsMax: number;
  #words = new Int32Array(SLOTS_AT_FIRST);
  #wordsUsed = 0;
  /** Open addressing: where a configuration starts in `#words`, plus one; 0 is a free slot. */
  #slots = new Int32Array(SLOTS_AT_FIRST);
  #hashes = new Int32Array(SLOTS_AT_FIRST);
  #count = 0;

  /** @param wordsMax how many int32 words the configurations may take; the slots add 16 bytes each at most. */
  constructor(wordsMax: number) {
    this.#wordsMax = wordsMax;
  }

  /** Keeps a configuration: "new", "known" where it has nothing new to offer, "full" where memory allows no more. */
  add(set: CallSet, state: number): "new" | "known" | "full" {
    const hash = Math.imul(set.hash ^ Math.imul(state + 1, 0x9e3779b1), 0x85ebca77);
    const { length } = set;
    let slot = this.#slotOf(hash);
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & (this.#slots.length - 1)) {
      const at = this.#slots[slot] - 1;
      if (this.#words[at] !== state || this.#words[at + 1] !== length) continue;
      if (set.covers(this.#words, at + HEAD_WORDS)) return "known";
    }
    const end = this.#wordsUsed + HEAD_WORDS + length;
    if (end > this.#wordsMax) return "full";
    if (end > this.#words.length) this.#growWords(end);
    this.#words[this.#wordsUsed] = state;
    this.#words[this.#wordsUsed + 1] = length;
    set.copyTo(this.#words, this.#wordsUsed + HEAD_WORDS);
    this.#slots[slot] = this.#wordsUsed + 1;
    this.#hashes[slot] = hash;
    this.#wordsUsed = end;
    this.#count++;
    if (this.#count * 2 > this.#slots.length) this.#growSlots();
    return "new";
  }

  #slotOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.#slots.length - 1);
  }

  #growWords(needed: number): void {
    const words = new Int32Array(Math.max(needed, this.#words.length * 2));
    words.set(this.#words);
    this.#words = words;
  }

  #growSlots(): void {
    const [slots, hashes] = [this.#slots, this.#hashes];
    this.#slots = new Int32Array(slots.length * 2);
    this.#hashes = new Int32Array(slots.length * 2);
    for (let old = 0; old < slots.length; old++) {
      if (slots[old] === 0) continue;
      let slot = this.#slotOf(hashes[old]);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = slots[old];
      this.#hashes[slot] = hashes[old];
    }
  }
}
