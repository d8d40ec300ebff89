import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import { INT32_MAX } from "../../core/units.ts";
import { ATTEMPTS_MAX, clientOrderIdOf, parseClientOrderId } from "../../desk/execution/client-order-id.ts";
import type { DeskMarket } from "../../desk/listing.ts";
import type { VenueFill } from "../../desk/venue-fill.ts";
import type { OutgoingOrder, VenueEvent, VenuePort } from "../../desk/venue-port.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import { OrderState, OrderStatusWord, QueryOrderWord, RequestAccountWord } from "../../model/account-query.ts";
import { EVERY_INSTRUMENT, writeCancel, writeOwnerCommand, writeSubmit } from "../../model/command.ts";
import { OrderType, packFlags } from "../../model/order-flags.ts";
import { Reason, reasonName } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { FillWord, ReportWord } from "../../model/report.ts";
import type { Side } from "../../model/side.ts";
import { AccountReader } from "./account-reader.ts";

/** Refusals after which the same order may succeed: something passes by itself. */
const PASSING: ReadonlySet<number> = new Set([Reason.tooManyOrders]);

export interface SimulatedPortOptions {
  /** The desk's name in client order ids. */
  readonly desk: string;
  /** The venue's number on the desk. */
  readonly venue: number;
  /** The venue's actor; it is known when the run has begun. */
  readonly venueActor: () => number;
  /** The desk's markets at the venue, by the venue's own number of the instrument. */
  readonly markets: readonly DeskMarket[];
  /** The desk's actor, while it handles an event. */
  readonly context: () => ActorContext;
}

/**
 * The way from a desk to a venue of the same run: its calls become records that travel over the run's network, and the
 * venue's answers become events.
 */
export class SimulatedPort implements VenuePort {
  readonly #options: SimulatedPortOptions;
  readonly #account: AccountReader;
  #requests = 0;

  constructor(options: SimulatedPortOptions) {
    this.#options = options;
    this.#account = new AccountReader(options.venue, options.markets, (orderId) => this.#clientOrderId(orderId));
  }

  submit(order: OutgoingOrder): void {
    this.#send((context, to) => {
      writeSubmit(context.words, context.doubles, to, {
        instrument: this.#indexOf(order.market),
        owner: 0,
        orderId: this.#orderId(order.clientOrderId),
        flags: packFlags({
          side: order.side,
          orderType: order.limitTicks === undefined ? OrderType.market : OrderType.limit,
          timeInForce: order.timeInForce,
          postOnly: order.postOnly,
          reduceOnly: order.reduceOnly,
        }),
        priceTicks: order.limitTicks ?? 0,
        qtyLots: order.qtyLots,
      });
    });
  }

  cancel(market: number, clientOrderId: string): void {
    this.#send((context, to) =>
      writeCancel(context.words, to, {
        instrument: this.#indexOf(market),
        owner: 0,
        orderId: this.#orderId(clientOrderId),
      }),
    );
  }

  query(market: number, clientOrderId: string, query: number): void {
    this.#send(({ words }, to) => {
      words[to] = RecordKind.queryOrder;
      words[to + QueryOrderWord.instrument] = this.#indexOf(market);
      words[to + QueryOrderWord.orderId] = this.#orderId(clientOrderId);
      words[to + QueryOrderWord.query] = query;
    });
  }

  cancelAll(): void {
    this.#send((context, to) =>
      writeOwnerCommand(context.words, to, {
        kind: RecordKind.cancelAllOrders,
        instrument: EVERY_INSTRUMENT,
        owner: 0,
      }),
    );
  }

  requestAccount(fillsSinceNs: Nanos): void {
    const request = ++this.#requests;
    this.#account.begin(request, fillsSinceNs);
    this.#send(({ words, doubles }, to) => {
      words[to] = RecordKind.requestAccount;
      words[to + RequestAccountWord.request] = request;
      doubles[(to + RequestAccountWord.fillsSinceNs) >> 1] = fillsSinceNs;
    });
  }

  /** What a record of the venue's says; undefined where it says nothing yet, or nothing about the desk's orders. */
  eventOf(words: Int32Array, doubles: Float64Array, at: number): VenueEvent | undefined {
    const kind = words[at];
    if (kind >= RecordKind.accountOrder && kind <= RecordKind.accountEnd) {
      const account = this.#account.read(words, doubles, at);
      return account === undefined ? undefined : { kind: "account", account };
    }
    const clientOrderId = this.#clientOrderId(words[at + ReportWord.orderId]);
    switch (kind) {
      case RecordKind.orderAccepted:
        return { kind: "accepted", clientOrderId };
      case RecordKind.orderRejected: {
        const reason = words[at + ReportWord.reason];
        return {
          kind: "rejected",
          clientOrderId,
          refusal: { reason: reasonName(reason), isRetryable: PASSING.has(reason) },
        };
      }
      case RecordKind.orderCanceled:
        return words[at + ReportWord.leavesLots] === 0 ? { kind: "canceled", clientOrderId } : undefined;
      case RecordKind.orderExpired:
        return { kind: "expired", clientOrderId };
      case RecordKind.requestRejected:
        return { kind: "cancelRejected", clientOrderId };
      case RecordKind.fill:
        return { kind: "filled", clientOrderId, fill: this.#fillOf(words, doubles, at, clientOrderId) };
      case RecordKind.orderStatus:
        return {
          kind: "status",
          clientOrderId,
          query: words[at + OrderStatusWord.query],
          status: STATES[words[at + OrderStatusWord.state]],
          filledLots: words[at + OrderStatusWord.filledLots],
        };
      default:
        return undefined;
    }
  }

  #fillOf(words: Int32Array, doubles: Float64Array, at: number, clientOrderId: string): VenueFill {
    const market = this.#options.markets[words[at + FillWord.instrument]];
    return {
      market: market.number,
      fillId: String(words[at + FillWord.tradeId]),
      clientOrderId,
      side: words[at + FillWord.side] as Side,
      priceTicks: words[at + FillWord.priceTicks],
      qtyLots: words[at + FillWord.qtyLots],
      feeUnits: doubles[(at + FillWord.feeUnits) >> 1],
      feeAsset: market.listed.quoteAsset,
      liquidity: words[at + FillWord.isMaker] === 1 ? "maker" : "taker",
      // The venue's fills bear no time of their own; when they come is the latest that they can have happened.
      venueTimeNs: this.#options.context().nowNs,
    };
  }

  #send(write: (context: ActorContext, to: number) => void): void {
    const context = this.#options.context();
    const message = context.compose();
    write(context, message << 4);
    context.send(this.#options.venueActor(), message);
  }

  #indexOf(market: number): number {
    const index = this.#options.markets.findIndex(({ number }) => number === market);
    assert(index >= 0, "an order goes to the venue of its market");
    return index;
  }

  /** The venue knows orders by an int32: the desk's number and the attempt make one. */
  #orderId(clientOrderId: string): number {
    const parsed = parseClientOrderId(this.#options.desk, clientOrderId);
    assert(parsed !== undefined, "the desk sends only orders of its own");
    const orderId = parsed.order * ATTEMPTS_MAX + parsed.attempt;
    assert(orderId <= INT32_MAX, "a desk sends at most 59 million orders in a run");
    return orderId;
  }

  #clientOrderId(orderId: number): string {
    return clientOrderIdOf(this.#options.desk, Math.floor(orderId / ATTEMPTS_MAX), orderId % ATTEMPTS_MAX);
  }
}

const STATES = {
  [OrderState.notFound]: "notFound",
  [OrderState.working]: "working",
  [OrderState.done]: "done",
} as const as Readonly<Record<number, "notFound" | "working" | "done">>;
