import type { Nanos } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";

/** Before anything was measured (RFC 6298, 2.1). */
const START_NS = NS_PER_SECOND;
/** The RFC asks for a second; Linux and Windows wait 200 to 300 ms, and so do the hosts of this network. */
export const RETRANSMIT_NS_MIN = 200 * NS_PER_MILLISECOND;
export const RETRANSMIT_NS_MAX = 60 * NS_PER_SECOND;

/** How long to wait for an acknowledgement (RFC 6298). */
export class RoundTripEstimate {
  #smoothNs = -1;
  #variationNs = 0;
  #timeoutNs: Nanos = START_NS;
  #backoff = 1;

  /** The time after which a packet counts as lost; doubled with each time in a row that it passed in vain. */
  get timeoutNs(): Nanos {
    return Math.min(this.#timeoutNs * this.#backoff, RETRANSMIT_NS_MAX);
  }

  /** Takes in a measured round trip, of a packet that was sent once only. */
  measure(roundTripNs: Nanos): void {
    if (this.#smoothNs < 0) {
      this.#smoothNs = roundTripNs;
      this.#variationNs = roundTripNs / 2;
    } else {
      this.#variationNs += (Math.abs(this.#smoothNs - roundTripNs) - this.#variationNs) / 4;
      this.#smoothNs += (roundTripNs - this.#smoothNs) / 8;
    }
    this.#timeoutNs = Math.max(RETRANSMIT_NS_MIN, Math.ceil(this.#smoothNs + 4 * this.#variationNs));
  }

  backOff(): void {
    if (this.#timeoutNs * this.#backoff < RETRANSMIT_NS_MAX) this.#backoff *= 2;
  }

  endBackOff(): void {
    this.#backoff = 1;
  }
}
