import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import { ActorFact, EventKind, TAKES_TURNS } from "./actor-facts.ts";
import type { ClockSkew } from "./clock-skew.ts";
import type { EventQueue } from "./event-queue.ts";
import type { Mailboxes } from "./mailboxes.ts";
import type { MessagePool } from "./message-pool.ts";

/** What of a kernel its actors' outages are made of. */
export interface OutagesHost {
  readonly queue: EventQueue;
  readonly mailboxes: Mailboxes;
  readonly pool: MessagePool;
  readonly contexts: readonly { clockSkew: ClockSkew | undefined }[];
  /** Has an actor handle its start, now. */
  readonly start: (actor: number, timeNs: Nanos) => void;
}

/**
 * What happens to actors themselves: they pause, crash, restart, slow down, or have a wrong clock. All of it is rare,
 * so it stands in tables that cost a kernel without faults one comparison, and only on the way of busy actors. Called
 * between two events only.
 */
export class Outages {
  /** The kernel's facts of its actors; it replaces them when they grow. */
  facts: Float64Array;
  readonly #host: OutagesHost;
  readonly #crashed = new Set<number>();
  readonly #pausedUntilNs = new Map<number, Nanos>();
  /** Compute delays from before a slow-down. */
  readonly #computeDelaysNs = new Map<number, Nanos>();

  constructor(host: OutagesHost, facts: Float64Array) {
    this.#host = host;
    this.facts = facts;
  }

  isCrashed(actor: number): boolean {
    return this.#crashed.size > 0 && this.#crashed.has(actor);
  }

  /** Takes an actor down: its timers and what waits in its mailbox are lost, and so is what comes until it restarts. */
  crash(actor: number): void {
    assert(!this.isCrashed(actor), "an actor crashes once at a time");
    const { queue, mailboxes, pool } = this.#host;
    this.#crashed.add(actor);
    this.#pausedUntilNs.delete(actor);
    queue.cancelAllOf(actor, EventKind.message);
    while (mailboxes.count(actor) > 0) {
      mailboxes.take(actor);
      if (mailboxes.kind === EventKind.message) pool.release(mailboxes.payload);
    }
    this.facts[4 * actor + ActorFact.freeAtNs] = TAKES_TURNS;
  }

  /** Starts an actor again after a crash, with `onStart`. Comes last in its step, since the actor may send at once. */
  restart(actor: number, timeNs: Nanos): void {
    assert(this.isCrashed(actor), "an actor restarts after a crash");
    this.#crashed.delete(actor);
    this.facts[4 * actor + ActorFact.freeAtNs] = timeNs;
    // At once: what arrives at the same moment must not find it before its start.
    this.#host.start(actor, timeNs);
  }

  /** Keeps an actor from handling anything until a time. Everything waits in its mailbox. */
  pause(actor: number, untilNs: Nanos): void {
    if (this.isCrashed(actor)) return;
    const freeAt = 4 * actor + ActorFact.freeAtNs;
    if (this.facts[freeAt] === TAKES_TURNS) {
      this.#pausedUntilNs.set(actor, Math.max(untilNs, this.#pausedUntilNs.get(actor) ?? 0));
    } else {
      this.facts[freeAt] = Math.max(this.facts[freeAt], untilNs);
    }
  }

  /** For the kernel: until when the actor's next turn must wait; 0 where it need not. It is told once. */
  takePause(actor: number): Nanos {
    if (this.#pausedUntilNs.size === 0) return 0;
    const untilNs = this.#pausedUntilNs.get(actor) ?? 0;
    this.#pausedUntilNs.delete(actor);
    return untilNs;
  }

  /** Has an actor take `factor` times as long for everything; 1 ends it. */
  slowDown(actor: number, factor: number): void {
    assert(factor > 0, "who slows down takes a positive number of times as long");
    const computeDelay = 4 * actor + ActorFact.computeDelayNs;
    const ownNs = this.#computeDelaysNs.get(actor) ?? this.facts[computeDelay];
    this.#computeDelaysNs.set(actor, ownNs);
    this.facts[computeDelay] = Math.round(ownNs * factor);
    this.facts[4 * actor + ActorFact.slowness] = factor === 1 ? 0 : factor;
  }

  /** Has an actor see another time than the kernel's; undefined ends it. */
  skewClock(actor: number, skew: ClockSkew | undefined): void {
    this.#host.contexts[actor].clockSkew = skew;
  }
}
