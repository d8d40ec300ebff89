import type { Nanos } from "../core/units.ts";
import type { EventSlots } from "./event-slots.ts";

const ENTRIES_AT_START = 64;

/**
 * The root's place. The four children of a node stand at the places 4p - 8 to 4p - 5, so that with this root they share
 * 32 aligned bytes, and looking for the least of them costs one cache line.
 */
const ROOT = 3;

/** Slots of events, earliest first, then in the order of their sequence: a heap of four children a node. */
export class EventHeap {
  readonly #slots: EventSlots;
  /** The place after the last. */
  #end = ROOT;
  #times = new Float64Array(ROOT + ENTRIES_AT_START);
  #slotAt = new Int32Array(ROOT + ENTRIES_AT_START);

  constructor(slots: EventSlots) {
    this.#slots = slots;
  }

  get size(): number {
    return this.#end - ROOT;
  }

  /** Time of the earliest event; Infinity when there is none. */
  get firstTimeNs(): Nanos {
    return this.#end === ROOT ? Infinity : this.#times[ROOT];
  }

  /** Slot of the earliest event; only while there is one. */
  get first(): number {
    return this.#slotAt[ROOT];
  }

  push(slot: number): void {
    if (this.#end === this.#times.length) this.#grow();
    const times = this.#times;
    const slotAt = this.#slotAt;
    const timeNs = this.#slots.times[slot];
    let place = this.#end++;
    while (place > ROOT) {
      const parent = (place >> 2) + 2;
      const parentTime = times[parent];
      if (parentTime < timeNs || (parentTime === timeNs && this.#isBefore(slotAt[parent], slot))) break;
      times[place] = parentTime;
      slotAt[place] = slotAt[parent];
      place = parent;
    }
    times[place] = timeNs;
    slotAt[place] = slot;
  }

  /** Takes the earliest event out. */
  shift(): void {
    const end = --this.#end;
    const times = this.#times;
    const slotAt = this.#slotAt;
    const timeNs = times[end];
    const slot = slotAt[end];
    let place = ROOT;
    for (;;) {
      const first = 4 * place - 8;
      if (first >= end) break;
      const childEnd = first + 4 < end ? first + 4 : end;
      let least = first;
      let leastTime = times[first];
      for (let child = first + 1; child < childEnd; child++) {
        const childTime = times[child];
        if (childTime > leastTime) continue;
        if (childTime === leastTime && this.#isBefore(slotAt[least], slotAt[child])) continue;
        least = child;
        leastTime = childTime;
      }
      if (timeNs < leastTime || (timeNs === leastTime && this.#isBefore(slot, slotAt[least]))) break;
      times[place] = leastTime;
      slotAt[place] = slotAt[least];
      place = least;
    }
    times[place] = timeNs;
    slotAt[place] = slot;
  }

  /** Takes any one event out, cheaply. @returns its slot */
  takeLast(): number {
    return this.#slotAt[--this.#end];
  }

  #isBefore(a: number, b: number): boolean {
    const { sequences } = this.#slots;
    return sequences[a] < sequences[b];
  }

  #grow(): void {
    const entries = 2 * (this.#times.length - ROOT);
    const times = new Float64Array(ROOT + entries);
    times.set(this.#times);
    const slotAt = new Int32Array(ROOT + entries);
    slotAt.set(this.#slotAt);
    this.#times = times;
    this.#slotAt = slotAt;
  }
}
