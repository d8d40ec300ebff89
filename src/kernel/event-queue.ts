import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import { EventHeap } from "./event-heap.ts";
import { CANCELED, EVENTS_MAX, EventSlots, SlotWord } from "./event-slots.ts";
import { EventWheel } from "./event-wheel.ts";

export { EVENTS_MAX } from "./event-slots.ts";

const Slot = { ...SlotWord };
const GONE = CANCELED;
/** Events popped, at least, before the wheel is fitted to them again; with many pending, a share of those. */
const EVENTS_BETWEEN_FITS = 4096;
const PENDING_SHARE_SHIFT = 3;

/**
 * What is to happen, earliest first, then in the order in which it was scheduled. The next few events stand in a heap,
 * those behind them, unsorted, in the buckets of a wheel, and what lies beyond the wheel's turn in a second heap; a bucket
 * goes into the first heap when its time has come. So most events are sorted among a few, not among all: pushing and
 * popping cost O(1) while the wheel fits, and never more than O(log n). Canceling costs O(1), and nothing is allocated.
 *
 * An event has a kind, a target and a payload, small integers whose meaning is the scheduler's; a kind is not negative.
 *
 * A canceled event stays where it is until it comes up, or until room is needed and half of all are canceled.
 */
export class EventQueue {
  /** The event popped last. */
  timeNs: Nanos = 0;
  kind = 0;
  target = 0;
  payload = 0;

  readonly #eventsMax: number;
  readonly #slots = new EventSlots();
  /** Events of the wheel's present bucket, and of those before it. The earliest of all is here, and not a canceled one. */
  readonly #near = new EventHeap(this.#slots);
  readonly #wheel = new EventWheel(this.#slots);
  /** Events beyond the wheel's turn. */
  readonly #far = new EventHeap(this.#slots);
  #canceled = 0;
  #sequence = 0;
  /** The events that are taken out to be put in again. */
  #kept = new Int32Array(this.#slots.capacity);
  /** Since the wheel was fitted: events popped, and from when on. */
  #popped = 0;
  #fittedAtNs: Nanos = 0;

  constructor(options: { eventsMax?: number } = {}) {
    this.#eventsMax = options.eventsMax ?? EVENTS_MAX;
    assert(this.#eventsMax <= EVENTS_MAX, "a handle has room for 2^25 slots");
  }

  get size(): number {
    return this.#slots.used - this.#canceled;
  }

  /** Time of the earliest event; Infinity when there is none. */
  get nextTimeNs(): Nanos {
    return this.#near.firstTimeNs;
  }

  /** @returns a handle for `cancel` */
  push(timeNs: Nanos, kind: number, target: number, payload: number): number {
    const slots = this.#slots;
    if (slots.used === slots.capacity) this.#makeRoom();
    const slot = slots.take();
    const at = slot << 2;
    const words = slots.words;
    words[at] = kind;
    words[at | Slot.target] = target;
    words[at | Slot.payload] = payload;
    slots.times[slot] = timeNs;
    slots.sequences[slot] = this.#sequence++;
    this.#place(slot, timeNs);
    if (this.#near.size === 0) this.#advance();
    return slots.handleOf(slot);
  }

  /** Takes the earliest event into the fields above. @returns false when there is none */
  pop(): boolean {
    const near = this.#near;
    if (near.size === 0) return false;
    const slots = this.#slots;
    const slot = near.first;
    const at = slot << 2;
    const words = slots.words;
    this.timeNs = near.firstTimeNs;
    this.kind = words[at];
    this.target = words[at | Slot.target];
    this.payload = words[at | Slot.payload];
    near.shift();
    slots.retire(slot);
    slots.release(slot);
    if (near.size === 0 || this.#canceled > 0) this.#settle();
    if (++this.#popped >= EVENTS_BETWEEN_FITS && this.#popped >= slots.used >> PENDING_SHARE_SHIFT) this.#fit();
    return true;
  }

  /** Takes an event out. @returns false when it has happened or was canceled before */
  cancel(handle: number): boolean {
    const slot = this.#slots.find(handle);
    if (slot < 0) return false;
    this.#markCanceled(slot);
    this.#settle();
    return true;
  }

  /** Takes out every event of a target except those of one kind. Looks at all that is pending, so it is for rare needs. */
  cancelAllOf(target: number, keptKind: number): void {
    const { words, capacity } = this.#slots;
    for (let slot = 0; slot < capacity; slot++) {
      const at = slot << 2;
      const isMeant = words[at | Slot.target] === target && words[at] !== keptKind;
      if (isMeant && words[at] > GONE) this.#markCanceled(slot);
    }
    this.#settle();
  }

  #markCanceled(slot: number): void {
    this.#slots.words[slot << 2] = GONE;
    this.#slots.retire(slot);
    this.#canceled++;
  }

  /** Puts an event where its time belongs. */
  #place(slot: number, timeNs: Nanos): void {
    const wheel = this.#wheel;
    const ahead = wheel.bucketsAhead(timeNs);
    if (ahead <= 0) this.#near.push(slot);
    else if (ahead < wheel.buckets) wheel.put(slot, ahead);
    else this.#far.push(slot);
  }

  /** Brings the earliest event that is not canceled to the front. */
  #settle(): void {
    const near = this.#near;
    for (;;) {
      while (near.size > 0 && this.#slots.words[near.first << 2] === GONE) {
        const slot = near.first;
        near.shift();
        this.#forget(slot);
      }
      if (near.size > 0 || this.#slots.used === 0) return;
      this.#advance();
    }
  }

  /** Turns the wheel to the next bucket with events; there are some. */
  #advance(): void {
    const wheel = this.#wheel;
    const near = this.#near;
    const far = this.#far;
    if (!wheel.turn()) wheel.turnTo(far.firstTimeNs);
    for (let slot = wheel.takeBucket(); slot >= 0; slot = this.#slots.next[slot]) near.push(slot);
    // Events that lay beyond the wheel's turn when they came, and are due before or with this bucket.
    while (far.size > 0 && wheel.bucketsAhead(far.firstTimeNs) <= 0) {
      near.push(far.first);
      far.shift();
    }
  }

  /** Gives the wheel buckets as wide and as many as what was popped lately asks for. */
  #fit(): void {
    const meanGapNs = (this.timeNs - this.#fittedAtNs) / this.#popped;
    this.#popped = 0;
    this.#fittedAtNs = this.timeNs;
    // A burst at one moment says nothing of what follows.
    if (meanGapNs <= 0) return;
    if (this.#wheel.wouldFit(meanGapNs, this.#slots.used)) return;
    this.#rebuild(() => this.#wheel.fit(meanGapNs, this.#slots.used, this.timeNs));
  }

  /** Takes all events out, drops the canceled ones, changes something, and puts the others in again. */
  #rebuild(change: () => void): void {
    const count = this.#collect();
    change();
    const kept = this.#kept;
    for (let i = 0; i < count; i++) this.#place(kept[i], this.#slots.times[kept[i]]);
    this.#settle();
  }

  /** Takes all events out and frees the canceled ones. @returns how many are kept */
  #collect(): number {
    if (this.#kept.length < this.#slots.capacity) this.#kept = new Int32Array(this.#slots.capacity);
    const { next } = this.#slots;
    let count = 0;
    while (this.#near.size > 0) count = this.#keep(this.#near.takeLast(), count);
    while (this.#far.size > 0) count = this.#keep(this.#far.takeLast(), count);
    while (this.#wheel.turn()) {
      for (let slot = this.#wheel.takeBucket(); slot >= 0;) {
        const following = next[slot];
        count = this.#keep(slot, count);
        slot = following;
      }
    }
    assert(count === this.#slots.used && this.#canceled === 0, "every pending event is in the heaps or in the wheel");
    return count;
  }

  #keep(slot: number, count: number): number {
    if (this.#slots.words[slot << 2] === GONE) {
      this.#forget(slot);
      return count;
    }
    this.#kept[count] = slot;
    return count + 1;
  }

  /** Frees the slot of a canceled event. */
  #forget(slot: number): void {
    this.#slots.release(slot);
    this.#canceled--;
  }

  #makeRoom(): void {
    const { capacity } = this.#slots;
    // Below the limit this makes room for half of the events that it looks at, which spreads its cost.
    if (2 * this.#canceled >= capacity || (2 * capacity > this.#eventsMax && this.#canceled > 0)) {
      this.#rebuild(() => this.#wheel.turnTo(this.timeNs));
      return;
    }
    assert(2 * capacity <= this.#eventsMax, "too many events are pending");
    this.#slots.grow();
  }
}
