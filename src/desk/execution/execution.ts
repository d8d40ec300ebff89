import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { DeskListing } from "../listing.ts";
import type { FillOutcome } from "../portfolio/portfolio.ts";
import type { VenueFill } from "../venue-fill.ts";
import type { OrderEvent, VenuePort } from "../venue-port.ts";
import { Dispatcher } from "./dispatcher.ts";
import type { ExecutionHost } from "./execution-host.ts";
import type { ExecutionPolicy } from "./execution-policy.ts";
import type { OrderPlan, OrderRecord } from "./order-record.ts";
import { outgoingOf } from "./order-record.ts";
import type { OrderStatus, OrderStep } from "./order-status.ts";
import { isFinal, nextStatus } from "./order-status.ts";
import type { Outgoing } from "./outbox.ts";
import { Orders } from "./orders.ts";
import type { RateLimit } from "./send-budget.ts";
import { VenueHealth } from "./venue-health.ts";

/** Timers of the dispatcher; those of orders have the order's number. */
const DISPATCH_TAGS = 1_000_000_000_000;
/** Doublings of a pause: more would pass every limit. */
const DOUBLINGS_MAX = 30;

export interface ExecutionOptions {
  readonly desk: string;
  readonly listing: DeskListing;
  /** By venue. */
  readonly ports: readonly VenuePort[];
  readonly rateLimits: readonly (readonly RateLimit[])[];
  readonly policy: ExecutionPolicy;
  readonly host: ExecutionHost;
}

/**
 * Brings orders to a final state. Each is written to the journal before it is sent, under an id that follows from its
 * number. Where an answer fails to come, nothing is sent again: the venue is asked, and only what it says decides.
 */
export class Execution {
  readonly health: readonly VenueHealth[];
  readonly #options: ExecutionOptions;
  readonly #host: ExecutionHost;
  readonly #dispatcher: Dispatcher;
  readonly orders: Orders;

  constructor(options: ExecutionOptions) {
    this.#options = options;
    this.#host = options.host;
    this.orders = new Orders(options.desk);
    this.#dispatcher = new Dispatcher({
      rateLimits: options.rateLimits,
      host: options.host,
      tagBase: DISPATCH_TAGS,
      send: (venue, outgoing) => this.#send(venue, outgoing),
    });
    this.health = options.ports.map(() => new VenueHealth(options.policy));
  }

  /** Whether a venue's outbox takes another order. */
  hasRoom(venue: number): boolean {
    return this.#dispatcher.hasRoom(venue);
  }

  /** Asks a venue for the account: orders, positions, balances, and fills that may have been missed. */
  requestAccount(venue: number): void {
    const { ports, policy, host } = this.#options;
    ports[venue].requestAccount(host.nowNs - policy.fillsNs);
  }

  /** Sends an order, once the journal holds it. */
  place(plan: OrderPlan): OrderRecord {
    const order = this.orders.open(plan);
    this.#host.expect(order);
    const entry = this.#host.write({ kind: "orderPlaced", plan });
    this.#dispatcher.add(this.#venueOf(order), { kind: "submit", order: plan.number, durableAfter: entry });
    return order;
  }

  /** Wants an order gone: at once where it has not left, otherwise as soon as it is known where it stands. */
  cancel(number: number): void {
    const order = this.orders.find(number);
    if (order === undefined || order.isUnwanted) return;
    order.isUnwanted = true;
    const entry = this.#host.write({ kind: "cancelWanted", order: number });
    // A second attempt that waits for its pause is in no outbox, and has not left either.
    if (order.status === "initialized") {
      this.#dispatcher.withdraw(this.#venueOf(order), number);
      this.#close(order, "canceled");
    } else if (order.status !== "unknown") this.#sendCancel(order, entry);
  }

  /** The journal holds everything up to that entry. */
  onDurable(entry: number): void {
    this.#dispatcher.onDurable(entry);
  }

  onTimer(tag: number): void {
    if (tag >= DISPATCH_TAGS) {
      this.#dispatcher.onTimer(tag - DISPATCH_TAGS);
      return;
    }
    const order = this.orders.find(tag);
    if (order === undefined) return;
    order.timer = undefined;
    if (order.status === "initialized") this.#submitAgain(order);
    else if (order.status === "unknown") this.#query(order);
    else this.#loseTrack(order);
  }

  onSession(venue: number, session: "up" | "down"): void {
    this.health[venue].isUp = session === "up";
    if (session === "down") this.#dispatcher.onSession(venue, "down");
    // What was on its way when the session broke may have arrived or not.
    for (const order of this.orders.working) {
      if (this.#venueOf(order) === venue && order.sentNs !== undefined) this.#loseTrack(order);
    }
    // Questions first, so that what waited meanwhile leaves behind them.
    if (session === "up") this.#dispatcher.onSession(venue, "up");
  }

  onEvent(venue: number, event: OrderEvent): void {
    const order = this.orders.of(event.clientOrderId);
    if (event.kind === "filled") {
      this.bookFill(event.fill);
      return;
    }
    if (order === undefined) {
      this.#host.alarm({ kind: "strayEvent", venue, event });
      return;
    }
    // An answer about an attempt that the venue has refused says nothing about the one that followed.
    if (isFinal(order.status) || event.clientOrderId !== order.clientOrderId) return;
    switch (event.kind) {
      case "accepted":
        this.health[venue].onSuccess();
        this.#host.onAccepted(order);
        this.#settle(order, "accept");
        break;
      case "rejected":
        this.#onRejected(order, event.refusal.isRetryable);
        break;
      case "sendFailed":
        this.#loseTrack(order);
        break;
      case "canceled":
        this.#close(order, "canceled");
        break;
      case "expired":
        this.#close(order, "expired");
        break;
      case "cancelRejected":
        this.#loseTrack(order);
        break;
      case "status":
        this.#onStatus(order, event);
    }
  }

  /** Takes up an order of an earlier life: it may have been sent, so the venue is asked. */
  resume(plan: OrderPlan, known: Pick<OrderRecord, "attempt" | "filledLots" | "isUnwanted">): void {
    const order = this.orders.open(plan, known.attempt);
    Object.assign(order, known, { status: "unknown" satisfies OrderStatus });
    // It counts as sent now, the latest that it can have been: only so much later is its absence a proof.
    order.sentNs = this.#host.nowNs;
    this.#query(order);
  }

  /** Remembers an order of an earlier life that was done. @returns it, as if it had been done now */
  resumeDone(plan: OrderPlan, known: Pick<OrderRecord, "attempt" | "filledLots" | "status">): OrderRecord {
    const order = this.orders.open(plan, known.attempt);
    Object.assign(order, known);
    order.closedNs = this.#host.nowNs;
    this.orders.close(order);
    return order;
  }

  /** Takes a fill, however it was learned of. @returns what the portfolio made of it */
  bookFill(fill: VenueFill): FillOutcome {
    const order = this.orders.of(fill.clientOrderId);
    const outcome = this.#host.book(fill, order);
    if (order !== undefined && outcome.kind === "booked") this.#onBooked(order, fill);
    return outcome;
  }

  #onBooked(order: OrderRecord, fill: VenueFill): void {
    order.filledLots += fill.qtyLots;
    this.#host.write({ kind: "fillBooked", order: order.plan.number, fill });
    if (isFinal(order.status)) return;
    if (order.filledLots >= order.plan.qtyLots) this.#close(order, "filled");
    else if (order.status === "submitted") this.#settle(order, "fill");
    // Of an order of unknown fate it says where it stood, and not where it stands: the venue is still to answer that.
    else if (order.status !== "unknown") this.#step(order, "fill");
  }

  #onRejected(order: OrderRecord, isRetryable: boolean): void {
    const { host, policy } = this.#options;
    const venue = this.#venueOf(order);
    if (this.health[venue].onFailure(host.nowNs)) host.alarm({ kind: "venueExcluded", venue });
    const mayTryAgain =
      isRetryable &&
      !order.isUnwanted &&
      order.filledLots === 0 &&
      order.attempt + 1 < policy.attemptsMax &&
      this.health[venue].isOpen(host.nowNs);
    if (!mayTryAgain) {
      this.#close(order, "rejected");
      return;
    }
    order.status = "initialized";
    order.sentNs = undefined;
    this.#waitFor(order, doubled(policy.retryPauseNs, order.attempt));
  }

  #submitAgain(order: OrderRecord): void {
    if (!this.hasRoom(this.#venueOf(order))) {
      this.#close(order, "rejected");
      return;
    }
    const attempt = order.attempt + 1;
    const entry = this.#host.write({ kind: "orderRetried", order: order.plan.number, attempt });
    this.orders.name(order, attempt);
    this.#host.expect(order);
    this.#dispatcher.add(this.#venueOf(order), { kind: "submit", order: order.plan.number, durableAfter: entry });
  }

  #onStatus(order: OrderRecord, { status, filledLots, query }: Extract<OrderEvent, { kind: "status" }>): void {
    const { host, policy } = this.#options;
    // An older query was answered of an older state.
    if (order.status !== "unknown" || query !== order.queries) return;
    if (filledLots > order.filledLots) {
      // The fills themselves come with the account: without them there is no price to book.
      host.alarm({ kind: "fillsMissing", order: order.plan.number });
      this.requestAccount(this.#venueOf(order));
      this.#loseTrack(order);
      return;
    }
    if (status === "working") {
      this.#settle(order, "accept");
      return;
    }
    if (status === "done") {
      this.#close(order, "canceled");
      return;
    }
    // Not found: it may have been on its way, unless it was asked for later than any message can arrive.
    const sentNs = order.sentNs ?? host.nowNs;
    if (order.queriedNs - sentNs <= policy.arrivalNs) {
      this.#loseTrack(order);
      return;
    }
    const venue = this.#venueOf(order);
    if (this.health[venue].onFailure(host.nowNs)) host.alarm({ kind: "venueExcluded", venue });
    this.#close(order, order.filledLots > 0 ? "canceled" : "rejected");
  }

  /** It is known that the order works: what was wanted of it meanwhile can be done. */
  #settle(order: OrderRecord, step: OrderStep): void {
    if (order.status === "pendingCancel") return;
    this.#step(order, step);
    if (order.isUnwanted) this.#sendCancel(order, this.#dispatcher.durable);
    else this.#stopWaiting(order);
  }

  #sendCancel(order: OrderRecord, durableAfter: number): void {
    this.#step(order, "askCancel");
    this.#dispatcher.add(this.#venueOf(order), { kind: "cancel", order: order.plan.number, durableAfter });
    this.#waitFor(order, this.#options.policy.answerNs);
  }

  /** Nobody knows what became of the order: the venue is asked, and asked again until it says. */
  #loseTrack(order: OrderRecord): void {
    if (order.status === "unknown") return;
    this.#step(order, "loseTrack");
    this.#query(order);
  }

  #query(order: OrderRecord): void {
    const { host, policy } = this.#options;
    order.queries++;
    if (order.queries === policy.queriesUntilAlarm) {
      host.alarm({ kind: "orderUnknown", order: order.plan.number, queries: order.queries });
    }
    this.#dispatcher.add(this.#venueOf(order), { kind: "query", order: order.plan.number, durableAfter: 0 });
    this.#waitFor(order, Math.min(doubled(policy.answerNs, order.queries - 1), policy.queryNsMax));
  }

  #close(order: OrderRecord, status: OrderStatus): void {
    assert(isFinal(status), "an order is closed in a final state");
    order.status = status;
    order.closedNs = this.#host.nowNs;
    this.#stopWaiting(order);
    this.orders.close(order);
    this.#host.write({ kind: "orderClosed", order: order.plan.number, status });
    this.#host.onFinal(order);
  }

  #step(order: OrderRecord, step: OrderStep): void {
    order.status = nextStatus(order.status, step, order.filledLots) ?? order.status;
  }

  #send(venue: number, { order: number, kind }: Outgoing): void {
    const order = this.orders.find(number);
    if (order === undefined) return;
    const port = this.#options.ports[venue];
    const { market } = order.plan;
    if (kind === "cancel") port.cancel(market, order.clientOrderId);
    else if (kind === "query") this.#ask(order, port);
    else {
      this.#step(order, "send");
      order.sentNs = this.#host.nowNs;
      this.#waitFor(order, this.#options.policy.answerNs);
      port.submit(outgoingOf(order));
    }
  }

  #ask(order: OrderRecord, port: VenuePort): void {
    order.queriedNs = this.#host.nowNs;
    port.query(order.plan.market, order.clientOrderId, order.queries);
  }

  #waitFor(order: OrderRecord, delayNs: Nanos): void {
    this.#stopWaiting(order);
    order.timer = this.#host.setTimer(delayNs, order.plan.number);
  }

  #stopWaiting(order: OrderRecord): void {
    if (order.timer !== undefined) this.#host.cancelTimer(order.timer);
    order.timer = undefined;
  }

  #venueOf(order: OrderRecord): number {
    return this.#options.listing.markets[order.plan.market].venue;
  }
}

function doubled(pauseNs: Nanos, times: number): Nanos {
  return pauseNs * (1 << Math.min(times, DOUBLINGS_MAX));
}
