import { DeskAgent } from "../../agents/desk-agent.ts";
import type { Wish } from "../../agents/desk-agent.ts";
import type { AgentHandlers, Market } from "../../agents/port.ts";
import { assert } from "../../core/assert.ts";
import type { RandomStream } from "../../core/random.ts";
import type { Units } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import { DEFAULT_EXECUTION_POLICY } from "../../desk/execution/execution-policy.ts";
import type { OrderRecord } from "../../desk/execution/order-record.ts";
import { KillSwitch } from "../../desk/monitor/kill-switch.ts";
import { OrderPath } from "../../desk/order-path.ts";
import { CAUTIOUS_POLICY } from "../../desk/portfolio/mismatch.ts";
import { Portfolio } from "../../desk/portfolio/portfolio.ts";
import { LimitBook } from "../../desk/risk/limit-book.ts";
import type { RiskDesk } from "../../desk/risk/risk-desk.ts";
import { openRiskDesk } from "../../desk/risk/risk-desk.ts";
import { RiskEngine } from "../../desk/risk/risk-engine.ts";
import type { VenueFill } from "../../desk/venue-fill.ts";
import type { Actor, ActorContext } from "../../kernel/actor.ts";
import { SIDE_NAMES } from "../../model/side.ts";
import { SimulatedPort } from "../../venues/simulated/simulated-port.ts";
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
  /** By number in the roster; none stands for the house. */
  readonly #agents: (DeskAgent | undefined)[] = [undefined];
  /** Of orders that are not done: by agent and its number of the wish the desk's number, and by that the wish. */
  readonly #orders = new Map<string, number>();
  readonly #wishes = new Map<number, number>();
  readonly #timers: DeskTimers;
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
    this.path = this.#openPath(portfolio);
    this.kill = new KillSwitch(this.path);
  }

  /** Takes an agent in, before the run begins, in the order of the roster. */
  host(name: string, handlers: AgentHandlers): void {
    const number = this.#agents.length;
    assert(this.roster.agents[number] === name, "agents are hosted in the order of the roster");
    this.#agents.push(new DeskAgent(name, handlers, this.#hostOf(number, name)));
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
    this.#feed.start(context);
    this.#reconcile();
    this.#value();
    for (const order of this.#options.kills) {
      this.#timers.after(order.atNs - context.nowNs, () => this.#onKill(order));
    }
    for (const agent of this.#agents) agent?.handlers.onStart?.(agent);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    this.#context = context;
    if (this.#feed.onMessage(context, words, at, this.#agents)) return;
    const venue = this.#options.listing.venues.findIndex((name) => context.find(name) === context.sender);
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

  #wish(agent: number, market: Market, wish: Wish): void {
    const number = this.#options.markets.indexOf(market);
    const { nowNs } = this.#acting;
    this.record.intents[agent]++;
    const intent = this.path.risk.nextIntent(agent);
    const outcome = this.path.onIntent({
      ...wish,
      number: intent,
      agent,
      market: number,
      madeNs: nowNs,
      expiresNs: nowNs,
      basis: this.#feed.basisOf(number),
    });
    if (outcome.kind === "placed") {
      const order = outcome.order.plan.number;
      this.#orders.set(wishKey(agent, wish.number), order);
      this.#wishes.set(order, wish.number);
      return;
    }
    this.record.denied(agent, outcome.reason);
    const handlers = this.#agents[agent];
    handlers?.handlers.onOrder?.(handlers, {
      market,
      status: "denied",
      orderId: wish.number,
      side: SIDE_NAMES[wish.side],
      priceTicks: wish.limitTicks ?? 0,
      qtyLots: wish.qtyLots,
      leavesLots: 0,
      filledLots: 0,
      reason: outcome.reason,
    });
  }

  #tell(order: OrderRecord, status: "accepted" | "canceled" | "rejected" | "expired"): void {
    const { plan, filledLots } = order;
    const agent = this.#agents[plan.agent];
    agent?.handlers.onOrder?.(agent, {
      market: this.#options.markets[plan.market],
      status,
      orderId: this.#wishes.get(plan.number) ?? 0,
      side: SIDE_NAMES[plan.side],
      priceTicks: plan.limitTicks ?? 0,
      qtyLots: status === "accepted" ? plan.qtyLots : plan.qtyLots - filledLots,
      leavesLots: status === "accepted" ? plan.qtyLots - filledLots : 0,
      filledLots,
      reason: "none",
    });
  }

  #openPort(venue: number): SimulatedPort {
    const { name, listing } = this.#options;
    const markets = listing.markets.filter((market) => market.venue === venue);
    const context = (): ActorContext => this.#acting;
    const venueActor = (): number => this.#acting.find(listing.venues[venue]);
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
          if (outcome.kind === "booked" && order !== undefined) this.#tellFill(order, fill);
        },
        onAccepted: (order) => this.#tell(order, "accepted"),
        onFinal: (order) => this.#onFinal(order),
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

  /** The desk has every quote already: who asks for one gets the last, after this event. */
  #tellQuote(agent: number, market: number): void {
    const tell = (): void => {
      const asker = this.#agents[agent];
      const quote = this.#feed.lastQuote(market);
      // The first one is on its way from the venue.
      if (quote === undefined) this.#timers.after(NS_PER_MILLISECOND, tell);
      else if (asker !== undefined) asker.handlers.onQuote?.(asker, quote);
    };
    this.#timers.after(0, tell);
  }

  #onFinal(order: OrderRecord): void {
    const { plan, status } = order;
    this.record.final(plan.agent, status);
    if (status === "canceled" || status === "rejected" || status === "expired") this.#tell(order, status);
    const wish = this.#wishes.get(plan.number);
    this.#wishes.delete(plan.number);
    if (wish !== undefined) this.#orders.delete(wishKey(plan.agent, wish));
  }

  #tellFill({ plan, filledLots }: OrderRecord, fill: VenueFill): void {
    const agent = this.#agents[plan.agent];
    agent?.handlers.onFill?.(agent, {
      market: this.#options.markets[plan.market],
      orderId: this.#wishes.get(plan.number) ?? 0,
      side: SIDE_NAMES[plan.side],
      priceTicks: fill.priceTicks,
      qtyLots: fill.qtyLots,
      leavesLots: plan.qtyLots - filledLots - fill.qtyLots,
      liquidity: fill.liquidity,
      feeUnits: fill.feeUnits,
      tradeId: Number(fill.fillId),
    });
  }

  #hostOf(agent: number, name: string): ConstructorParameters<typeof DeskAgent>[2] {
    const acting = (): ActorContext => this.#acting;
    const { markets } = this.#options;
    const streams = new Map<string, RandomStream>();
    return {
      get nowNs() {
        return acting().nowNs;
      },
      random: (purpose) => {
        // The desk draws for its agents, each from streams of its own.
        const stream = streams.get(purpose) ?? acting().random(`${name} ${purpose}`);
        streams.set(purpose, stream);
        return stream;
      },
      wish: (market, wish) => this.#wish(agent, market, wish),
      cancel: (_market, wish) => {
        const order = this.#orders.get(wishKey(agent, wish));
        if (order !== undefined) this.path.execution.cancel(order);
      },
      cancelAll: (market) => {
        for (const { plan } of this.path.execution.orders.working) {
          if (plan.agent === agent && plan.market === markets.indexOf(market)) this.path.execution.cancel(plan.number);
        }
      },
      subscribe: (market, options) => this.#feed.subscribe(acting(), agent, market, options),
      unsubscribe: (market, options) => this.#feed.unsubscribe(agent, market, options),
      requestQuote: (market) => this.#tellQuote(agent, markets.indexOf(market)),
      setTimer: (delayNs, tag) =>
        this.#timers.after(delayNs, () => {
          const timed = this.#agents[agent];
          timed?.handlers.onTimer?.(timed, tag);
        }),
      cancelTimer: (timer) => this.#timers.cancel(timer),
      position: (market) => this.path.portfolio.subAccounts[agent].positions[markets.indexOf(market)].lots,
      spend: (durationNs) => acting().spend(durationNs),
    };
  }
}

function wishKey(agent: number, wish: number): string {
  return `${agent} ${wish}`;
}
