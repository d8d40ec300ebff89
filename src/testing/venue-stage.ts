import { assert } from "../core/assert.ts";
import type { Nanos, Units } from "../core/units.ts";
import type { Actor, ActorContext } from "../kernel/actor.ts";
import type { JournalPort } from "../kernel/journal-port.ts";
import { Kernel } from "../kernel/kernel.ts";
import { ConstantLink } from "../kernel/links.ts";
import type { FeeSchedule } from "../market/fees.ts";
import { NO_FEES } from "../market/fees.ts";
import { Ledger } from "../market/ledger.ts";
import type { RuleOptions } from "../market/rules/registry.ts";
import { Venue } from "../market/venue.ts";
import type { InstrumentSpec } from "../model/instrument.ts";
import { createInstrument } from "../model/instrument.ts";
import { AssetTable } from "../model/listing.ts";
import { Depth, FeedMode, SubscribeWord } from "../model/market-data.ts";
import type { DepthName, FeedModeName } from "../model/market-data.ts";
import { RECORD_WORDS } from "../model/record.ts";
import { componentKey } from "../network/keyed-draw.ts";
import type { SpeedBumpOptions } from "../venues/simulated/speed-bump.ts";
import { VenueActor } from "../venues/simulated/venue-actor.ts";

/** A message that a client received. It is read during the call only. */
export interface Heard {
  readonly timeNs: Nanos;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly at: number;
}

/** Sends on what it is given from outside, and hands on what it hears. */
class StageClient implements Actor {
  readonly #hear: (heard: Heard) => void;

  constructor(hear: (heard: Heard) => void) {
    this.#hear = hear;
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    if (context.sender >= 0) {
      this.#hear({ timeNs: context.nowNs, words, doubles: context.doubles, at });
      return;
    }
    const record = words.slice(at, at + RECORD_WORDS);
    const message = context.compose();
    context.words.set(record, message << 4);
    context.send(context.find("venue"), message);
  }
}

export interface VenueStageOptions {
  readonly instruments: readonly InstrumentSpec[];
  readonly fees?: FeeSchedule;
  readonly sessionEndNs?: Nanos;
  readonly rules?: readonly RuleOptions[];
  /** Of every instrument. */
  readonly speedBump?: SpeedBumpOptions;
  readonly waitingMax?: number;
  readonly journal?: JournalPort;
  /** How long the venue takes for each event. */
  readonly computeDelayNs?: Nanos;
}

/** A venue as an actor in a real kernel, with clients that tests speak through. Messages take no time. */
export class VenueStage {
  readonly kernel: Kernel;
  readonly venue: Venue;
  readonly actor: VenueActor;
  readonly ledger: Ledger;
  readonly #assets: AssetTable;

  constructor(options: VenueStageOptions) {
    const { fees = NO_FEES, journal, computeDelayNs = 0, speedBump, waitingMax, ...rest } = options;
    const instruments = options.instruments.map(createInstrument);
    this.#assets = new AssetTable(instruments);
    this.ledger = new Ledger(this.#assets.assets.length);
    const listed = instruments.map((instrument, index) => this.#assets.list(instrument, index));
    this.kernel = new Kernel({ seed: 1, link: new ConstantLink(0), ...(journal === undefined ? {} : { journal }) });
    this.venue = new Venue({ ...rest, name: "venue", listed, ledger: this.ledger, fees });
    this.actor = new VenueActor(this.venue, this.kernel.journal, { waitingMax });
    if (speedBump !== undefined) listed.forEach(({ index }) => this.actor.delay(index, speedBump));
    this.kernel.add("venue", this.actor, { computeDelayNs });
  }

  /** Adds a client without an account. @returns its actor */
  addClient(name: string, hear: (heard: Heard) => void): number {
    return this.kernel.add(name, new StageClient(hear));
  }

  /** Opens an account for a client. @returns the account */
  openAccount(actor: number, funds: Readonly<Record<string, Units>>): number {
    const account = this.ledger.openAccount();
    for (const [code, units] of Object.entries(funds)) {
      const asset = this.#assets.indexOf(code);
      assert(asset >= 0, () => `no instrument trades ${code}`);
      this.ledger.deposit(account, asset, units);
    }
    this.actor.admit(actor, account, componentKey(1, String(actor), "speed bump"));
    return account;
  }

  /** Lets a client send a record to the venue. */
  send(actor: number, timeNs: Nanos, write: (words: Int32Array, doubles: Float64Array) => void): void {
    const words = new Int32Array(RECORD_WORDS);
    write(words, new Float64Array(words.buffer));
    this.kernel.inject(actor, words, timeNs);
  }

  /** Sends the venue a record from outside, as its operator. */
  operate(timeNs: Nanos, write: (words: Int32Array, doubles: Float64Array) => void): void {
    const words = new Int32Array(RECORD_WORDS);
    write(words, new Float64Array(words.buffer));
    this.kernel.inject(this.kernel.find("venue"), words, timeNs);
  }

  /** Lives through everything up to and at a time. */
  runTo(timeNs: Nanos): void {
    this.kernel.run(timeNs);
  }
}

/** What of a feed a test asks for. */
export interface FeedRequest {
  readonly instrument?: number;
  readonly depth: DepthName;
  readonly mode: FeedModeName;
  readonly levels?: number;
  readonly intervalNs?: Nanos;
}

/** Writes a `subscribe` or `unsubscribe`. */
export function writeSubscription(words: Int32Array, doubles: Float64Array, kind: number, request: FeedRequest): void {
  words[SubscribeWord.kind] = kind;
  words[SubscribeWord.instrument] = request.instrument ?? 0;
  words[SubscribeWord.depth] = Depth[request.depth];
  words[SubscribeWord.mode] = FeedMode[request.mode];
  words[SubscribeWord.levels] = request.levels ?? 0;
  doubles[SubscribeWord.intervalNs >> 1] = request.intervalNs ?? 0;
}
