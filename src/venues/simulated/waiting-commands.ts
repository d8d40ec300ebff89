import { RECORD_WORDS } from "../../model/record.ts";

const SLOTS_AT_START = 64;
const FREE_LIST_END = -1;

/** Commands that wait at a venue, each in a slot of its own; free slots are used again. Nothing is allocated per command. */
export class WaitingCommands {
  /** `words[slot << 4 …]`; replaced when the slots become more. */
  words = new Int32Array(SLOTS_AT_START * RECORD_WORDS);
  doubles = new Float64Array(this.words.buffer);
  /** How many wait. */
  count = 0;
  #used = 0;
  #free = FREE_LIST_END;

  /** Keeps a command. @returns its slot */
  add(words: Int32Array, at: number): number {
    const slot = this.#reserve();
    const to = slot << 4;
    for (let word = 0; word < RECORD_WORDS; word++) this.words[to + word] = words[at + word];
    this.count++;
    return slot;
  }

  /** Gives a slot free; the command stays readable until the next `add`. */
  release(slot: number): void {
    this.words[slot << 4] = 0;
    this.words[(slot << 4) + 1] = this.#free;
    this.#free = slot;
    this.count--;
  }

  /** Slots in which a command waits. Every command has a kind, so what begins with 0 is none. */
  taken(): number[] {
    return Array.from({ length: this.#used }, (_, slot) => slot).filter((slot) => this.words[slot << 4] !== 0);
  }

  #reserve(): number {
    if (this.#free !== FREE_LIST_END) {
      const slot = this.#free;
      this.#free = this.words[(slot << 4) + 1];
      return slot;
    }
    if (this.#used << 4 === this.words.length) {
      const larger = new Int32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
      this.doubles = new Float64Array(larger.buffer);
    }
    return this.#used++;
  }
}
