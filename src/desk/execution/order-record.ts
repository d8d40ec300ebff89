import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import type { TimerHandle } from "../../kernel/actor.ts";
import type { OutgoingOrder } from "../venue-port.ts";
import type { OrderStatus } from "./order-status.ts";

/** What is to be sent, as the risk stage let it pass. */
export interface OrderPlan extends Omit<OutgoingOrder, "clientOrderId"> {
  /** The desk's number of the order, under which the risk stage has set aside what it could cost. */
  readonly number: number;
  readonly agent: number;
  /** The agent's number of the intent that it came from. */
  readonly intent: number;
  /** The worst price that was reckoned with when it was looked at. */
  readonly worstTicks: Ticks;
}

/** An order on its way to its final state. */
export interface OrderRecord {
  readonly plan: OrderPlan;
  status: OrderStatus;
  /** Which attempt it is: counted up where the venue refused the one before and said that it may be tried again. */
  attempt: number;
  clientOrderId: string;
  filledLots: Lots;
  /** When it was handed to the venue; undefined where this life of the desk has not sent it. */
  sentNs: Nanos | undefined;
  /** Whether it is to be canceled as soon as it is known where it stands. */
  isUnwanted: boolean;
  /** How often the venue was asked what became of it, and when last. Only the last question's answer counts. */
  queries: number;
  queriedNs: Nanos;
  timer: TimerHandle | undefined;
  /** When it reached its final state; Infinity before that. */
  closedNs: Nanos;
}

/** An order that has gone nowhere yet. */
export function newOrder(plan: OrderPlan): OrderRecord {
  return {
    plan,
    status: "initialized",
    attempt: 0,
    clientOrderId: "",
    filledLots: 0,
    sentNs: undefined,
    isUnwanted: false,
    queries: 0,
    queriedNs: -Infinity,
    timer: undefined,
    closedNs: Infinity,
  };
}

/** The order as the venue gets it. */
export function outgoingOf({ plan, clientOrderId }: OrderRecord): OutgoingOrder {
  const { market, side, qtyLots, limitTicks, timeInForce, postOnly, reduceOnly } = plan;
  return { market, clientOrderId, side, qtyLots, limitTicks, timeInForce, postOnly, reduceOnly };
}
