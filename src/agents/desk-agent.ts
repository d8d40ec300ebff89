import { assert } from "../core/assert.ts";
import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import type { Algorithm } from "../desk/execution/algorithms/plan.ts";
import { TimeInForce } from "../model/order-flags.ts";
import { Side } from "../model/side.ts";
import type { Agent, AgentHandlers, FeedOptions, Market, NewOrder } from "./port.ts";

/** What an agent of a desk wants, in numbers of the desk. */
export interface Wish {
  readonly number: number;
  readonly side: Side;
  readonly qtyLots: number;
  readonly limitTicks: number | undefined;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly algorithm: Algorithm | undefined;
}

/** What the desk does for one of its agents. */
export interface DeskAgentHost {
  readonly nowNs: Nanos;
  random(purpose: string): RandomStream;
  wish(market: Market, wish: Wish): void;
  cancel(market: Market, wish: number): void;
  cancelAll(market: Market): void;
  subscribe(market: Market, options: FeedOptions): void;
  unsubscribe(market: Market, options: FeedOptions): void;
  requestQuote(market: Market): void;
  setTimer(delayNs: Nanos, tag: number): number;
  cancelTimer(timer: number): void;
  position(market: Market): number;
  spend(durationNs: Nanos): void;
}

/**
 * An agent on a desk: the same calls as anywhere, but an order is a wish first, which the desk looks at. What the desk
 * does not let through is told as an order that was denied.
 */
export class DeskAgent implements Agent {
  readonly name: string;
  readonly handlers: AgentHandlers;
  readonly #host: DeskAgentHost;
  #wishes = 0;

  constructor(name: string, handlers: AgentHandlers, host: DeskAgentHost) {
    this.name = name;
    this.handlers = handlers;
    this.#host = host;
  }

  get nowNs(): Nanos {
    return this.#host.nowNs;
  }

  random(purpose: string): RandomStream {
    return this.#host.random(purpose);
  }

  submit(market: Market, order: NewOrder): number {
    const { orderType = "limit", side, qtyLots, priceTicks, timeInForce = "GTC" } = order;
    assert(
      orderType === "limit" || orderType === "market",
      () => `a desk sends limit and market orders, and ${this.name} wants a ${orderType} order`,
    );
    const number = ++this.#wishes;
    this.#host.wish(market, {
      number,
      side: Side[side],
      qtyLots,
      limitTicks: orderType === "market" ? undefined : priceTicks,
      timeInForce: TimeInForce[timeInForce],
      postOnly: order.postOnly !== undefined,
      reduceOnly: order.reduceOnly ?? false,
      algorithm: order.algorithm,
    });
    return number;
  }

  commit(): never {
    assert(false, () => `a desk commits and reveals no orders, and ${this.name} wants to`);
  }

  reveal(): never {
    assert(false, () => `a desk commits and reveals no orders, and ${this.name} wants to`);
  }

  cancel(market: Market, orderId: number): void {
    this.#host.cancel(market, orderId);
  }

  cancelAll(market: Market): void {
    this.#host.cancelAll(market);
  }

  replace(_market: Market, orderId: number): never {
    assert(
      false,
      () => `a desk replaces no orders, and ${this.name} wants to replace order ${orderId}: cancel it, then submit`,
    );
  }

  subscribe(market: Market, options: FeedOptions = {}): void {
    this.#host.subscribe(market, options);
  }

  unsubscribe(market: Market, options: FeedOptions = {}): void {
    this.#host.unsubscribe(market, options);
  }

  requestQuote(market: Market): void {
    this.#host.requestQuote(market);
  }

  publish(): never {
    assert(false, () => `a desk lets no notes in or out, and ${this.name} wants to publish one`);
  }

  listen(): never {
    assert(false, () => `a desk lets no notes in or out, and ${this.name} wants to listen to some`);
  }

  setTimer(delayNs: Nanos, tag = 0): number {
    assert(delayNs >= 0, () => `a timer's delay is a number of nanoseconds, found ${delayNs}`);
    return this.#host.setTimer(delayNs, tag);
  }

  cancelTimer(timer: number): void {
    this.#host.cancelTimer(timer);
  }

  position(market: Market): number {
    return this.#host.position(market);
  }

  spend(durationNs: Nanos): void {
    this.#host.spend(durationNs);
  }
}
