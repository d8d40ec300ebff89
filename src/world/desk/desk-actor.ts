import type { AgentHandlers } from "../../agents/port.ts";
import { assert } from "../../core/assert.ts";
import type { Units } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import { DEFAULT_EXECUTION_POLICY } from "../../desk/execution/execution-policy.ts";
import { KillSwitch } from "../../desk/monitor/kill-switch.ts";
import { OrderPath } from "../../desk/order-path.ts";
import { CAUTIOUS_POLICY } from "../../desk/portfolio/mismatch.ts";
import { Portfolio } from "../../desk/portfolio/portfolio.ts";
import { LimitBook } from "../../desk/risk/limit-book.ts";
import type { RiskDesk } from "../../desk/risk/risk-desk.ts";
import { openRiskDesk } from "../../desk/risk/risk-desk.ts";
import { RiskEngine } from "../../desk/risk/risk-engine.ts";
import type { Actor, ActorContext } from "../../kernel/actor.ts";
import { SimulatedPort } from "../../venues/simulated/simulated-port.ts";
import { DeskAgents } from "./desk-agents.ts";
import { DeskEquity } from "./desk-equity.ts";
import { DeskFeed } from "./desk-feed.ts";
import type { DeskOptions } from "./desk-options.ts";
import { DeskRecord } from "./desk-record.ts";
import { DeskTimers } from "./desk-timers.ts";

/** How often the desk values what it holds. */
const VALUE_NS = NS_PER_SECOND;

/**
 * A desk as one actor of a run: it hosts agents, takes market data for them, and brings what they want to the venues
 * through its order path. The venues know nothing but the desk's account.
 */
export class DeskActor implements Actor {
  readonly name: string;
  readonly path: OrderPath;
  readonly kill: KillSwitch;
  readonly limits: LimitBook;
  readonly record: DeskRecord;
  readonly roster: DeskOptions["roster"];
  readonly #options: DeskOptions;
  readonly #desk: RiskDesk;
  readonly #ports: readonly SimulatedPort[];
  readonly #feed: DeskFeed;
  readonly #equity: DeskEquity;
  readonly #agents: DeskAgents;
  readonly #timers: DeskTimers;
  /** By venue: its actor, known when the run has begun. */
  #venueActors: readonly number[] = [];
  #entries = 0;
  #context: ActorContext | undefined;

  constructor(options: DeskOptions) {
    const { listing, roster, reportingAsset } = options;
    this.name = options.name;
    this.roster = roster;
    this.#options = options;
    this.#timers = new DeskTimers(() => this.#acting);
    this.#desk = openRiskDesk({ listing, roster, reportingAsset });
    this.limits = new LimitBook(this.#desk.scopes);
    if (options.limits.length > 0) this.limits.change(options.limits, { by: "scenario", atNs: 0 });
    const portfolio = new Portfolio({ listing, subAccounts: roster.agents.slice(1) });
    this.#ports = listing.venues.map((_, venue) => this.#openPort(venue));
    this.record = new DeskRecord(roster.agents.length);
    this.#feed = new DeskFeed(options.markets, this.#desk.references);
    this.#equity = new DeskEquity(this.#desk, portfolio);
    this.#agents = new DeskAgents({
      options,
      path: () => this.path,
      context: () => this.#acting,
      timers: this.#timers,
      feed: this.#feed,
      record: this.record,
    });
    this.path = this.#openPath(portfolio);
    this.kill = new KillSwitch(this.path);
  }

  /** Takes an agent in, before the run begins, in the order of the roster. */
  host(name: string, handlers: AgentHandlers): void {
    this.#agents.host(name, handlers);
  }

  /** By venue: the desk's account in the run's ledger. */
  readonly accounts: number[] = [];

  /** How far below 0 a venue lets the desk's account go. */
  setCredit(venue: number, asset: number, units: Units): void {
    this.#desk.funds.setCredit(venue, asset, units);
  }

  /** What an agent has earned, in the reporting asset. */
  profitOf(agent: number): Units {
    return this.#equity.profitOf(agent);
  }

  onStart(context: ActorContext): void {
    this.#context = context;
    this.#venueActors = this.#options.listing.venues.map((name) => context.find(name));
    this.#feed.start(context);
    this.#reconcile();
    this.#value();
    for (const order of this.#options.kills) {
      this.#timers.after(order.atNs - context.nowNs, () => this.#onKill(order));
    }
    this.#agents.start();
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    this.#context = context;
    if (this.#feed.onMessage(context, words, at, this.#agents.members)) return;
    const venue = this.#venueActors.indexOf(context.sender);
    if (venue < 0) return;
    const event = this.#ports[venue].eventOf(words, context.doubles, at);
    if (event !== undefined) this.path.onVenueEvent(venue, event);
  }

  onTimer(context: ActorContext, tag: number): void {
    this.#context = context;
    this.#timers.onTimer(tag);
  }

  #reconcile(): void {
    for (const venue of this.#ports.keys()) this.path.requestAccount(venue);
    this.#timers.after(this.#options.reconcileNs, () => this.#reconcile());
  }

  #onKill({ scope, name, grade }: DeskOptions["kills"][number]): void {
    const found = this.#desk.scopes.find(scope, name);
    assert(found !== undefined, "the scenario's check has found the scope");
    if (grade === "release") this.kill.release(found);
    else this.kill.engage(found, grade, { by: "scenario", nowNs: this.#acting.nowNs });
  }

  #value(): void {
    this.#equity.update();
    this.kill.tick(this.#acting.nowNs);
    this.#timers.after(VALUE_NS, () => this.#value());
  }

  get #acting(): ActorContext {
    assert(this.#context !== undefined, "a desk acts only while it handles an event");
    return this.#context;
  }

  #openPort(venue: number): SimulatedPort {
    const { name, listing } = this.#options;
    const markets = listing.markets.filter((market) => market.venue === venue);
    const context = (): ActorContext => this.#acting;
    const venueActor = (): number => this.#venueActors[venue];
    return new SimulatedPort({ desk: name, venue, venueActor, markets, context });
  }

  #openPath(portfolio: Portfolio): OrderPath {
    const { name, rateLimits } = this.#options;
    const acting = (): ActorContext => this.#acting;
    return new OrderPath({
      name,
      risk: new RiskEngine(this.#desk),
      portfolio,
      ports: this.#ports,
      rateLimits: this.#ports.map(() => rateLimits),
      executionPolicy: DEFAULT_EXECUTION_POLICY,
      reconciliationPolicy: CAUTIOUS_POLICY,
      host: {
        get nowNs() {
          return acting().nowNs;
        },
        write: () => this.#write(),
        setTimer: (delayNs, tag) => this.#timers.after(delayNs, () => this.path.onTimer(tag)),
        cancelTimer: (timer) => this.#timers.cancel(timer),
        onFill: (fill, order, outcome) => {
          this.record.filled(outcome);
          if (outcome.kind === "booked" && order !== undefined) this.#agents.onFill(order, fill);
        },
        onAccepted: (order) => this.#agents.onAccepted(order),
        onFinal: (order) => this.#agents.onFinal(order),
        onReconciled: (reconciliation) => {
          this.record.reconciled(reconciliation);
          this.#equity.onReconciled();
        },
        alarm: (alarm) => this.record.alarms.push(alarm),
      },
    });
  }

  /** The run's own journal holds everything that entered, so the desk of a run is durable at once. */
  #write(): number {
    const entry = ++this.#entries;
    this.path.onDurable(entry);
    return entry;
  }
}
