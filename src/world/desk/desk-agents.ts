import type { DeskAgentHost, Wish } from "../../agents/desk-agent.ts";
import { DeskAgent } from "../../agents/desk-agent.ts";
import type { AgentHandlers, Market, OrderEvent } from "../../agents/port.ts";
import { assert } from "../../core/assert.ts";
import type { RandomStream } from "../../core/random.ts";
import { NS_PER_MILLISECOND } from "../../core/units.ts";
import type { Child, ParentPlan } from "../../desk/execution/algorithms/parent-order.ts";
import { ParentOrders } from "../../desk/execution/algorithms/parent-orders.ts";
import type { ExecutionReport } from "../../desk/execution/algorithms/shortfall.ts";
import type { OrderRecord } from "../../desk/execution/order-record.ts";
import type { IntentOutcome, OrderPath } from "../../desk/order-path.ts";
import type { VenueFill } from "../../desk/venue-fill.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import { TimeInForce } from "../../model/order-flags.ts";
import { SIDE_NAMES } from "../../model/side.ts";
import type { DeskFeed } from "./desk-feed.ts";
import type { DeskOptions } from "./desk-options.ts";
import type { DeskRecord } from "./desk-record.ts";
import type { DeskTimers } from "./desk-timers.ts";
import { Wishes } from "./wishes.ts";

/** What the agents of a desk stand on. */
export interface DeskAgentsGround {
  readonly options: DeskOptions;
  readonly path: () => OrderPath;
  readonly context: () => ActorContext;
  readonly timers: DeskTimers;
  readonly feed: DeskFeed;
  readonly record: DeskRecord;
}

/** The agents of a desk: what they want becomes intents, and what comes of it they are told in their own words. */
export class DeskAgents {
  /** By number in the roster; none stands for the house. */
  readonly members: (DeskAgent | undefined)[] = [undefined];
  readonly #ground: DeskAgentsGround;
  readonly #wishes = new Wishes();
  readonly #parents: ParentOrders;
  /** The same for orders that are worked off in parts, by the parent's number. */
  readonly #parentWishes = new Wishes();

  constructor(ground: DeskAgentsGround) {
    this.#ground = ground;
    this.#parents = new ParentOrders({
      view: (market) => ground.feed.viewOf(market, ground.context().nowNs),
      send: (plan, child) => this.#sendChild(plan, child),
      cancel: (order) => ground.path().execution.cancel(order),
      after: (delayNs, run) => ground.timers.after(delayNs, run),
      cancelTimer: (timer) => ground.timers.cancel(timer),
      onDone: (parent, plan, report) => this.#onParentDone(parent, plan, report),
    });
  }

  /** Takes an agent in, before the run begins, in the order of the roster. */
  host(name: string, handlers: AgentHandlers): void {
    const number = this.members.length;
    assert(this.#ground.options.roster.agents[number] === name, "agents are hosted in the order of the roster");
    this.members.push(new DeskAgent(name, handlers, this.#hostOf(number, name)));
  }

  start(): void {
    for (const agent of this.members) agent?.handlers.onStart?.(agent);
  }

  onAccepted({ plan, filledLots }: OrderRecord): void {
    const wish = this.#wishes.wishOf(plan.number);
    if (wish === undefined) return;
    const leavesLots = plan.qtyLots - filledLots;
    this.#tell(plan, { status: "accepted", orderId: wish.wish, qtyLots: plan.qtyLots, leavesLots, filledLots });
  }

  onFill({ plan, filledLots }: OrderRecord, fill: VenueFill): void {
    const agent = this.members[plan.agent];
    const wish = this.#wishes.wishOf(plan.number);
    const parentNumber = this.#parents.parentOf(plan.number);
    const parent = parentNumber === undefined ? undefined : this.#parents.find(parentNumber);
    this.#parents.onFill(plan.number, fill.qtyLots, fill.priceTicks);
    const parentWish = parentNumber === undefined ? undefined : this.#parentWishes.wishOf(parentNumber);
    agent?.handlers.onFill?.(agent, {
      market: this.#ground.options.markets[plan.market],
      orderId: wish?.wish ?? parentWish?.wish ?? 0,
      side: SIDE_NAMES[plan.side],
      priceTicks: fill.priceTicks,
      qtyLots: fill.qtyLots,
      leavesLots:
        parent === undefined ? plan.qtyLots - filledLots - fill.qtyLots : parent.plan.qtyLots - parent.filledLots,
      liquidity: fill.liquidity,
      feeUnits: fill.feeUnits,
      tradeId: Number(fill.fillId),
    });
  }

  onFinal({ plan, status, filledLots }: OrderRecord): void {
    this.#ground.record.final(plan.agent, status);
    const wish = this.#wishes.wishOf(plan.number);
    this.#wishes.delete(plan.number);
    if (wish !== undefined && (status === "canceled" || status === "rejected" || status === "expired")) {
      const qtyLots = plan.qtyLots - filledLots;
      this.#tell(plan, { status, orderId: wish.wish, qtyLots, leavesLots: 0, filledLots });
    }
    this.#parents.onChildDone(plan.number);
  }

  #wish(agent: number, market: Market, wish: Wish): void {
    const { options, context, record } = this.#ground;
    const number = options.markets.indexOf(market);
    const { nowNs } = context();
    const { algorithm, ...terms } = wish;
    if (algorithm !== undefined) {
      this.#startParent({ agent, market: number, algorithm, ...terms }, wish.number);
      return;
    }
    const outcome = this.#intend(agent, number, { ...terms, expiresNs: nowNs });
    if (outcome.kind === "placed") {
      this.#wishes.add(outcome.order.plan.number, agent, wish.number);
      return;
    }
    record.denied(agent, outcome.reason);
    const { side, limitTicks, qtyLots } = wish;
    const told = { status: "denied", orderId: wish.number, qtyLots, leavesLots: 0, filledLots: 0 } as const;
    this.#tell({ agent, market: number, side, limitTicks }, told, outcome.reason);
  }

  #startParent(plan: ParentPlan, wish: number): void {
    // Known before the first part is sent, because that may end at once.
    const parent = this.#parents.next;
    this.#parentWishes.add(parent, plan.agent, wish);
    const started = this.#parents.start(plan);
    if (started !== undefined) return;
    this.#parentWishes.delete(parent);
    const told = { status: "denied", orderId: wish, qtyLots: plan.qtyLots, leavesLots: 0, filledLots: 0 } as const;
    this.#tell(plan, told, "tooManyWorking");
  }

  #sendChild(plan: ParentPlan, child: Child): { readonly order: number; readonly lots: number } | undefined {
    const { context, record } = this.#ground;
    const outcome = this.#intend(plan.agent, plan.market, {
      side: plan.side,
      qtyLots: child.qtyLots,
      limitTicks: child.limitTicks,
      timeInForce: child.style === "take" ? TimeInForce.IOC : TimeInForce.GTC,
      postOnly: false,
      reduceOnly: false,
      expiresNs: context().nowNs,
    });
    if (outcome.kind === "placed") return { order: outcome.order.plan.number, lots: outcome.order.plan.qtyLots };
    record.denied(plan.agent, outcome.reason);
    return undefined;
  }

  #intend(
    agent: number,
    market: number,
    terms: Omit<Wish, "number" | "algorithm"> & { readonly expiresNs: number },
  ): IntentOutcome {
    const { path, context, feed, record } = this.#ground;
    record.intents[agent]++;
    const number = path().risk.nextIntent(agent);
    const basis = feed.basisOf(market);
    return path().onIntent({ ...terms, number, agent, market, madeNs: context().nowNs, basis });
  }

  #onParentDone(parent: number, plan: ParentPlan, report: ExecutionReport): void {
    this.#ground.record.executions.push({ agent: plan.agent, algorithm: plan.algorithm.kind, report });
    const wish = this.#parentWishes.wishOf(parent);
    this.#parentWishes.delete(parent);
    const qtyLots = plan.qtyLots - report.filledLots;
    if (wish === undefined || qtyLots === 0) return;
    const { filledLots } = report;
    this.#tell(plan, { status: "canceled", orderId: wish.wish, qtyLots, leavesLots: 0, filledLots });
  }

  #tell(
    plan: Pick<OrderRecord["plan"], "agent" | "market" | "side" | "limitTicks">,
    told: Pick<OrderEvent, "status" | "orderId" | "qtyLots" | "leavesLots" | "filledLots">,
    reason = "none",
  ): void {
    const agent = this.members[plan.agent];
    const market = this.#ground.options.markets[plan.market];
    const event = { ...told, market, side: SIDE_NAMES[plan.side], priceTicks: plan.limitTicks ?? 0, reason };
    agent?.handlers.onOrder?.(agent, event);
  }

  #cancel(agent: number, wish: number): void {
    const order = this.#wishes.orderOf(agent, wish);
    if (order !== undefined) this.#ground.path().execution.cancel(order);
    const parent = this.#parentWishes.orderOf(agent, wish);
    if (parent !== undefined) this.#parents.cancel(parent);
  }

  #cancelAll(agent: number, market: number): void {
    for (const parent of this.#parentWishes.of(agent)) {
      if (this.#parents.find(parent)?.plan.market === market) this.#parents.cancel(parent);
    }
    const { execution } = this.#ground.path();
    for (const { plan } of execution.orders.working) {
      if (plan.agent === agent && plan.market === market) execution.cancel(plan.number);
    }
  }

  /** The desk has every quote already: who asks for one gets the last, after this event. */
  #tellQuote(agent: number, market: number): void {
    const { timers, feed } = this.#ground;
    const tell = (): void => {
      const asker = this.members[agent];
      const quote = feed.lastQuote(market);
      // The first one is on its way from the venue.
      if (quote === undefined) timers.after(NS_PER_MILLISECOND, tell);
      else if (asker !== undefined) asker.handlers.onQuote?.(asker, quote);
    };
    timers.after(0, tell);
  }

  #hostOf(agent: number, name: string): DeskAgentHost {
    const { context, options, feed, timers, path } = this.#ground;
    const { markets } = options;
    const streams = new Map<string, RandomStream>();
    return {
      get nowNs() {
        return context().nowNs;
      },
      random: (purpose) => {
        // The desk draws for its agents, each from streams of its own.
        const stream = streams.get(purpose) ?? context().random(`${name} ${purpose}`);
        streams.set(purpose, stream);
        return stream;
      },
      wish: (market, wish) => this.#wish(agent, market, wish),
      cancel: (_market, wish) => this.#cancel(agent, wish),
      cancelAll: (market) => this.#cancelAll(agent, markets.indexOf(market)),
      subscribe: (market, feedOptions) => feed.subscribe(context(), agent, market, feedOptions),
      unsubscribe: (market, feedOptions) => feed.unsubscribe(agent, market, feedOptions),
      requestQuote: (market) => this.#tellQuote(agent, markets.indexOf(market)),
      setTimer: (delayNs, tag) =>
        timers.after(delayNs, () => {
          const timed = this.members[agent];
          timed?.handlers.onTimer?.(timed, tag);
        }),
      cancelTimer: (timer) => timers.cancel(timer),
      position: (market) => path().portfolio.subAccounts[agent].positions[markets.indexOf(market)].lots,
      spend: (durationNs) => context().spend(durationNs),
    };
  }
}
