import type { Nanos } from "../core/units.ts";

/** A queue that holds less than one packet of this many bytes is never thinned out: an Ethernet frame. */
const FULL_PACKET_BYTES = 1_514;

/**
 * CoDel's view of one queue (RFC 8289, section 5): once packets have waited longer than the target for a whole
 * interval, it drops one, and then more and more often, with the square root of how many it dropped, until they wait
 * less. The caller takes packets out of the queue and asks for each whether to drop it.
 */
export class ControlledDelay {
  readonly #targetNs: Nanos;
  readonly #intervalNs: Nanos;
  #firstAboveNs: Nanos = 0;
  #dropNextNs: Nanos = 0;
  #count = 0;
  #lastCount = 0;
  #isDropping = false;
  /** Whether a packet dropped in this round of taking out still speaks for the next one. */
  #hasDroppedNow = false;

  constructor(options: { readonly targetNs: Nanos; readonly intervalNs: Nanos }) {
    this.#targetNs = options.targetNs;
    this.#intervalNs = options.intervalNs;
  }

  /** Begins a round: the link is free and takes packets out until one is sent. */
  begin(): void {
    this.#hasDroppedNow = false;
  }

  /** Whether to drop a packet that waited so long and leaves so many bytes behind it. */
  shouldDrop(timeNs: Nanos, waitedNs: Nanos, bytesBehind: number): boolean {
    const mayDrop = this.#isLongAbove(timeNs, waitedNs, bytesBehind);
    if (this.#isDropping) {
      if (!mayDrop) {
        this.#isDropping = false;
        return false;
      }
      if (this.#hasDroppedNow) this.#dropNextNs = this.#later(this.#dropNextNs);
      if (timeNs < this.#dropNextNs) return false;
      this.#count++;
      this.#hasDroppedNow = true;
      return true;
    }
    if (!mayDrop || this.#hasDroppedNow) return false;
    this.#enter(timeNs);
    return true;
  }

  /** Drops the first packet. Where it dropped lately, it goes on at the rate that it had. */
  #enter(timeNs: Nanos): void {
    const gained = this.#count - this.#lastCount;
    const isRecent = timeNs - this.#dropNextNs < 16 * this.#intervalNs;
    this.#isDropping = true;
    this.#count = gained > 1 && isRecent ? gained : 1;
    this.#lastCount = this.#count;
    this.#dropNextNs = this.#later(timeNs);
    // The next packet of this round is sent, as the RFC has it: one drop when dropping begins.
    this.#hasDroppedNow = false;
  }

  #isLongAbove(timeNs: Nanos, waitedNs: Nanos, bytesBehind: number): boolean {
    if (waitedNs < this.#targetNs || bytesBehind <= FULL_PACKET_BYTES) {
      this.#firstAboveNs = 0;
      return false;
    }
    if (this.#firstAboveNs === 0) {
      this.#firstAboveNs = timeNs + this.#intervalNs;
      return false;
    }
    return timeNs >= this.#firstAboveNs;
  }

  #later(timeNs: Nanos): Nanos {
    return timeNs + this.#intervalNs / Math.sqrt(this.#count);
  }
}
