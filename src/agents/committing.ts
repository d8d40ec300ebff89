import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import { commitWindowsAt } from "./commit-schedule.ts";
import type { Agent, AgentFactory, AgentHandlers, FeedOptions, Fill, Market, NewOrder, OrderEvent } from "./port.ts";

/** Tags of the timers that are not the agent's own: the least ones that there are. */
const COMMIT_TAG = -0x8000_0000;
const REVEAL_TAG = COMMIT_TAG + 1;

/** An order on its way into a batch, under the id that the agent knows it by. */
interface Pending {
  readonly ownId: number;
  readonly market: Market;
  readonly order: NewOrder;
  /** Its id at the venue, once it is committed to; 0 before. */
  orderId: number;
  /** When it can be revealed, and whether the venue has taken the commit: an order that waits on must stay secret. */
  revealsNs: Nanos;
  isCommitted: boolean;
  /** Whether the agent wants it no more. A commit cannot be taken back, so the order is revealed and then canceled. */
  isUnwanted: boolean;
}

/**
 * Lets an agent that knows nothing of commits trade where orders must be committed to: each of its orders is committed to
 * as soon as a batch takes commits, and revealed when that batch takes reveals. Everywhere else nothing changes.
 *
 *     export default committing(defineAgent(({ market }) => ({ … })));
 */
export function committing<Parameters>(create: AgentFactory<Parameters>): AgentFactory<Parameters> {
  return (setup) => {
    const handlers = create(setup);
    return setup.markets.some(({ commits }) => commits !== undefined) ? new Committing(handlers) : handlers;
  };
}

/** Stands between an agent and its port, on both ways. */
class Committing implements Required<AgentHandlers>, Agent {
  readonly #handlers: AgentHandlers;
  readonly #pending = new Map<number, Pending>();
  /** Ids of orders that live at the venue, both ways. */
  readonly #venueIds = new Map<number, number>();
  readonly #ownIds = new Map<number, number>();
  /** For when the timers are set; Infinity for not at all. */
  #commitTimerNs: Nanos = Infinity;
  #revealTimerNs: Nanos = Infinity;
  #agent: Agent | undefined;
  /** Ids below 0, so that none is one of the orders that go to the venue as they are. */
  #nextId = -1;

  constructor(handlers: AgentHandlers) {
    this.#handlers = handlers;
  }

  // The agent's calls.

  get name(): string {
    return this.#port.name;
  }

  get nowNs(): Nanos {
    return this.#port.nowNs;
  }

  submit(market: Market, order: NewOrder): number {
    if (market.commits === undefined) return this.#port.submit(market, order);
    const ownId = this.#nextId--;
    this.#pending.set(ownId, { ownId, market, order, orderId: 0, revealsNs: 0, isCommitted: false, isUnwanted: false });
    this.#commitAll();
    return ownId;
  }

  commit(market: Market, order: NewOrder): number {
    return this.#port.commit(market, order);
  }

  reveal(market: Market, orderId: number): void {
    this.#port.reveal(market, orderId);
  }

  cancel(market: Market, orderId: number): void {
    const pending = this.#pending.get(orderId);
    if (pending === undefined) this.#port.cancel(market, this.#venueIds.get(orderId) ?? orderId);
    else this.#drop(pending);
  }

  cancelAll(market: Market): void {
    for (const pending of this.#pending.values()) if (pending.market === market) this.#drop(pending);
    this.#port.cancelAll(market);
  }

  replace(market: Market, orderId: number, change: { readonly priceTicks: number; readonly qtyLots: number }): void {
    this.#port.replace(market, this.#venueIds.get(orderId) ?? orderId, change);
  }

  random(purpose: string): RandomStream {
    return this.#port.random(purpose);
  }

  subscribe(market: Market, options?: FeedOptions): void {
    this.#port.subscribe(market, options);
  }

  unsubscribe(market: Market, options?: FeedOptions): void {
    this.#port.unsubscribe(market, options);
  }

  requestQuote(market: Market): void {
    this.#port.requestQuote(market);
  }

  publish(topic: number, values: readonly number[]): void {
    this.#port.publish(topic, values);
  }

  listen(topic: number): void {
    this.#port.listen(topic);
  }

  setTimer(delayNs: Nanos, tag?: number): number {
    return this.#port.setTimer(delayNs, tag);
  }

  cancelTimer(timer: number): void {
    this.#port.cancelTimer(timer);
  }

  position(market: Market): number {
    return this.#port.position(market);
  }

  spend(durationNs: Nanos): void {
    this.#port.spend(durationNs);
  }

  // What the agent is told.

  onStart(agent: Agent): void {
    this.#agent = agent;
    return this.#handlers.onStart?.(this);
  }

  onTimer(agent: Agent, tag: number): void {
    this.#agent = agent;
    if (tag === COMMIT_TAG) {
      this.#commitTimerNs = Infinity;
      this.#commitAll();
    } else if (tag === REVEAL_TAG) {
      this.#revealTimerNs = Infinity;
      this.#revealAll();
    } else return this.#handlers.onTimer?.(this, tag);
    return undefined;
  }

  onOrder(agent: Agent, event: OrderEvent): void {
    this.#agent = agent;
    const ownId = this.#ownIds.get(event.orderId);
    if (ownId === undefined) return this.#handlers.onOrder?.(this, event);
    const pending = this.#pending.get(ownId);
    const isRefused = event.status === "requestRejected" && pending !== undefined;
    if (isRefused && (this.#wasLate(pending, event.reason) || WAITS.includes(event.reason))) return undefined;
    if (event.status === "committed" && pending !== undefined) this.#taken(pending);
    // The agent knows nothing of its commits. An order that came to nothing by them it is told of as one refused.
    if (event.status === "committed" || (event.status === "released" && event.reason === "none")) return undefined;
    const isOver =
      isRefused ||
      event.status === "released" ||
      event.status === "rejected" ||
      event.status === "expired" ||
      (event.status === "canceled" && event.leavesLots === 0);
    this.#pending.delete(ownId);
    if (event.status === "accepted" && pending?.isUnwanted === true) agent.cancel(event.market, event.orderId);
    if (isOver) this.#forget(ownId, event.orderId);
    const status = isRefused || event.status === "released" ? "rejected" : event.status;
    return this.#handlers.onOrder?.(this, { ...event, status, orderId: ownId });
  }

  onFill(agent: Agent, fill: Fill): void {
    this.#agent = agent;
    const ownId = this.#ownIds.get(fill.orderId) ?? fill.orderId;
    if (fill.leavesLots === 0) this.#forget(ownId, fill.orderId);
    return this.#handlers.onFill?.(this, { ...fill, orderId: ownId });
  }

  onQuote(agent: Agent, ...rest: Rest<"onQuote">): void {
    this.#agent = agent;
    return this.#handlers.onQuote?.(this, ...rest);
  }

  onLevel(agent: Agent, ...rest: Rest<"onLevel">): void {
    this.#agent = agent;
    return this.#handlers.onLevel?.(this, ...rest);
  }

  onSnapshot(agent: Agent, ...rest: Rest<"onSnapshot">): void {
    this.#agent = agent;
    return this.#handlers.onSnapshot?.(this, ...rest);
  }

  onTrade(agent: Agent, ...rest: Rest<"onTrade">): void {
    this.#agent = agent;
    return this.#handlers.onTrade?.(this, ...rest);
  }

  onOrderChange(agent: Agent, ...rest: Rest<"onOrderChange">): void {
    this.#agent = agent;
    return this.#handlers.onOrderChange?.(this, ...rest);
  }

  onPhase(agent: Agent, ...rest: Rest<"onPhase">): void {
    this.#agent = agent;
    return this.#handlers.onPhase?.(this, ...rest);
  }

  onIndication(agent: Agent, ...rest: Rest<"onIndication">): void {
    this.#agent = agent;
    return this.#handlers.onIndication?.(this, ...rest);
  }

  onOverheard(agent: Agent, ...rest: Rest<"onOverheard">): void {
    this.#agent = agent;
    return this.#handlers.onOverheard?.(this, ...rest);
  }

  onNote(agent: Agent, ...rest: Rest<"onNote">): void {
    this.#agent = agent;
    return this.#handlers.onNote?.(this, ...rest);
  }

  get #port(): Agent {
    if (this.#agent === undefined) throw new Error("an agent acts only while one of its handlers runs");
    return this.#agent;
  }

  /** Commits to every order that waits, as far as its market takes commits now, and comes back for the others. */
  #commitAll(): void {
    const { nowNs } = this;
    for (const pending of this.#pending.values()) {
      const schedule = pending.market.commits;
      if (pending.orderId !== 0 || schedule === undefined) continue;
      const windows = commitWindowsAt(schedule, nowNs);
      if (windows === undefined) continue;
      if (nowNs >= windows.revealsNs || this.#committed(pending.market, windows.revealsNs) >= schedule.commitsMax) {
        this.#wakeAt(COMMIT_TAG, windows.endNs);
        continue;
      }
      pending.orderId = this.#port.commit(pending.market, pending.order);
      pending.revealsNs = windows.revealsNs;
      this.#ownIds.set(pending.orderId, pending.ownId);
      this.#venueIds.set(pending.ownId, pending.orderId);
      this.#wakeAt(REVEAL_TAG, windows.revealsNs);
    }
  }

  #revealAll(): void {
    for (const pending of this.#pending.values()) {
      if (pending.orderId === 0) continue;
      if (pending.revealsNs > this.nowNs) this.#wakeAt(REVEAL_TAG, pending.revealsNs);
      else if (pending.isCommitted) this.#port.reveal(pending.market, pending.orderId);
    }
  }

  /** The venue has taken a commit. Where word of it was under way for long, the reveal is due already. */
  #taken(pending: Pending): void {
    pending.isCommitted = true;
    if (this.nowNs >= pending.revealsNs) this.#port.reveal(pending.market, pending.orderId);
  }

  /** Whether a commit came too late for its batch: then the order waits for the next one. */
  #wasLate(pending: Pending, reason: string): boolean {
    if (!LATE.includes(reason)) return false;
    this.#forget(pending.ownId, pending.orderId);
    pending.orderId = 0;
    if (pending.isUnwanted) this.#pending.delete(pending.ownId);
    else this.#commitAll();
    return true;
  }

  #drop(pending: Pending): void {
    if (pending.orderId === 0) this.#pending.delete(pending.ownId);
    else pending.isUnwanted = true;
  }

  #forget(ownId: number, orderId: number): void {
    this.#ownIds.delete(orderId);
    this.#venueIds.delete(ownId);
  }

  #committed(market: Market, revealsNs: Nanos): number {
    let count = 0;
    for (const pending of this.#pending.values())
      if (pending.market === market && pending.orderId !== 0 && pending.revealsNs === revealsNs) count++;
    return count;
  }

  #wakeAt(tag: number, atNs: Nanos): void {
    const timerNs = tag === COMMIT_TAG ? this.#commitTimerNs : this.#revealTimerNs;
    if (atNs >= timerNs) return;
    if (tag === COMMIT_TAG) this.#commitTimerNs = atNs;
    else this.#revealTimerNs = atNs;
    this.#port.setTimer(atNs - this.nowNs, tag);
  }
}

/** Refusals of a commit that is as good in the next batch. */
const LATE: readonly string[] = ["commitTooLate", "wrongBatch", "noBatch"];

/** Refusals of a reveal that the end of the commit follows. */
const WAITS: readonly string[] = ["revealTooEarly", "revealTooLate"];

type Rest<Name extends keyof AgentHandlers> =
  NonNullable<AgentHandlers[Name]> extends (agent: Agent, ...rest: infer Others) => void ? Others : never;
