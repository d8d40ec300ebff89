import type { Nanos } from "../../core/units.ts";
import type { TimerHandle } from "../../kernel/actor.ts";
import type { Outgoing } from "./outbox.ts";
import { Outbox } from "./outbox.ts";
import type { RateLimit } from "./send-budget.ts";

/** What the dispatcher needs of whoever runs it. */
export interface DispatcherHost {
  readonly nowNs: Nanos;
  setTimer(delayNs: Nanos, tag: number): TimerHandle;
}

export interface DispatcherOptions {
  /** By venue. */
  readonly rateLimits: readonly (readonly RateLimit[])[];
  readonly host: DispatcherHost;
  /** Tags of its timers are this and a venue's number. */
  readonly tagBase: number;
  readonly send: (venue: number, outgoing: Outgoing) => void;
}

/**
 * Lets messages leave, venue by venue: when the journal is durable that far, the venue's session is up and its rate
 * limits allow it. Whoever adds a message never waits for any of that.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #outboxes: readonly Outbox[];
  readonly #isUp: boolean[];
  readonly #timers: (TimerHandle | undefined)[];
  #durable = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#outboxes = options.rateLimits.map((limits) => new Outbox(limits));
    this.#isUp = options.rateLimits.map(() => true);
    this.#timers = options.rateLimits.map(() => undefined);
  }

  /** Up to which entry the journal is known to be durable. */
  get durable(): number {
    return this.#durable;
  }

  /** Whether a venue's outbox takes another order. */
  hasRoom(venue: number): boolean {
    return !this.#outboxes[venue].isFull;
  }

  add(venue: number, outgoing: Outgoing): void {
    this.#outboxes[venue].add(outgoing);
    this.#pump(venue);
  }

  withdraw(venue: number, order: number): void {
    this.#outboxes[venue].withdraw(order);
  }

  onDurable(entry: number): void {
    this.#durable = entry;
    for (const venue of this.#outboxes.keys()) this.#pump(venue);
  }

  onTimer(venue: number): void {
    this.#timers[venue] = undefined;
    this.#pump(venue);
  }

  onSession(venue: number, session: "up" | "down"): void {
    this.#isUp[venue] = session === "up";
    this.#pump(venue);
  }

  /** Sends what may leave, and comes back when more may. */
  #pump(venue: number): void {
    const { host, tagBase, send } = this.#options;
    if (!this.#isUp[venue]) return;
    const outbox = this.#outboxes[venue];
    for (;;) {
      const outgoing = outbox.take(host.nowNs, this.#durable);
      if (outgoing === undefined) break;
      send(venue, outgoing);
    }
    const nextNs = outbox.nextNs(this.#durable);
    if (nextNs === Infinity || this.#timers[venue] !== undefined) return;
    this.#timers[venue] = host.setTimer(Math.max(0, nextNs - host.nowNs), tagBase + venue);
  }
}
