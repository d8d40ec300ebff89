import { assert } from "../../core/assert.ts";
import type { Ticks } from "../../core/units.ts";

const SLOTS_AT_START = 1024;
/** 2^28 slots of two words are 2 GiB: more prices than any book has. */
const SLOTS_MAX = 1 << 28;

/**
 * From a price to a number above 0: an open hash table in one typed array, two words a slot, at most half full. A Map does
 * the same, yet takes three times as long, for prices come and go with every other row of a recording.
 */
export class PriceTable {
  /** Price and number of each slot; number 0 where the slot is free. */
  #slots = new Int32Array(SLOTS_AT_START * 2);
  #mask = SLOTS_AT_START - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of a price; 0 when it has none. */
  get(priceTicks: Ticks): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = homeOf(priceTicks) & mask;
    while (slots[slot * 2 + 1] !== 0) {
      if (slots[slot * 2] === priceTicks) return slots[slot * 2 + 1];
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  /** Gives a number above 0 to a price that has none. */
  add(priceTicks: Ticks, number: number): void {
    if (this.#size * 2 > this.#mask) this.#grow();
    this.#place(priceTicks, number);
    this.#size++;
  }

  /** Takes its number from a price that has one. */
  delete(priceTicks: Ticks): void {
    const slots = this.#slots;
    const mask = this.#mask;
    let free = homeOf(priceTicks) & mask;
    while (slots[free * 2] !== priceTicks || slots[free * 2 + 1] === 0) free = (free + 1) & mask;
    // What had to pass this slot on its way from home moves up, so that no search ends too early.
    for (let slot = (free + 1) & mask; slots[slot * 2 + 1] !== 0; slot = (slot + 1) & mask) {
      const home = homeOf(slots[slot * 2]) & mask;
      if (((slot - home) & mask) < ((slot - free) & mask)) continue;
      slots[free * 2] = slots[slot * 2];
      slots[free * 2 + 1] = slots[slot * 2 + 1];
      free = slot;
    }
    slots[free * 2 + 1] = 0;
    this.#size--;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#size = 0;
  }

  #place(priceTicks: Ticks, number: number): void {
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = homeOf(priceTicks) & mask;
    while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
    slots[slot * 2] = priceTicks;
    slots[slot * 2 + 1] = number;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = (this.#mask + 1) * 2;
    assert(slots <= SLOTS_MAX, "a book has fewer prices than a price table can hold");
    this.#slots = new Int32Array(slots * 2);
    this.#mask = slots - 1;
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] !== 0) this.#place(old[at], old[at + 1]);
    }
  }
}

/** Keeps 16 neighbouring prices in two cache lines and strews those groups. */
function homeOf(priceTicks: Ticks): number {
  const group = Math.imul(priceTicks >> 4, 0x9e3779b1);
  return ((group ^ (group >>> 15)) << 4) | (priceTicks & 15);
}
