import { assert } from "../core/assert.ts";
import { RECORD_WORDS } from "../core/hash.ts";

/** Records that may be under way at once: 2^23, half a GiB. */
export const RECORDS_IN_FLIGHT_MAX = 1 << 23;
/** The largest message. */
export const MESSAGE_RECORDS_MAX = 64;

const RECORDS_AT_START = 1024;
const RECORD_DOUBLES = RECORD_WORDS / 2;
const NONE = -1;

/** Facts of a message: holders, size class (it has 2^class records), who composed it, and during which event. */
const HOLDERS = 0;
const SIZE = 1;
const SENDER = 2;
const EVENT = 3;

/**
 * The messages under way: one or more neighbouring 16-word records each, named by the number of the first. A message
 * that goes to many receivers is stored once and counted; the last delivery frees it.
 *
 * `words` and `doubles` (the same memory as float64) are replaced when the pool grows.
 */
export class MessagePool {
  words = new Int32Array(RECORDS_AT_START * RECORD_WORDS);
  doubles = new Float64Array(this.words.buffer);
  /** Messages that are held. */
  held = 0;
  readonly #recordsMax: number;
  #records = RECORDS_AT_START;
  #unused = 0;
  /** By first record, four facts each. */
  #facts = new Int32Array(4 * RECORDS_AT_START);
  /** First free message of each size class; the next one stands in its first word. */
  readonly #free = new Int32Array(7).fill(NONE);

  constructor(options: { recordsMax?: number } = {}) {
    this.#recordsMax = options.recordsMax ?? RECORDS_IN_FLIGHT_MAX;
  }

  /** A message of zeros that nobody holds yet, composed by an actor during an event. May replace `words` and `doubles`. */
  allocate(records: number, sender: number, event: number): number {
    assert(
      records === (records | 0) && records >= 1 && records <= MESSAGE_RECORDS_MAX,
      "a message has 1 to 64 records",
    );
    const size = records === 1 ? 0 : 32 - Math.clz32(records - 1);
    const message = this.#take(size, sender, event);
    const doubles = this.doubles;
    const end = (message << 3) + (RECORD_DOUBLES << size);
    for (let at = message << 3; at < end; at++) doubles[at] = 0;
    return message;
  }

  /** The same of one record, but its words are what stood there before: who writes all of them needs no zeros. */
  allocateStale(sender: number, event: number): number {
    return this.#take(0, sender, event);
  }

  /** Records of a message, a power of two. */
  recordsOf(message: number): number {
    return 1 << this.#facts[(message << 2) + SIZE];
  }

  senderOf(message: number): number {
    return this.#facts[(message << 2) + SENDER];
  }

  /** Whether this actor composed the message during this event. */
  isComposedBy(message: number, sender: number, event: number): boolean {
    const at = message << 2;
    return this.#facts[at + SENDER] === sender && this.#facts[at + EVENT] === (event | 0);
  }

  isHeld(message: number): boolean {
    return this.#facts[(message << 2) + HOLDERS] > 0;
  }

  hold(message: number): void {
    if (this.#facts[(message << 2) + HOLDERS]++ === 0) this.held++;
  }

  /** Lets go of a message; it is free again once nobody holds it. */
  release(message: number): void {
    const holders = --this.#facts[(message << 2) + HOLDERS];
    assert(holders >= 0, "a message was released more often than it was held");
    if (holders > 0) return;
    this.held--;
    this.discard(message);
  }

  /** Frees a message that nobody came to hold. */
  discard(message: number): void {
    const at = message << 2;
    assert(this.#facts[at + HOLDERS] === 0, "a message under way cannot be discarded");
    const size = this.#facts[at + SIZE];
    this.words[message << 4] = this.#free[size];
    this.#free[size] = message;
  }

  #take(size: number, sender: number, event: number): number {
    let message = this.#free[size];
    if (message !== NONE) {
      this.#free[size] = this.words[message << 4];
    } else {
      message = this.#takeUnused(1 << size);
      this.#facts[(message << 2) + SIZE] = size;
    }
    const at = message << 2;
    this.#facts[at + SENDER] = sender;
    this.#facts[at + EVENT] = event | 0;
    return message;
  }

  #takeUnused(records: number): number {
    const message = this.#unused;
    this.#unused += records;
    while (this.#unused > this.#records) this.#grow();
    return message;
  }

  #grow(): void {
    const records = this.#records * 2;
    assert(records <= this.#recordsMax, "too many messages are under way");
    const words = new Int32Array(records * RECORD_WORDS);
    words.set(this.words);
    const facts = new Int32Array(4 * records);
    facts.set(this.#facts);
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
    this.#facts = facts;
    this.#records = records;
  }
}
