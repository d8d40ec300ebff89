import { assert } from "../../core/assert.ts";
import { formatTimeOfDay } from "../../core/duration.ts";
import type { DeliveryWitness } from "../../kernel/delivery-witness.ts";
import { OverheardWord } from "../../model/command.ts";
import type { Listed } from "../../model/listing.ts";
import { RecordKind } from "../../model/record.ts";
import type { VenueActor } from "../../venues/simulated/venue-actor.ts";
import type { World } from "../../world/world.ts";
import { accountNames } from "./account-names.ts";
import type { LogFilter } from "./log-filter.ts";
import type { LogWriter } from "./log-row.ts";
import { LogRow, Place } from "./log-row.ts";
import { decodeRecord, hasInstrument } from "./record-decoder.ts";

const TIME_DIGITS = 9;

/**
 * Watches a world and hands every event that a filter lets pass to a writer, as it happens: what venues execute, report
 * and publish, and every message when it reaches its receiver.
 */
export class EventLog implements DeliveryWitness {
  /** Rows that the whole log has so far, and those of them that were written. */
  rowsInAll = 0;
  rows = 0;
  /** What the writer threw, which is no failure of the actor whose event it was. */
  failure: unknown = undefined;
  readonly #world: World;
  readonly #filter: LogFilter;
  readonly #writer: LogWriter;
  readonly #row = new LogRow();
  readonly #nameOfAccount: (account: number) => string | undefined;
  /** By actor: the venue that it is. */
  readonly #venueOf: ReadonlyMap<number, VenueActor>;
  /** The time of the last row, which many share, as text. */
  #time = { ns: -1, text: "" };

  constructor(world: World, filter: LogFilter, writer: LogWriter) {
    this.#world = world;
    this.#filter = filter;
    this.#writer = writer;
    const names = accountNames(world);
    this.#nameOfAccount = (account) => names.get(account);
    this.#venueOf = new Map(world.venues.map((actor) => [world.kernel.find(actor.venue.name), actor]));
    assert(world.kernel.events === 0, "a log begins with the run");
    world.kernel.witness = this;
    for (const actor of world.venues) {
      actor.witness = {
        happened: (words, doubles, at) => this.#happened(actor, words, doubles, at),
      };
    }
  }

  /** A message reaches its receiver. */
  delivered(sender: number, receiver: number, message: number): void {
    const { kernel } = this.#world;
    const { words, doubles } = kernel.pool;
    const at = message << 4;
    const sequence = this.rowsInAll++;
    const fromVenue = this.#venueOf.get(sender);
    const venue = this.#venueOf.get(receiver) ?? fromVenue ?? this.#overheardAt(words, at);
    const from = sender < 0 ? undefined : kernel.nameOf(sender);
    const to = kernel.nameOf(receiver);
    const agent = fromVenue === undefined ? from : to;
    const listed = venue === undefined ? undefined : listedIn(venue, words, at);
    const filter = this.#filter;
    if (!filter.passes({ timeNs: kernel.nowNs, source: "delivery", kind: words[at] })) return;
    if (!filter.passesAgents(from, to) || !filter.passesPlace(venue, listed, venueWide(words, at))) return;
    const { values } = this.#begin(sequence, "delivery", listed);
    values[Place.venue] = venue?.venue.name;
    values[Place.sender] = from;
    values[Place.receiver] = to;
    values[Place.agent] = agent;
    this.#write({ words, doubles, at });
  }

  /** The venue that an order was sent to which somebody else got to see. */
  #overheardAt(words: Int32Array, at: number): VenueActor | undefined {
    return words[at] === RecordKind.overheardOrder
      ? this.#venueOf.get(words[at + OverheardWord.venueActor])
      : undefined;
  }

  #happened(actor: VenueActor, words: Int32Array, doubles: Float64Array, at: number): void {
    const sequence = this.rowsInAll++;
    const filter = this.#filter;
    if (!filter.passes({ timeNs: this.#world.kernel.nowNs, source: "venue", kind: words[at] })) return;
    const listed = listedIn(actor, words, at);
    if (!filter.passesPlace(actor, listed, venueWide(words, at))) return;
    const { values } = this.#begin(sequence, "venue", listed);
    values[Place.venue] = actor.venue.name;
    const record = { words, doubles, at, nameOfAccount: this.#nameOfAccount };
    if (filter.agents === undefined) {
      this.#write(record);
      return;
    }
    decodeRecord(this.#row, record);
    if (filter.passesAgents(values[Place.agent], values[Place.counterAgent])) this.#hand();
  }

  #begin(sequence: number, source: string, listed: Listed | undefined): LogRow {
    const { kernel, scenario } = this.#world;
    const row = this.#row;
    row.clear();
    row.listed = listed;
    const { values } = row;
    if (this.#time.ns !== kernel.nowNs) {
      this.#time = { ns: kernel.nowNs, text: formatTimeOfDay(scenario.start + kernel.nowNs, TIME_DIGITS) };
    }
    values[Place.sequence] = sequence;
    values[Place.event] = kernel.events;
    values[Place.timeNs] = kernel.nowNs;
    values[Place.time] = this.#time.text;
    values[Place.source] = source;
    values[Place.instrument] = listed?.instrument.symbol;
    return row;
  }

  #write(record: Parameters<typeof decodeRecord>[1]): void {
    decodeRecord(this.#row, record);
    this.#hand();
  }

  #hand(): void {
    this.rows++;
    try {
      this.#writer.write(this.#row);
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

/** The instrument that a record of a venue is about, where it says one that is listed. */
function listedIn({ venue }: VenueActor, words: Int32Array, at: number): Listed | undefined {
  return hasInstrument(words[at]) ? venue.listed[words[at + 1]] : undefined;
}

/** Whether a record concerns every instrument of its venue. */
function venueWide(words: Int32Array, at: number): boolean {
  return hasInstrument(words[at]) && words[at + 1] < 0;
}
