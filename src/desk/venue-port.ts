import type { Lots, Nanos, Ticks } from "../core/units.ts";
import type { TimeInForce } from "../model/order-flags.ts";
import type { Side } from "../model/side.ts";
import type { VenueAccount } from "./venue-account.ts";
import type { VenueFill } from "./venue-fill.ts";

/** An order as it leaves the desk. */
export interface OutgoingOrder {
  readonly market: number;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly qtyLots: Lots;
  /** Undefined for a market order. */
  readonly limitTicks: Ticks | undefined;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
}

/**
 * What every adapter of a venue can do. Each call returns at once; what comes of it arrives as events, late, in any
 * order, more than once, or never: that is for the execution to bear.
 */
export interface VenuePort {
  submit(order: OutgoingOrder): void;
  cancel(market: number, clientOrderId: string): void;
  /** Asks what became of an order. The answer bears the query's number. */
  query(market: number, clientOrderId: string, query: number): void;
  /** Cancels everything that rests there of ours, known to us or not. */
  cancelAll(): void;
  /** Asks for all of the account at once, with the fills that happened since that time. */
  requestAccount(fillsSinceNs: Nanos): void;
}

/** Why a venue did not do what it was asked. `isRetryable`: the same may succeed a little later. */
export interface VenueRefusal {
  readonly reason: string;
  readonly isRetryable: boolean;
}

/**
 * What a venue, or the way to it, tells the desk of an order. A refusal by the venue is *definite*: the order does not
 * exist. That a message could not be sent, or was not answered, says nothing about the order.
 */
export type OrderEvent =
  | { readonly kind: "accepted"; readonly clientOrderId: string }
  | { readonly kind: "rejected"; readonly clientOrderId: string; readonly refusal: VenueRefusal }
  /** The message may or may not have reached the venue. */
  | { readonly kind: "sendFailed"; readonly clientOrderId: string }
  | { readonly kind: "filled"; readonly clientOrderId: string; readonly fill: VenueFill }
  | { readonly kind: "canceled"; readonly clientOrderId: string }
  | { readonly kind: "expired"; readonly clientOrderId: string }
  /** The order could not be canceled: it may be done, or unknown there. */
  | { readonly kind: "cancelRejected"; readonly clientOrderId: string }
  /** The answer to a query. */
  | {
      readonly kind: "status";
      readonly query: number;
      readonly clientOrderId: string;
      readonly status: "working" | "done" | "notFound";
      readonly filledLots: Lots;
    };

/** What a venue tells the desk of the account as a whole, or of the connection. */
export type SessionEvent =
  | { readonly kind: "account"; readonly account: VenueAccount }
  | { readonly kind: "sessionUp" }
  | { readonly kind: "sessionDown" };

export type VenueEvent = OrderEvent | SessionEvent;
