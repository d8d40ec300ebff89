import type { Nanos } from "../../core/units.ts";
import { CongestionWindow } from "./congestion-window.ts";
import { RoundTripEstimate } from "./round-trip-estimate.ts";
import type { SegmentPool } from "./segment-pool.ts";
import type { StreamHost } from "./stream-host.ts";

/** Messages that a stream keeps at most, under way and waiting. What comes on top is dropped and counted. */
export const SEND_BUFFER_MAX = 8_192;
/** Timeouts in a row after which a stream gives up on what it keeps: Linux' `tcp_retries2`. */
export const TIMEOUTS_MAX = 15;
/** Acknowledgements in a row that say the same, after which a packet counts as lost. */
const REPEATED_MAX = 3;

const NONE = -1;

/**
 * The near end of a stream: Reno (RFC 5681) with NewReno's recovery (RFC 6582). A message is one packet. The stream is
 * open from the start, as the sessions of a trading day are.
 */
export class StreamSender {
  readonly window = new CongestionWindow();
  readonly roundTrip = new RoundTripEstimate();
  /** Places in the stream: the oldest message not acknowledged, the next one to send, the end of what is to send. */
  oldest = 0;
  next = 0;
  end = 0;
  readonly #stream: number;
  readonly #host: StreamHost;
  readonly #segments: SegmentPool;
  #head = NONE;
  #tail = NONE;
  /** The segment of `next`. */
  #unsent = NONE;
  /** One after the latest message that was ever sent. */
  #sentEnd = 0;
  #sameAcknowledgements = 0;
  /** In recovery: what must be acknowledged to end it; else 0. */
  #recoverTo = 0;
  /** Whether a partial acknowledgement came in this recovery. */
  #hasPartial = false;
  /** Losses before this place were answered. What was sent again anyway may well come twice, and says nothing new. */
  #answeredTo = 0;
  #timeouts = 0;
  /** When the oldest packet counts as lost; Infinity while nothing is under way. */
  #deadlineNs: Nanos = Infinity;
  /** When the timer that is set comes due; Infinity where none is. */
  #timerNs: Nanos = Infinity;

  constructor(stream: number, host: StreamHost, segments: SegmentPool) {
    this.#stream = stream;
    this.#host = host;
    this.#segments = segments;
  }

  /** Takes a message with a hold of its own. @returns false when the buffer is full */
  offer(message: number, bytes: number, timeNs: Nanos): boolean {
    if (this.end - this.oldest >= SEND_BUFFER_MAX) return false;
    const segment = this.#segments.allocate(message, bytes, this.end++);
    if (this.#head === NONE) this.#head = segment;
    else this.#segments.setNext(this.#tail, segment);
    this.#tail = segment;
    if (this.#unsent === NONE) this.#unsent = segment;
    this.#sendSome(timeNs);
    return true;
  }

  /** The receiver has everything before `expected`. */
  acknowledge(expected: number, timeNs: Nanos): void {
    const underWay = this.next - this.oldest;
    if (expected > this.oldest) this.#advance(expected, underWay, timeNs);
    else if (expected === this.oldest && underWay > 0) this.#repeat(underWay, timeNs);
    this.#sendSome(timeNs);
  }

  onTimer(timeNs: Nanos): void {
    // An earlier one was set in its place, and has come due before.
    if (timeNs !== this.#timerNs) return;
    this.#timerNs = Infinity;
    if (this.#deadlineNs > timeNs) {
      this.#armTimer();
      return;
    }
    this.#timeouts++;
    if (this.#timeouts > TIMEOUTS_MAX) {
      this.#giveUp();
      return;
    }
    // Everything not acknowledged goes again, one packet first, and more as acknowledgements come (RFC 5681, 3.1).
    this.window.collapse(Math.max(this.next, this.#sentEnd) - this.oldest);
    this.roundTrip.backOff();
    this.#recoverTo = 0;
    this.#answeredTo = this.#sentEnd;
    this.#sameAcknowledgements = 0;
    this.next = this.oldest;
    this.#unsent = this.#head;
    this.#deadlineNs = Infinity;
    this.#sendSome(timeNs);
  }

  #advance(expected: number, underWay: number, timeNs: Nanos): void {
    const wasFull = underWay >= this.window.packets;
    const acknowledged = expected - this.oldest;
    this.#drop(expected, timeNs);
    this.#timeouts = 0;
    this.roundTrip.endBackOff();
    this.#sameAcknowledgements = 0;
    if (this.#recoverTo > 0 && expected < this.#recoverTo) {
      this.window.deflate(acknowledged);
      this.#send(this.#head, timeNs);
      // Recovery mends one loss a round trip. Where many are lost the timeout is faster, so only the first partial
      // acknowledgement puts it off (RFC 6582, the impatient variant).
      if (this.#hasPartial) return;
      this.#hasPartial = true;
    } else if (this.#recoverTo > 0) {
      this.#recoverTo = 0;
      this.window.endRecovery();
    } else if (wasFull) {
      // A window that was not used says nothing about what the path can bear.
      this.window.grow();
    }
    this.#deadlineNs = this.next === this.oldest ? Infinity : timeNs + this.roundTrip.timeoutNs;
  }

  #repeat(underWay: number, timeNs: Nanos): void {
    this.#sameAcknowledgements++;
    if (this.#recoverTo > 0) {
      this.window.inflate();
    } else if (this.#sameAcknowledgements === REPEATED_MAX && this.oldest >= this.#answeredTo) {
      this.#recoverTo = this.#sentEnd;
      this.#answeredTo = this.#sentEnd;
      this.#hasPartial = false;
      this.window.beginRecovery(underWay);
      this.#send(this.#head, timeNs);
    }
  }

  /**
   * Lets go of what was acknowledged, and measures the round trip of the last of it. Not where something of it was sent
   * again (Karn's rule): what came after a gap waited at the receiver until the gap was filled.
   */
  #drop(expected: number, timeNs: Nanos): void {
    let sentAtNs = -1;
    let isSentOnce = true;
    while (this.oldest < expected) {
      const segment = this.#head;
      isSentOnce &&= this.#segments.timesSent(segment) === 1;
      sentAtNs = this.#segments.sentAtNs(segment);
      if (this.#unsent === segment) this.#unsent = this.#segments.next(segment);
      this.#dropHead();
    }
    if (isSentOnce) this.roundTrip.measure(timeNs - sentAtNs);
    this.next = Math.max(this.next, expected);
  }

  #dropHead(): void {
    const segment = this.#head;
    this.#head = this.#segments.next(segment);
    if (this.#head === NONE) this.#tail = NONE;
    this.#host.release(this.#segments.message(segment));
    this.#segments.free(segment);
    this.oldest++;
  }

  #sendSome(timeNs: Nanos): void {
    while (this.#unsent !== NONE && this.next - this.oldest < this.window.packets) {
      const segment = this.#unsent;
      this.#unsent = this.#segments.next(segment);
      this.next++;
      this.#sentEnd = Math.max(this.#sentEnd, this.next);
      this.#send(segment, timeNs);
    }
  }

  #send(segment: number, timeNs: Nanos): void {
    const segments = this.#segments;
    if (segments.timesSent(segment) > 0) this.#host.countRepeated();
    segments.markSent(segment, timeNs);
    this.#host.sendData(this.#stream, segment, timeNs);
    if (this.#deadlineNs === Infinity) this.#deadlineNs = timeNs + this.roundTrip.timeoutNs;
    this.#armTimer();
  }

  /** One timer at a time: one that comes due too early is set again, which is cheaper than to cancel each. */
  #armTimer(): void {
    if (this.#deadlineNs === Infinity || this.#timerNs <= this.#deadlineNs) return;
    this.#timerNs = this.#deadlineNs;
    this.#host.setStreamTimer(this.#stream, this.#deadlineNs);
  }

  #giveUp(): void {
    this.#host.countAbandoned(this.end - this.oldest);
    while (this.#head !== NONE) this.#dropHead();
    this.next = this.end;
    this.#unsent = NONE;
    this.#sentEnd = this.end;
    this.#timeouts = 0;
    this.roundTrip.endBackOff();
    this.#deadlineNs = Infinity;
  }
}
