import type { Nanos } from "../../core/units.ts";
import { assert } from "../../core/assert.ts";
import type { RateLimit } from "./send-budget.ts";
import { SendBudget } from "./send-budget.ts";

/** Messages that may wait for one venue. */
export const OUTBOX_MESSAGES_MAX = 10_000;

/** Something to send. It leaves only when the journal holds everything up to `durableAfter`. */
export interface Outgoing {
  readonly kind: "cancel" | "query" | "submit";
  readonly order: number;
  readonly durableAfter: number;
}

/**
 * What waits to be sent to one venue: for the journal to be durable, and for the venue's rate limits. Cancels go before
 * queries, and both before new orders, because who cannot get out must not get in deeper.
 */
export class Outbox {
  readonly budget: SendBudget;
  readonly #queues: Readonly<Record<Outgoing["kind"], Outgoing[]>> = { cancel: [], query: [], submit: [] };

  constructor(limits: readonly RateLimit[]) {
    this.budget = new SendBudget(limits);
  }

  get count(): number {
    const { cancel, query, submit } = this.#queues;
    return cancel.length + query.length + submit.length;
  }

  get isFull(): boolean {
    return this.count >= OUTBOX_MESSAGES_MAX;
  }

  add(outgoing: Outgoing): void {
    assert(outgoing.kind !== "submit" || !this.isFull, "orders are refused before the outbox overflows");
    const queue = this.#queues[outgoing.kind];
    // Asking twice in one breath tells no more, and would keep orders back at a venue that is slow to take messages.
    const waits = outgoing.kind === "query" && queue.some(({ order }) => order === outgoing.order);
    if (!waits) queue.push(outgoing);
  }

  /** Takes back an order that has not been sent. @returns whether it was still there */
  withdraw(order: number): boolean {
    const { submit } = this.#queues;
    const place = submit.findIndex((outgoing) => outgoing.order === order);
    if (place >= 0) submit.splice(place, 1);
    return place >= 0;
  }

  /** The next message that may leave now, or undefined. Whoever takes it sends it. */
  take(nowNs: Nanos, durable: number): Outgoing | undefined {
    if (this.budget.freeNs() > nowNs) return undefined;
    for (const kind of ["cancel", "query", "submit"] as const) {
      const queue = this.#queues[kind];
      if (queue.length === 0 || queue[0].durableAfter > durable) continue;
      this.budget.spend(nowNs);
      return queue.shift();
    }
    return undefined;
  }

  /** When something may leave that the journal does not hold back; Infinity where nothing waits. */
  nextNs(durable: number): Nanos {
    const { cancel, query, submit } = this.#queues;
    const isReady = [cancel, query, submit].some((queue) => queue.length > 0 && queue[0].durableAfter <= durable);
    return isReady ? this.budget.freeNs() : Infinity;
  }
}
