import type { OrderView } from "../market/order-book.ts";
import { FlagBits, OrderType, TimeInForce, orderTypeOf, timeInForceOf } from "../model/order-flags.ts";
import { Side } from "../model/side.ts";

/** A live order of the naive book: an `OrderView` whose fields change as it lives. */
export type NaiveOrder = { -readonly [Field in keyof OrderView]: OrderView[Field] } & {
  /** When it joined the queue that it stands in: a count, so no two orders share one. */
  arrival: number;
  /** Waits for the end of a call and does not show meanwhile. */
  isHeld: boolean;
};

/** Sorts one side of the book in order of execution: better price, then visible before hidden, then first come. */
export function byExecution(side: Side): (a: NaiveOrder, b: NaiveOrder) => number {
  return (a, b) => {
    const price = side === Side.buy ? b.priceTicks - a.priceTicks : a.priceTicks - b.priceTicks;
    return price || Number(isUnseen(a)) - Number(isUnseen(b)) || a.arrival - b.arrival;
  };
}

/** Sorts the waiting stops of one side: those that a rising (buy) or falling (sell) price reaches first come first. */
export function byTrigger(side: Side): (a: NaiveOrder, b: NaiveOrder) => number {
  return (a, b) => {
    const trigger = side === Side.buy ? a.triggerTicks - b.triggerTicks : b.triggerTicks - a.triggerTicks;
    return trigger || a.venueOrderId - b.venueOrderId;
  };
}

export function byAcceptance(a: NaiveOrder, b: NaiveOrder): number {
  return a.venueOrderId - b.venueOrderId;
}

export function byExpiry(a: NaiveOrder, b: NaiveOrder): number {
  return a.expireTimeNs - b.expireTimeNs || a.venueOrderId - b.venueOrderId;
}

export function isHidden(order: { readonly flags: number }): boolean {
  return (order.flags & FlagBits.hidden) !== 0;
}

/** Does it show nothing of itself now? */
export function isUnseen(order: NaiveOrder): boolean {
  return isHidden(order) || order.isHeld;
}

export function isReduceOnly(order: { readonly flags: number }): boolean {
  return (order.flags & FlagBits.reduceOnly) !== 0;
}

/** Whether an order cannot take part in a call. */
export function isBarredFromCalls(order: { readonly flags: number }): boolean {
  return isReduceOnly(order) || timeInForceOf(order.flags) === TimeInForce.FOK;
}

/** A market order's flags, turned into those of a limit order that ends with the call. */
export function limitFlags(flags: number): number {
  const typeBits = FlagBits.typeMask << FlagBits.typeShift;
  const timeBits = FlagBits.timeInForceMask << FlagBits.timeInForceShift;
  const limit = (OrderType.limit << FlagBits.typeShift) | (TimeInForce.IOC << FlagBits.timeInForceShift);
  return orderTypeOf(flags) === OrderType.market ? (flags & ~typeBits & ~timeBits) | limit : flags;
}

/** Has the order a price of its own? Market and stop orders have not. */
export function isPriced(flags: number): boolean {
  return orderTypeOf(flags) === OrderType.limit || orderTypeOf(flags) === OrderType.stopLimit;
}

/** Does the order wait for a trigger? */
export function isStop(flags: number): boolean {
  return orderTypeOf(flags) === OrderType.stop || orderTypeOf(flags) === OrderType.stopLimit;
}

/** May an order of this side with this limit trade at this price? */
export function reaches(side: Side, limitTicks: number, priceTicks: number): boolean {
  return side === Side.buy ? priceTicks <= limitTicks : priceTicks >= limitTicks;
}

/** How much an order of this side can take away from a position. */
export function reducibleLots(side: Side, position: number): number {
  return side === Side.buy ? Math.max(0, -position) : Math.max(0, position);
}

/** What an order shows when it joins its queue. */
export function shownLots(order: NaiveOrder): number {
  if (isUnseen(order)) return 0;
  return order.displayLots > 0 ? Math.min(order.displayLots, order.leavesLots) : order.leavesLots;
}

/** A copy without the book's own fields, for whoever looks at the book from outside. */
export function viewOf(order: NaiveOrder): OrderView {
  const { arrival: _arrival, isHeld: _isHeld, ...view } = order;
  return view;
}
