import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";

/** Events that may be pending at once: 2^25, about 1.2 GiB. */
export const EVENTS_MAX = 1 << 25;

const SLOTS_AT_START = 1024;
const GENERATIONS = 0x400_0000;
const NONE = -1;

/**
 * The root's place in the heap. The four children of a node stand at the places 4p - 8 to 4p - 5, so that with this
 * root they share 32 aligned bytes, and looking for the least of them costs one cache line.
 */
const ROOT = 3;

/** Words of a slot: kind, target, payload (of a free slot: the next free one), and how often the slot was used. */
const KIND = 0;
const TARGET = 1;
const PAYLOAD = 2;
const GENERATION = 3;
const CANCELED = -1;

/**
 * What is to happen, earliest first, then in the order in which it was scheduled: a heap of four children a node on
 * typed arrays. Pushing and popping cost O(log n), canceling O(1) on average, and nothing is allocated.
 *
 * An event has a kind, a target and a payload, small integers whose meaning is the scheduler's; a kind is not negative.
 *
 * A canceled event stays in the heap until it comes up, or until room is needed and half of the heap is canceled. So no
 * event needs to know its place: keeping that up to date would cost a cache line for each level of the heap.
 */
export class EventQueue {
  /** The event popped last. */
  timeNs: Nanos = 0;
  kind = 0;
  target = 0;
  payload = 0;

  readonly #eventsMax: number;
  /** The place after the heap's last. */
  #end = ROOT;
  #canceled = 0;
  #sequence = 0;
  #slots = SLOTS_AT_START;
  /** By place in the heap. The earliest event is never a canceled one. */
  #times = new Float64Array(ROOT + SLOTS_AT_START);
  #sequences = new Float64Array(ROOT + SLOTS_AT_START);
  #slotAt = new Int32Array(ROOT + SLOTS_AT_START);
  /** By slot, four words each. */
  #events = new Int32Array(4 * SLOTS_AT_START);
  #freeSlot = NONE;
  #unusedSlot = 0;

  constructor(options: { eventsMax?: number } = {}) {
    this.#eventsMax = options.eventsMax ?? EVENTS_MAX;
    assert(this.#eventsMax <= EVENTS_MAX, "a handle has room for 2^25 slots");
  }

  get size(): number {
    return this.#end - ROOT - this.#canceled;
  }

  /** Time of the earliest event; Infinity when there is none. */
  get nextTimeNs(): Nanos {
    return this.#end === ROOT ? Infinity : this.#times[ROOT];
  }

  /** @returns a handle for `cancel` */
  push(timeNs: Nanos, kind: number, target: number, payload: number): number {
    if (this.#end - ROOT === this.#slots) this.#makeRoom();
    const events = this.#events;
    let slot = this.#freeSlot;
    if (slot === NONE) slot = this.#unusedSlot++;
    else this.#freeSlot = events[(slot << 2) + PAYLOAD];
    const at = slot << 2;
    events[at + KIND] = kind;
    events[at + TARGET] = target;
    events[at + PAYLOAD] = payload;

    const times = this.#times;
    const sequences = this.#sequences;
    const slotAt = this.#slotAt;
    let place = this.#end++;
    while (place > ROOT) {
      const parent = (place >> 2) + 2;
      // The new event has the highest sequence, so it stays behind those of its time.
      const parentTime = times[parent];
      if (parentTime <= timeNs) break;
      times[place] = parentTime;
      sequences[place] = sequences[parent];
      slotAt[place] = slotAt[parent];
      place = parent;
    }
    times[place] = timeNs;
    sequences[place] = this.#sequence++;
    slotAt[place] = slot;
    return events[at + GENERATION] * EVENTS_MAX + slot;
  }

  /** Takes the earliest event into the fields above. @returns false when there is none */
  pop(): boolean {
    if (this.#end === ROOT) return false;
    const slot = this.#slotAt[ROOT];
    const events = this.#events;
    const at = slot << 2;
    this.timeNs = this.#times[ROOT];
    this.kind = events[at + KIND];
    this.target = events[at + TARGET];
    this.payload = events[at + PAYLOAD];
    events[at + GENERATION] = (events[at + GENERATION] + 1) % GENERATIONS;
    events[at + PAYLOAD] = this.#freeSlot;
    this.#freeSlot = slot;
    this.#removeFirst();
    if (this.#canceled > 0) this.#dropCanceled();
    return true;
  }

  /** Takes an event out. @returns false when it has happened or was canceled before */
  cancel(handle: number): boolean {
    const slot = handle % EVENTS_MAX;
    const at = slot << 2;
    const events = this.#events;
    if (!(slot < this.#unusedSlot) || events[at + GENERATION] !== (handle - slot) / EVENTS_MAX) return false;
    events[at + KIND] = CANCELED;
    events[at + GENERATION] = (events[at + GENERATION] + 1) % GENERATIONS;
    this.#canceled++;
    this.#dropCanceled();
    return true;
  }

  /** Takes out every event of a target except those of one kind. Looks at all that is pending, so it is for rare needs. */
  cancelAllOf(target: number, keptKind: number): void {
    const events = this.#events;
    for (let place = ROOT; place < this.#end; place++) {
      const at = this.#slotAt[place] << 2;
      if (events[at + TARGET] !== target || events[at + KIND] === keptKind || events[at + KIND] === CANCELED) continue;
      events[at + KIND] = CANCELED;
      events[at + GENERATION] = (events[at + GENERATION] + 1) % GENERATIONS;
      this.#canceled++;
    }
    this.#dropCanceled();
  }

  /** Frees the slots of canceled events that came up. */
  #dropCanceled(): void {
    while (this.#end > ROOT && this.#events[(this.#slotAt[ROOT] << 2) + KIND] === CANCELED) {
      this.#free(this.#slotAt[ROOT]);
      this.#removeFirst();
    }
  }

  #free(slot: number): void {
    this.#events[(slot << 2) + KIND] = 0;
    this.#events[(slot << 2) + PAYLOAD] = this.#freeSlot;
    this.#freeSlot = slot;
    this.#canceled--;
  }

  #removeFirst(): void {
    const last = --this.#end;
    this.#sink(ROOT, this.#times[last], this.#sequences[last], this.#slotAt[last]);
  }

  /** Puts an event at a place or below it, where it belongs. */
  #sink(from: number, time: number, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const slotAt = this.#slotAt;
    const end = this.#end;
    let place = from;
    for (;;) {
      const first = 4 * place - 8;
      if (first >= end) break;
      const childEnd = first + 4 < end ? first + 4 : end;
      let least = first;
      let leastTime = times[first];
      for (let child = first + 1; child < childEnd; child++) {
        const childTime = times[child];
        if (childTime > leastTime) continue;
        if (childTime === leastTime && sequences[child] > sequences[least]) continue;
        least = child;
        leastTime = childTime;
      }
      if (time < leastTime || (time === leastTime && sequence < sequences[least])) break;
      times[place] = leastTime;
      sequences[place] = sequences[least];
      slotAt[place] = slotAt[least];
      place = least;
    }
    times[place] = time;
    sequences[place] = sequence;
    slotAt[place] = slot;
  }

  /** Rebuilds the heap without the canceled events. */
  #compact(): void {
    let end = ROOT;
    for (let place = ROOT; place < this.#end; place++) {
      const slot = this.#slotAt[place];
      if (this.#events[(slot << 2) + KIND] === CANCELED) {
        this.#free(slot);
        continue;
      }
      this.#times[end] = this.#times[place];
      this.#sequences[end] = this.#sequences[place];
      this.#slotAt[end] = slot;
      end++;
    }
    this.#end = end;
    // The root is the earliest event as before.
    for (let place = ((end - 1) >> 2) + 2; place > ROOT; place--) {
      this.#sink(place, this.#times[place], this.#sequences[place], this.#slotAt[place]);
    }
  }

  #makeRoom(): void {
    const slots = this.#slots * 2;
    // Below the limit a compaction makes room for half of the events that it looks at, which spreads its cost.
    if (2 * this.#canceled >= this.#slots || (slots > this.#eventsMax && this.#canceled > 0)) {
      this.#compact();
      return;
    }
    assert(slots <= this.#eventsMax, "too many events are pending");
    const times = new Float64Array(ROOT + slots);
    times.set(this.#times);
    const sequences = new Float64Array(ROOT + slots);
    sequences.set(this.#sequences);
    const slotAt = new Int32Array(ROOT + slots);
    slotAt.set(this.#slotAt);
    const events = new Int32Array(4 * slots);
    events.set(this.#events);
    this.#times = times;
    this.#sequences = sequences;
    this.#slotAt = slotAt;
    this.#events = events;
    this.#slots = slots;
  }
}
