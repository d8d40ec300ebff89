import type { OrderBook, OrderView } from "../market/order-book.ts";
import { OrderType, orderTypeOf, sideOf } from "../model/order-flags.ts";
import { Side } from "../model/side.ts";
import { expectEqual, fail } from "./check-error.ts";

/**
 * Asks a book everything that it answers, and compares with the list of its orders.
 * @throws {BookCheckError} when an answer does not fit the list
 */
export function checkAnswers(book: OrderBook): void {
  const orders = book.orders();
  expectEqual(book.orderCount, orders.length, "orderCount");
  const expiries = orders.map(({ expireTimeNs }) => expireTimeNs).filter((time) => time !== 0);
  expectEqual(book.nextExpiryNs, Math.min(...expiries), "nextExpiryNs");
  for (const side of [Side.buy, Side.sell]) {
    checkLevels(
      book,
      side,
      orders.filter((order) => sideOf(order.flags) === side && order.visibleLots > 0),
    );
  }
  for (const order of orders) {
    const found = book.find(order.owner, order.orderId);
    if (JSON.stringify(found) !== JSON.stringify(order)) fail(`find(${order.owner}, ${order.orderId}) differs`);
    const type = orderTypeOf(order.flags);
    if (order.triggerTicks === 0 && type !== OrderType.limit) fail(`#${order.venueOrderId} rests without a price`);
  }
}

function checkLevels(book: OrderBook, side: Side, visible: readonly OrderView[]): void {
  const name = side === Side.buy ? "bid" : "ask";
  let priceTicks = book.bestPriceTicks(side);
  for (let place = 0; place < visible.length;) {
    const level = visible.slice(place).filter((order) => order.priceTicks === visible[place].priceTicks);
    expectEqual(priceTicks, visible[place].priceTicks, `price of the next ${name}`);
    expectEqual(book.levelOrders(side, priceTicks), level.length, `orders of the ${name} at ${priceTicks}`);
    const lots = level.reduce((sum, { visibleLots }) => sum + visibleLots, 0);
    expectEqual(book.levelLots(side, priceTicks), lots, `lots of the ${name} at ${priceTicks}`);
    priceTicks = book.nextPriceTicks(side, priceTicks);
    place += level.length;
  }
  expectEqual(priceTicks, 0, `price behind the last ${name}`);
}
