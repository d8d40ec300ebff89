import type { Nanos } from "../core/units.ts";

/** An agent or another actor threw, or returned what it must not: the run stops here. */
export class ActorFailure extends Error {
  override readonly name = "ActorFailure";
  readonly actor: string;
  /** What the actor was handling, such as `message orderAccepted` or `timer 3`. */
  readonly event: string;
  readonly timeNs: Nanos;
  /** Number of the event in the run, from 1. */
  readonly sequence: number;

  constructor(options: { actor: string; event: string; timeNs: Nanos; sequence: number; cause: unknown }) {
    const { actor, event, timeNs, sequence, cause } = options;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${actor} failed at event ${sequence} (${event}, ${timeNs} ns): ${reason}`, { cause });
    this.actor = actor;
    this.event = event;
    this.timeNs = timeNs;
    this.sequence = sequence;
  }
}
