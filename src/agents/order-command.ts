import { assert } from "../core/assert.ts";
import { INT32_MAX } from "../core/units.ts";
import type { SubmitOrder } from "../model/command.ts";
import { OrderType, SelfTradePrevention, TimeInForce, packFlags } from "../model/order-flags.ts";
import { Side } from "../model/side.ts";
import type { Market, NewOrder } from "./port.ts";

/** An agent's order as a command. Who owns it the venue finds out itself. */
export function orderCommand(market: Market, order: NewOrder, orderId: number): SubmitOrder {
  const orderType = OrderType[order.orderType ?? "limit"];
  const priced = orderType === OrderType.limit || orderType === OrderType.stopLimit;
  checkInt32(order.qtyLots, "qtyLots");
  if (priced) checkInt32(order.priceTicks, "priceTicks");
  if (orderType >= OrderType.stop) checkInt32(order.triggerTicks, "triggerTicks");
  if (order.displayLots !== undefined) checkInt32(order.displayLots, "displayLots");
  return {
    instrument: market.index,
    owner: 0,
    orderId,
    flags: packFlags({
      side: Side[order.side],
      orderType,
      timeInForce: TimeInForce[order.timeInForce ?? "GTC"],
      postOnly: order.postOnly !== undefined,
      slide: order.postOnly === "slide",
      reduceOnly: order.reduceOnly ?? false,
      hidden: order.hidden ?? false,
      selfTradePrevention: SelfTradePrevention[order.selfTradePrevention ?? "none"],
    }),
    priceTicks: priced ? (order.priceTicks ?? 0) : 0,
    qtyLots: order.qtyLots,
    displayLots: order.displayLots ?? 0,
    triggerTicks: order.triggerTicks ?? 0,
    expireTimeNs: order.expireTimeNs ?? 0,
  };
}

/** Records hold int32 words: anything else would be cut silently, so it is an error here. */
export function checkInt32(value: number | undefined, field: string): void {
  assert(value !== undefined && Number.isInteger(value) && value >= -INT32_MAX && value <= INT32_MAX, () => {
    return `${field} is a whole number of at most 2^31 - 1, found ${value}`;
  });
}
