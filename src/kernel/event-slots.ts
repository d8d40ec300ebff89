import { assert } from "../core/assert.ts";

/** Events that may be pending at once: 2^25, about 1.2 GiB. */
export const EVENTS_MAX = 1 << 25;

const SLOTS_AT_START = 1024;
const GENERATIONS = 0x400_0000;
const NONE = -1;

/** Words of a slot: kind, target, payload, and how often the slot was used. */
export const SlotWord = { kind: 0, target: 1, payload: 2, generation: 3 } as const;

/** What the kind of a slot says that is no kind. */
export const CANCELED = -1;
export const FREE = -2;

const Slot = { ...SlotWord };

/**
 * The events that are pending, each in a slot. A handle names a slot and its generation, so that one that is over is
 * told from the slot's next event. The arrays are replaced when they grow.
 */
export class EventSlots {
  /** By slot: four words. */
  words = new Int32Array(4 * SLOTS_AT_START).fill(FREE);
  times = new Float64Array(SLOTS_AT_START);
  sequences = new Float64Array(SLOTS_AT_START);
  /** The next slot of a list. */
  next = new Int32Array(SLOTS_AT_START);
  capacity = SLOTS_AT_START;
  /** Slots in use, those of canceled events among them. */
  used = 0;
  #free = NONE;
  #unused = 0;

  constructor() {
    for (let at = Slot.generation; at < this.words.length; at += 4) this.words[at] = 0;
  }

  /** A slot for an event; there is one as long as `used` is below `capacity`. */
  take(): number {
    this.used++;
    const slot = this.#free;
    if (slot === NONE) return this.#unused++;
    this.#free = this.next[slot];
    return slot;
  }

  /** Takes back the slot of an event that has happened, or was canceled before. */
  release(slot: number): void {
    this.words[slot << 2] = FREE;
    this.next[slot] = this.#free;
    this.#free = slot;
    this.used--;
  }

  handleOf(slot: number): number {
    return this.words[(slot << 2) | Slot.generation] * EVENTS_MAX + slot;
  }

  /** The slot of a handle whose event is pending, or -1. */
  find(handle: number): number {
    const slot = handle % EVENTS_MAX;
    const isPending =
      slot >= 0 &&
      slot < this.#unused &&
      this.words[(slot << 2) | Slot.generation] === (handle - slot) / EVENTS_MAX &&
      this.words[slot << 2] > CANCELED;
    return isPending ? slot : NONE;
  }

  /** Makes the slot's handle name nothing any more. */
  retire(slot: number): void {
    const at = (slot << 2) | Slot.generation;
    this.words[at] = (this.words[at] + 1) % GENERATIONS;
  }

  grow(): void {
    const capacity = this.capacity * 2;
    assert(capacity <= EVENTS_MAX, "a handle has room for 2^25 slots");
    const words = new Int32Array(4 * capacity).fill(FREE);
    for (let at = Slot.generation; at < words.length; at += 4) words[at] = 0;
    words.set(this.words);
    const times = new Float64Array(capacity);
    times.set(this.times);
    const sequences = new Float64Array(capacity);
    sequences.set(this.sequences);
    const next = new Int32Array(capacity);
    next.set(this.next);
    this.words = words;
    this.times = times;
    this.sequences = sequences;
    this.next = next;
    this.capacity = capacity;
  }
}
