import type { Nanos } from "../../core/units.ts";

/** A venue's published limit: so many messages in any window of that length. */
export interface RateLimit {
  readonly messages: number;
  readonly windowNs: Nanos;
}

/**
 * How many messages a venue still takes: the times of the last ones, for each of its limits. A window slides, so after
 * a burst the next message may go exactly when the oldest of the window is over.
 */
export class SendBudget {
  readonly #limits: readonly RateLimit[];
  /** By limit: a ring of the times of its last messages. */
  readonly #sent: readonly Float64Array[];
  readonly #next: number[];

  constructor(limits: readonly RateLimit[]) {
    this.#limits = limits;
    this.#sent = limits.map(({ messages }) => new Float64Array(messages).fill(-Infinity));
    this.#next = limits.map(() => 0);
  }

  /** From when on the next message may be sent; not in the future where it may be sent now. */
  freeNs(): Nanos {
    let free = -Infinity;
    for (const [place, { windowNs }] of this.#limits.entries()) {
      free = Math.max(free, this.#sent[place][this.#next[place]] + windowNs);
    }
    return free;
  }

  spend(nowNs: Nanos): void {
    for (const [place, sent] of this.#sent.entries()) {
      sent[this.#next[place]] = nowNs;
      this.#next[place] = (this.#next[place] + 1) % sent.length;
    }
  }
}
