import type { Nanos } from "../../core/units.ts";

const AT_START = 1_024;
const NONE = -1;

/** Messages that a stream's sender keeps until they are acknowledged, or its receiver until those before them come. */
export class SegmentPool {
  /** By segment: next one, message, how often it was sent, and its bytes on the wire. */
  #words = new Int32Array(4 * AT_START);
  /** By segment: place in the stream, and when it was sent last. */
  #numbers = new Float64Array(2 * AT_START);
  #capacity = AT_START;
  #unused = 0;
  #free = NONE;

  allocate(message: number, bytes: number, sequence: number): number {
    const segment = this.#take();
    this.#words[4 * segment] = NONE;
    this.#words[4 * segment + 1] = message;
    this.#words[4 * segment + 2] = 0;
    this.#words[4 * segment + 3] = bytes;
    this.#numbers[2 * segment] = sequence;
    return segment;
  }

  free(segment: number): void {
    this.#words[4 * segment] = this.#free;
    this.#free = segment;
  }

  next(segment: number): number {
    return this.#words[4 * segment];
  }

  setNext(segment: number, next: number): void {
    this.#words[4 * segment] = next;
  }

  message(segment: number): number {
    return this.#words[4 * segment + 1];
  }

  sequence(segment: number): number {
    return this.#numbers[2 * segment];
  }

  bytes(segment: number): number {
    return this.#words[4 * segment + 3];
  }

  timesSent(segment: number): number {
    return this.#words[4 * segment + 2];
  }

  sentAtNs(segment: number): Nanos {
    return this.#numbers[2 * segment + 1];
  }

  markSent(segment: number, timeNs: Nanos): void {
    this.#words[4 * segment + 2]++;
    this.#numbers[2 * segment + 1] = timeNs;
  }

  #take(): number {
    const segment = this.#free;
    if (segment !== NONE) {
      this.#free = this.#words[4 * segment];
      return segment;
    }
    if (this.#unused === this.#capacity) {
      this.#capacity *= 2;
      const words = new Int32Array(4 * this.#capacity);
      words.set(this.#words);
      this.#words = words;
      const numbers = new Float64Array(2 * this.#capacity);
      numbers.set(this.#numbers);
      this.#numbers = numbers;
    }
    return this.#unused++;
  }
}
