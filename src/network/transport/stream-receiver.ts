import type { Nanos } from "../../core/units.ts";
import type { SegmentPool } from "./segment-pool.ts";
import type { StreamHost } from "./stream-host.ts";

const NONE = -1;

/** The far end of a stream: hands its messages over once each, in order, and says which one it waits for. */
export class StreamReceiver {
  /** Place in the stream of the message that comes next. */
  expected = 0;
  /** Messages that wait for one before them. */
  waiting = 0;
  readonly #stream: number;
  readonly #host: StreamHost;
  readonly #segments: SegmentPool;
  /** The earliest one that waits. */
  #head = NONE;

  constructor(stream: number, host: StreamHost, segments: SegmentPool) {
    this.#stream = stream;
    this.#host = host;
    this.#segments = segments;
  }

  /**
   * A message has come, with a hold of its own.
   * @param oldestKept the sender has given up on everything before it
   */
  receive(sequence: number, message: number, oldestKept: number, timeNs: Nanos): void {
    if (oldestKept > this.expected) this.#skipTo(oldestKept);
    if (sequence < this.expected || !this.#insert(sequence, message)) this.#host.release(message);
    // The acknowledgement leaves first: a handler that answers at once must not be overtaken by it on the way back.
    this.#host.sendAcknowledgement(this.#stream, this.#expectedAfterDelivery(), timeNs);
    this.#deliver(timeNs);
  }

  /** @returns false when the message waits already */
  #insert(sequence: number, message: number): boolean {
    const segments = this.#segments;
    let before = NONE;
    let after = this.#head;
    while (after !== NONE && segments.sequence(after) < sequence) {
      before = after;
      after = segments.next(after);
    }
    if (after !== NONE && segments.sequence(after) === sequence) return false;
    const segment = segments.allocate(message, 0, sequence);
    segments.setNext(segment, after);
    if (before === NONE) this.#head = segment;
    else segments.setNext(before, segment);
    this.waiting++;
    return true;
  }

  #expectedAfterDelivery(): number {
    let { expected } = this;
    for (let at = this.#head; at !== NONE && this.#segments.sequence(at) === expected; at = this.#segments.next(at)) {
      expected++;
    }
    return expected;
  }

  #deliver(timeNs: Nanos): void {
    while (this.#head !== NONE && this.#segments.sequence(this.#head) === this.expected) {
      const message = this.#takeHead();
      this.expected++;
      this.#host.deliverInOrder(this.#stream, message, timeNs);
    }
  }

  /** What lies before is lost for good, also what came and waited for it: the sender counts all of it as given up. */
  #skipTo(sequence: number): void {
    while (this.#head !== NONE && this.#segments.sequence(this.#head) < sequence) {
      this.#host.release(this.#takeHead());
    }
    this.expected = sequence;
  }

  #takeHead(): number {
    const segment = this.#head;
    const message = this.#segments.message(segment);
    this.#head = this.#segments.next(segment);
    this.#segments.free(segment);
    this.waiting--;
    return message;
  }
}
