import { AgentActor } from "../agents/agent-actor.ts";
import type { CommitSchedule } from "../agents/commit-schedule.ts";
import { committing } from "../agents/committing.ts";
import type { AgentFactory, FundamentalPath, Market } from "../agents/port.ts";
import type { Nanos } from "../core/units.ts";
import { NS_PER_HOUR } from "../core/units.ts";
import type { Actor } from "../kernel/actor.ts";
import type { JournalPort } from "../kernel/journal-port.ts";
import { discardingJournal } from "../kernel/journal-port.ts";
import type { KernelOptions } from "../kernel/kernel.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Link } from "../kernel/link.ts";
import { ConstantLink } from "../kernel/links.ts";
import type { FeeSchedule } from "../market/fees.ts";
import { NO_FEES } from "../market/fees.ts";
import { Ledger } from "../market/ledger.ts";
import { Venue } from "../market/venue.ts";
import type { RuleOptions } from "../market/rules/registry.ts";
import type { InstrumentSpec } from "../model/instrument.ts";
import { createInstrument } from "../model/instrument.ts";
import { AssetTable } from "../model/listing.ts";
import { VenueActor } from "../venues/simulated/venue-actor.ts";
import { TopicRegistry } from "../world/topic-registry.ts";

/** A stock in cents, as in rmsc04. One tick times one lot is one unit of money. */
const STOCK: InstrumentSpec = { symbol: "ABM", base: "ABM", quote: "USD", tick: "0.01", lot: "1" };

/** Enough for every test, and small enough for ten thousand accounts in one ledger. */
const CASH_UNITS = 400_000_000_000;
const SHORT_LOTS = 400_000_000;

export interface AgentBenchOptions {
  readonly seed?: number;
  /** No delay where nothing is said. */
  readonly link?: Link;
  /** When trading ends, as agents are told. An hour where nothing is said. */
  readonly endNs?: Nanos;
  readonly instrument?: Partial<InstrumentSpec>;
  readonly fees?: FeeSchedule;
  readonly fundamental?: FundamentalPath;
  readonly journal?: JournalPort;
  readonly tapes?: KernelOptions["tapes"];
  readonly rules?: RuleOptions;
  /** When the rules take commits and reveals, as agents are told. */
  readonly commits?: CommitSchedule;
}

/** A market of one instrument, with real kernel, venue and ledger, to which a test adds agents. */
export class AgentBench {
  readonly kernel: Kernel;
  readonly ledger: Ledger;
  readonly venue: Venue;
  readonly market: Market;
  readonly endNs: Nanos;
  /** By name. */
  readonly agents = new Map<string, AgentActor>();
  readonly #venueActor: VenueActor;
  readonly #fundamental: FundamentalPath | undefined;
  readonly #topics: TopicRegistry;

  constructor(options: AgentBenchOptions = {}) {
    const { seed = 1, link = new ConstantLink(0), journal = discardingJournal, tapes = "of the run" } = options;
    const instrument = createInstrument({ ...STOCK, ...options.instrument });
    const assets = new AssetTable([instrument]);
    const listed = [assets.list(instrument, 0)];
    this.endNs = options.endNs ?? NS_PER_HOUR;
    this.#fundamental = options.fundamental;
    this.kernel = new Kernel({ seed, link, journal, tapes });
    this.#topics = new TopicRegistry(this.kernel);
    this.ledger = new Ledger(assets.assets.length);
    const { ledger, endNs: sessionEndNs } = this;
    this.venue = new Venue({
      name: "XTS",
      listed,
      ledger,
      fees: options.fees ?? NO_FEES,
      sessionEndNs,
      rules: [options.rules],
    });
    this.#venueActor = new VenueActor(this.venue, journal);
    const venueActor = this.kernel.add("XTS", this.#venueActor);
    const { commits } = options;
    this.market = { symbol: instrument.symbol, venue: "XTS", instrument, venueActor, index: 0, commits };
  }

  /** Adds an agent with plenty of money and room to sell short. @returns its account */
  add<Parameters>(
    name: string,
    create: AgentFactory<Parameters>,
    parameters: Parameters,
    options: { readonly computeDelayNs?: Nanos; readonly number?: number; readonly peers?: number } = {},
  ): number {
    const { market, endNs } = this;
    const { number = 1, peers = 1, ...kernelOptions } = options;
    const markets = [market];
    const place = { number, peers, market, markets, endNs, fundamental: this.#fundamental };
    const handlers = committing(create)({ name, parameters, ...place });
    const agent = new AgentActor(name, handlers, { markets, topics: this.#topics });
    this.agents.set(name, agent);
    return this.admit(this.kernel.add(name, agent, kernelOptions));
  }

  /** Adds an actor that watches and has no account. */
  watch(name: string, actor: Actor): void {
    this.kernel.add(name, actor);
  }

  /** What an account has gained since it was opened, with its position valued at a price; in ticks times lots. */
  gainOf(account: number, priceTicks: number): number {
    const { baseAsset, quoteAsset } = this.venue.listed[0];
    return this.ledger.balance(account, quoteAsset) - CASH_UNITS + this.ledger.balance(account, baseAsset) * priceTicks;
  }

  /** Lets one agent overhear another's orders. */
  leak(from: string, to: string): void {
    this.agents.get(from)?.leakTo([this.kernel.find(to)]);
  }

  /** Opens an account with plenty of money for an actor. @returns the account */
  admit(actor: number): number {
    const { baseAsset, quoteAsset } = this.venue.listed[0];
    const account = this.ledger.openAccount();
    this.ledger.deposit(account, quoteAsset, CASH_UNITS);
    this.ledger.grantCredit(account, quoteAsset, CASH_UNITS);
    this.ledger.grantCredit(account, baseAsset, SHORT_LOTS);
    this.#venueActor.admit(actor, account);
    this.venue.nameOwner(account, this.kernel.nameOf(actor));
    return account;
  }

  /** Runs to that time, to the end of trading where nothing is said. */
  run(untilNs: Nanos = this.endNs): this {
    this.kernel.run(untilNs);
    return this;
  }
}
