import { assert } from "../core/assert.ts";

/** Events that may wait for one busy actor. More mean that the actor cannot keep up, which stops the run. */
export const MAILBOX_EVENTS_MAX = 1 << 20;

const ENTRIES_AT_START = 1024;
const NONE = -1;

/** For each actor the events that wait while it is busy, in order of arrival. All share one pool of entries. */
export class Mailboxes {
  /** By actor: first and last entry, and how many. */
  #boxes = new Int32Array(3 * 64);
  /** By entry: next entry, kind, payload, and a spare word. */
  #entries = new Int32Array(4 * ENTRIES_AT_START);
  #capacity = ENTRIES_AT_START;
  #unused = 0;
  #free = NONE;

  readonly eventsMax: number;
  /** The event taken last. */
  kind = 0;
  payload = 0;

  constructor(options: { mailboxEventsMax?: number } = {}) {
    this.eventsMax = options.mailboxEventsMax ?? MAILBOX_EVENTS_MAX;
  }

  /** Makes room for an actor. */
  join(actor: number): void {
    if (3 * actor + 3 <= this.#boxes.length) return;
    const boxes = new Int32Array(this.#boxes.length * 2);
    boxes.set(this.#boxes);
    this.#boxes = boxes;
  }

  count(actor: number): number {
    return this.#boxes[3 * actor + 2];
  }

  /** @returns false when the mailbox is full */
  put(actor: number, kind: number, payload: number): boolean {
    const box = 3 * actor;
    if (this.#boxes[box + 2] >= this.eventsMax) return false;
    const entry = this.#take();
    const entries = this.#entries;
    entries[4 * entry] = NONE;
    entries[4 * entry + 1] = kind;
    entries[4 * entry + 2] = payload;
    const boxes = this.#boxes;
    if (boxes[box + 2]++ === 0) boxes[box] = entry;
    else entries[4 * boxes[box + 1]] = entry;
    boxes[box + 1] = entry;
    return true;
  }

  /** Takes an actor's oldest event into the fields above. */
  take(actor: number): void {
    const boxes = this.#boxes;
    const box = 3 * actor;
    assert(boxes[box + 2] > 0, "an empty mailbox has nothing to take");
    const entry = boxes[box];
    const entries = this.#entries;
    this.kind = entries[4 * entry + 1];
    this.payload = entries[4 * entry + 2];
    boxes[box] = entries[4 * entry];
    boxes[box + 2]--;
    entries[4 * entry] = this.#free;
    this.#free = entry;
  }

  #take(): number {
    const entry = this.#free;
    if (entry !== NONE) {
      this.#free = this.#entries[4 * entry];
      return entry;
    }
    if (this.#unused === this.#capacity) {
      this.#capacity *= 2;
      const entries = new Int32Array(4 * this.#capacity);
      entries.set(this.#entries);
      this.#entries = entries;
    }
    return this.#unused++;
  }
}
