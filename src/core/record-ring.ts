import { assert } from "./assert.ts";
import { RECORD_WORDS } from "./hash.ts";

/** A ring that nobody reads may grow to this many records (512 MiB) before it stops the program. */
export const RING_RECORDS_MAX = 1 << 23;

/**
 * A queue of 16-word records in one typed array. The writer appends, the reader takes from the front; while the
 * reader keeps up nothing is allocated. When the ring is full it doubles, up to its limit.
 *
 *     const at = ring.append();      // the offset of a stale record: set all 16 words
 *     ring.words[at] = kind; …
 *
 *     for (; !ring.isEmpty; ring.shift()) read(ring.words, ring.front);
 *
 * `words` and `doubles` (the same memory as float64) are replaced when the ring grows: read them anew after `append`.
 */
export class RecordRing {
  words: Int32Array;
  doubles: Float64Array;
  /** Number of the next record to append. It wraps around at 2^31, so only differences mean anything. */
  written = 0;
  /** Number of the next record to take; wraps like `written`. */
  taken = 0;
  #mask: number;
  readonly #recordsMax: number;

  constructor(options: { records?: number; recordsMax?: number } = {}) {
    const records = options.records ?? 1024;
    assert(records > 0 && (records & (records - 1)) === 0, "a ring holds a power of two of records");
    this.#recordsMax = options.recordsMax ?? RING_RECORDS_MAX;
    this.words = new Int32Array(records * RECORD_WORDS);
    this.doubles = new Float64Array(this.words.buffer);
    this.#mask = records - 1;
  }

  get isEmpty(): boolean {
    return this.written === this.taken;
  }

  /** Whether the next `append` makes the ring larger. */
  get isFull(): boolean {
    return ((this.written - this.taken) | 0) > this.#mask;
  }

  /** Records waiting to be taken. */
  get length(): number {
    return (this.written - this.taken) | 0;
  }

  /** Makes room for one record at the end. @returns its offset in `words` */
  append(): number {
    const number = this.written;
    if (this.isFull) this.#grow();
    this.written = (number + 1) | 0;
    return (number & this.#mask) << 4;
  }

  /** The offset of the oldest record not yet taken. */
  get front(): number {
    return (this.taken & this.#mask) << 4;
  }

  /** Offset of the record with this number, which must not have been taken. */
  offsetOf(number: number): number {
    return (number & this.#mask) << 4;
  }

  /** Takes the oldest record. */
  shift(): void {
    this.taken = (this.taken + 1) | 0;
  }

  /** Takes every record. */
  clear(): void {
    this.taken = this.written;
  }

  #grow(): void {
    const records = this.#mask + 1;
    assert(records < this.#recordsMax, "a record ring is full: its reader does not take the records");
    const words = new Int32Array(records * 2 * RECORD_WORDS);
    const mask = records * 2 - 1;
    for (let number = this.taken; number !== this.written; number = (number + 1) | 0) {
      const from = (number & this.#mask) << 4;
      words.set(this.words.subarray(from, from + RECORD_WORDS), (number & mask) << 4);
    }
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
    this.#mask = mask;
  }
}
