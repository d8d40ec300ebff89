import type { Nanos } from "../../core/units.ts";
import type { Listed } from "../../model/listing.ts";
import { RecordKind } from "../../model/record.ts";
import type { VenueActor } from "../../venues/simulated/venue-actor.ts";

export type LogSource = "venue" | "delivery";

/** What of a log is wanted. What is left out lets everything pass; of a list, one of its members must apply. */
export interface LogQuery {
  /** From this time on, and before that one. */
  readonly fromNs?: Nanos | undefined;
  readonly toNs?: Nanos | undefined;
  /** Names of agents. A trade is of its taker and its maker, a message of its sender and its receiver. */
  readonly agents?: readonly string[] | undefined;
  readonly instruments?: readonly string[] | undefined;
  readonly venues?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly source?: LogSource | undefined;
}

/** A query in a form that is asked for every event. */
export class LogFilter {
  readonly agents: ReadonlySet<string> | undefined;
  readonly #fromNs: Nanos;
  readonly #toNs: Nanos;
  readonly #source: LogSource | undefined;
  readonly #kinds: ReadonlySet<number> | undefined;
  readonly #instruments: ReadonlySet<string> | undefined;
  readonly #venues: ReadonlySet<string> | undefined;

  constructor(query: LogQuery) {
    this.#fromNs = query.fromNs ?? 0;
    this.#toNs = query.toNs ?? Infinity;
    this.#source = query.source;
    this.agents = setOf(query.agents);
    this.#instruments = setOf(query.instruments);
    this.#venues = setOf(query.venues);
    this.#kinds = setOf(query.kinds?.map((name) => RecordKind[name as keyof typeof RecordKind]));
  }

  passes(event: { readonly timeNs: Nanos; readonly source: LogSource; readonly kind: number }): boolean {
    const { timeNs, source, kind } = event;
    return (
      timeNs >= this.#fromNs &&
      timeNs < this.#toNs &&
      (this.#source ?? source) === source &&
      (this.#kinds?.has(kind) ?? true)
    );
  }

  /** Whether one of the parties is asked for. */
  passesAgents(one: number | string | undefined, other: number | string | undefined): boolean {
    const { agents } = this;
    if (agents === undefined) return true;
    return (typeof one === "string" && agents.has(one)) || (typeof other === "string" && agents.has(other));
  }

  /** Whether the venue and the instrument are asked for. What concerns every instrument concerns the one asked for. */
  passesPlace(actor: VenueActor | undefined, listed: Listed | undefined, isVenueWide: boolean): boolean {
    if (this.#venues !== undefined && (actor === undefined || !this.#venues.has(actor.venue.name))) return false;
    if (this.#instruments === undefined || isVenueWide) return true;
    return listed !== undefined && this.#instruments.has(listed.instrument.symbol);
  }
}

function setOf<T>(members: readonly T[] | undefined): ReadonlySet<T> | undefined {
  return members === undefined || members.length === 0 ? undefined : new Set(members);
}
