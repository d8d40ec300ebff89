import { assert } from "../core/assert.ts";
import { decimalGrid, parseOnGrid } from "../core/decimal.ts";
import type { Nanos } from "../core/units.ts";
import { AgentActor } from "../agents/agent-actor.ts";
import { committing } from "../agents/committing.ts";
import { MeanRevertingPath } from "../agents/fundamental.ts";
import type { AgentFactory, FundamentalPath, Market } from "../agents/port.ts";
import type { JournalPort } from "../kernel/journal-port.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { KernelOptions } from "../kernel/kernel.ts";
import { Ledger } from "../market/ledger.ts";
import type { Surveillance } from "../market/surveillance/surveillance.ts";
import { componentKey } from "../network/keyed-draw.ts";
import { Network } from "../network/network.ts";
import { createInstrument } from "../model/instrument.ts";
import type { Listed } from "../model/listing.ts";
import { AssetTable } from "../model/listing.ts";
import { recordKindName } from "../model/record.ts";
import type { RecordingChunk } from "../store/columnar/recording-chunk.ts";
import { gridRatio } from "../venues/simulated/grid-ratio.ts";
import { RecordedFlow } from "../venues/simulated/recorded-flow.ts";
import type { VenueActor } from "../venues/simulated/venue-actor.ts";
import { commitScheduleOf } from "./commit-schedules.ts";
import { createAgent } from "./create-agent.ts";
import { createVenue } from "./create-venue.ts";
import { withKernelTime } from "./kernel-time-journal.ts";
import { scheduleKillSwitch } from "./kill-schedule.ts";
import { createDesk, openDeskAccounts } from "./desk/create-desk.ts";
import type { DeskActor } from "./desk/desk-actor.ts";
import { createLink } from "./network.ts";
import { Observer } from "./observer.ts";
import { populationKind } from "./population-kinds.ts";
import { RECORDED_CREDIT_UNITS, unitsIn, wholeUnits } from "./scenario/amounts.ts";
import { OBSERVER_NAME } from "./scenario/check.ts";
import { agentNameOf, groupsOf } from "./scenario/groups.ts";
import type { DeskSpec } from "./scenario/desk-schema.ts";
import type { LedgerSection } from "./scenario/ledger-schema.ts";
import type { AccountSpec, GroupSpec, Scenario } from "./scenario/schema.ts";
import { detectorsOf, watchVenues } from "./watch-venues.ts";
import { TopicRegistry } from "./topic-registry.ts";
import { fillsInto } from "./settlement/fills.ts";
import { ReplicatedLedger } from "./settlement/replicated-ledger.ts";

/** Agents of one group, for the summary. */
export interface Group {
  readonly name: string;
  readonly kind: string;
  readonly market: Market;
  readonly accounts: readonly number[];
  /** Read by the group's agents at each use, so that a change takes effect at once. */
  readonly parameters: Record<string, unknown>;
}

export interface WorldOptions {
  readonly journal: JournalPort;
  /** The agents of `agents`, by the `file` that the scenario names. */
  readonly factories: ReadonlyMap<string, AgentFactory>;
  /** What drives the book of `recorded`. */
  readonly recording?: { readonly rows: RecordingChunk; readonly tick: string; readonly lot: string } | undefined;
  readonly tapes?: KernelOptions["tapes"];
  /** Has all detectors look, whatever the scenario says. */
  readonly surveillance?: "all";
}

/** A run, put together of a scenario and ready to go. */
export class World {
  readonly scenario: Scenario;
  readonly kernel: Kernel;
  /** Where the scenario's network is one of places and links. */
  readonly network: Network | undefined;
  readonly ledger: Ledger;
  readonly assets: AssetTable;
  readonly venues: readonly VenueActor[];
  readonly markets: readonly Market[];
  readonly groups: readonly Group[];
  /** Names of owners of accounts: the group of owners at each venue has the place from 1. */
  readonly owners: string[] = [];
  readonly desks: readonly DeskActor[];
  readonly observer: Observer;
  /** By venue; empty where nobody watches. */
  readonly surveillance: readonly Surveillance[];
  readonly recordedFlow: RecordedFlow | undefined;
  /** Where the venues settle at the replicas of a ledger. */
  readonly replicated: ReplicatedLedger | undefined;
  readonly endNs: Nanos;
  /** By name. */
  readonly #agents = new Map<string, AgentActor>();
  readonly #topics: TopicRegistry;

  constructor(scenario: Scenario, options: WorldOptions) {
    this.scenario = scenario;
    this.endNs = scenario.duration;
    const link = createLink(scenario);
    this.network = link instanceof Network ? link : undefined;
    this.kernel = new Kernel({
      seed: scenario.seed,
      link,
      journal: options.journal,
      describeKind: recordKindName,
      ...(options.tapes === undefined ? {} : { tapes: options.tapes }),
    });
    this.#topics = new TopicRegistry(this.kernel);
    const journal = this.network === undefined ? options.journal : withKernelTime(options.journal, this.kernel);
    const specs = scenario.venues.map((venue) => venue.instruments.map((spec) => createInstrument(spec)));
    this.assets = new AssetTable(specs.flat());
    this.ledger = new Ledger(this.assets.assets.length);
    this.venues = scenario.venues.map((spec, index) => {
      const listed = specs[index].map((instrument, place) => this.assets.list(instrument, place));
      const actor = createVenue(scenario, { venue: index, listed, ledger: this.ledger, journal });
      this.kernel.add(spec.name, actor, { computeDelayNs: spec.computeDelay });
      return actor;
    });
    this.markets = this.venues.flatMap((actor, place) =>
      actor.venue.listed.map(({ instrument, index }) => {
        const venue = actor.venue.name;
        const commits = commitScheduleOf(scenario, { venue: place, instrument: index });
        return { symbol: instrument.symbol, venue, instrument, index, venueActor: this.kernel.find(venue), commits };
      }),
    );
    this.observer = new Observer(this.venues, scenario.sampling, this.endNs);
    this.kernel.add(OBSERVER_NAME, this.observer);
    this.desks = scenario.desks.map((spec) => this.#addDesk(spec));
    const paths = this.#createPaths();
    const own = scenario.agents.map((spec) => {
      const factory = options.factories.get(spec.file);
      assert(factory !== undefined, () => `the agent file ${spec.file} was not loaded`);
      return this.#addGroup(spec, spec.file, factory, paths);
    });
    const population = scenario.population.map((spec) => {
      const kind = populationKind(spec.kind);
      assert(kind !== undefined, () => `the schema let ${spec.kind} pass, which is no kind of agent`);
      return this.#addGroup(spec, spec.kind, committing(kind.create), paths);
    });
    this.#openLeaks();
    this.groups = [...population, ...own];
    this.venues.forEach((actor, index) => scheduleKillSwitch(actor, scenario.venues[index], this));
    this.surveillance = watchVenues(this.venues, options.surveillance ?? detectorsOf(scenario));
    this.recordedFlow = this.#addRecording(options.recording);
    this.replicated = scenario.ledger === undefined ? undefined : this.#replicate(scenario.ledger);
  }

  /** The venue and the listing of a market. */
  listing(market: Market): { readonly actor: VenueActor; readonly listed: Listed } {
    const actor = this.venues.find((candidate) => candidate.venue.name === market.venue);
    assert(actor !== undefined, "a market stands at one of the run's venues");
    return { actor, listed: actor.venue.listed[market.index] };
  }

  #marketOf({ symbol, venue }: { readonly symbol?: string | undefined; readonly venue?: string | undefined }): Market {
    const market = this.markets.find(
      (candidate) =>
        (symbol === undefined || candidate.symbol === symbol) && (venue === undefined || candidate.venue === venue),
    );
    assert(market !== undefined, () => `${venue ?? "no venue"} lists ${symbol}, the check said`);
    return market;
  }

  #addDesk(spec: DeskSpec): DeskActor {
    const desk = createDesk(spec, this.scenario, this);
    const actor = this.kernel.add(spec.name, desk, { computeDelayNs: spec.computeDelay });
    openDeskAccounts(actor, desk, spec, this);
    return desk;
  }

  #createPaths(): ReadonlyMap<string, FundamentalPath> {
    const paths = new Map<string, FundamentalPath>();
    for (const spec of this.scenario.fundamentals) {
      const { tick } = this.#marketOf(spec).instrument;
      const meanTicks = parseOnGrid(spec.mean, tick);
      const path = new MeanRevertingPath({
        seed: this.scenario.seed,
        name: spec.symbol,
        meanTicks,
        startTicks: spec.start === undefined ? meanTicks : parseOnGrid(spec.start, tick),
        kappaPerNs: spec.kappaPerNs,
        sigmaPerSqrtNs: spec.sigmaTicksPerSqrtNs,
      });
      paths.set(spec.symbol, path);
    }
    return paths;
  }

  #addGroup(spec: GroupSpec, kind: string, create: AgentFactory, paths: ReadonlyMap<string, FundamentalPath>): Group {
    const market = this.#marketOf(spec);
    const fundamental = paths.get(market.symbol);
    // A change during the run must reach neither the scenario, which the manifest keeps, nor another group.
    const parameters = structuredClone(spec.parameters);
    const accounts: number[] = [];
    for (let number = 1; number <= spec.count; number++) {
      const agentName = agentNameOf(spec.name, number);
      const handlers = createAgent(
        create,
        {
          name: agentName,
          parameters,
          number,
          peers: spec.count,
          market,
          markets: this.markets,
          endNs: this.endNs,
          fundamental,
        },
        { origin: kind },
      );
      const desk = this.desks.find(({ name }) => name === spec.desk);
      if (desk !== undefined) {
        desk.host(agentName, handlers);
        continue;
      }
      const agent = new AgentActor(agentName, handlers, { markets: this.markets, topics: this.#topics });
      const actor = this.kernel.add(agentName, agent, { computeDelayNs: spec.computeDelay });
      this.#agents.set(agentName, agent);
      const account = this.#openAccount(agentName, actor, market, spec.account);
      accounts.push(account);
      if (spec.colocation !== undefined) {
        const { actor: venueActor, listed } = this.listing(market);
        const unitsPerHour = unitsIn(spec.colocation.feePerHour, listed);
        venueActor.venue.chargeByTime(account, { instrument: market.index, unitsPerHour });
      }
    }
    return { name: spec.name, kind, market, accounts, parameters };
  }

  /** Lets the agents of a group overhear those of another, where the scenario says so. */
  #openLeaks(): void {
    const groups = groupsOf(this.scenario);
    for (const { spec } of groups) {
      const to = groups.find((other) => other.spec.name === spec.leaksTo);
      if (to === undefined) continue;
      const listeners = agentNamesOf(to.spec).map((listener) => this.kernel.find(listener));
      for (const agentName of agentNamesOf(spec)) this.#agents.get(agentName)?.leakTo(listeners);
    }
  }

  /** Opens an account at every venue; money and inventory are of the market that the agent trades. */
  #openAccount(agentName: string, actor: number, market: Market, spec: AccountSpec): number {
    const account = this.ledger.openAccount();
    const { listed } = this.listing(market);
    const { assets } = this.assets;
    const base = assets[listed.baseAsset].decimals;
    const quote = assets[listed.quoteAsset].decimals;
    this.ledger.deposit(account, listed.quoteAsset, wholeUnits(spec.cash, quote));
    this.ledger.deposit(account, listed.baseAsset, wholeUnits(spec.inventory, base));
    this.ledger.grantCredit(account, listed.quoteAsset, wholeUnits(spec.cashCredit, quote));
    this.ledger.grantCredit(account, listed.baseAsset, wholeUnits(spec.inventoryCredit, base));
    for (const venue of this.venues) {
      venue.admit(actor, account, componentKey(this.scenario.seed, agentName, venue.venue.name));
      venue.venue.nameOwner(account, agentName);
      if (spec.cancelOnDisconnect) venue.venue.cancelOnDisconnect(account);
      if (spec.owner !== undefined) venue.venue.groups.join(account, this.#ownerOf(spec.owner));
    }
    const lots = Math.floor(wholeUnits(spec.inventory, base) / listed.lotUnits);
    this.listing(market).actor.venue.books[market.index].setPosition(account, lots);
    return account;
  }

  /** The number of an owner of accounts, from 1 in order of first mention. */
  #ownerOf(name: string): number {
    const known = this.owners.indexOf(name);
    return known >= 0 ? known + 1 : this.owners.push(name);
  }

  /** Comes last: by now all accounts are open. */
  #replicate(section: LedgerSection): ReplicatedLedger {
    const { ledger, kernel, venues } = this;
    const replicated = new ReplicatedLedger({ section, ledger, kernel });
    if (section.settle === "perFill") for (const venue of venues) venue.onTrade = fillsInto(venue.venue, replicated);
    return replicated;
  }

  #addRecording(recording: WorldOptions["recording"]): RecordedFlow | undefined {
    const spec = this.scenario.recorded;
    if (spec === undefined || recording === undefined) return undefined;
    const market = this.#marketOf(spec);
    const ticksPerTick = gridRatio(decimalGrid(recording.tick), market.instrument.tick);
    const lotsPerLot = gridRatio(decimalGrid(recording.lot), market.instrument.lot);
    assert(ticksPerTick !== undefined && lotsPerLot !== undefined, "who loads a recording checks that its grids fit");
    const { actor, listed } = this.listing(market);
    const openAccount = (): number => {
      const account = this.ledger.openAccount();
      this.ledger.grantCredit(account, listed.quoteAsset, RECORDED_CREDIT_UNITS);
      this.ledger.grantCredit(account, listed.baseAsset, RECORDED_CREDIT_UNITS);
      return account;
    };
    const flow = new RecordedFlow({
      rows: recording.rows,
      instrument: market.index,
      maker: openAccount(),
      taker: openAccount(),
      ticksPerTick,
      lotsPerLot,
      speed: spec.speed,
    });
    actor.drive(market.index, flow);
    return flow;
  }
}

function agentNamesOf({ name, count }: GroupSpec): string[] {
  return Array.from({ length: count }, (_, index) => agentNameOf(name, index + 1));
}
