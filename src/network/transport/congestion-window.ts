/** Packets that a stream may send before the first acknowledgement (RFC 6928). */
export const WINDOW_AT_START = 10;
/** Packets under way at most: the receiver's buffer. */
export const WINDOW_MAX = 1_024;
const WINDOW_MIN = 2;

/** Reno's congestion window, in packets (RFC 5681), with NewReno's answer to partial acknowledgements (RFC 6582). */
export class CongestionWindow {
  #size = WINDOW_AT_START;
  #threshold = WINDOW_MAX;

  /** Packets that may be under way. */
  get packets(): number {
    return Math.floor(this.#size);
  }

  /**
   * An acknowledgement came while the window was full: it grows by one in slow start, else by one a round trip. One that
   * covers many packets counts once, since those left the network long before.
   */
  grow(): void {
    const step = this.#size < this.#threshold ? 1 : 1 / this.#size;
    this.#size = Math.min(WINDOW_MAX, this.#size + step);
  }

  /** Three acknowledgements said the same: a packet is lost, and the three have left the network. */
  beginRecovery(underWay: number): void {
    this.#threshold = Math.max(underWay / 2, WINDOW_MIN);
    this.#size = this.#threshold + 3;
  }

  /** One more packet has left the network. */
  inflate(): void {
    this.#size = Math.min(WINDOW_MAX, this.#size + 1);
  }

  /** Some, and not all, of what was under way when the loss was seen is acknowledged. */
  deflate(acknowledged: number): void {
    this.#size = Math.max(1, this.#size - acknowledged + 1);
  }

  endRecovery(): void {
    this.#size = this.#threshold;
  }

  /** Nothing came back in time. */
  collapse(underWay: number): void {
    this.#threshold = Math.max(underWay / 2, WINDOW_MIN);
    this.#size = 1;
  }
}
