import { RollingHash } from "../core/hash.ts";
import type { OrderBook } from "./order-book.ts";

/** A hash of a book's orders, in order of execution, and of its last trade. Positions are not in it. 32 hex digits. */
export function bookHash(book: OrderBook): string {
  const hash = new RollingHash();
  hash.four(book.lastPriceTicks, book.tradeCount, book.orderCount, book.rules.instrument);
  const expiry = new Float64Array(1);
  const expiryWords = new Int32Array(expiry.buffer);
  for (const order of book.orders()) {
    expiry[0] = order.expireTimeNs;
    hash.four(order.owner, order.orderId, order.venueOrderId, order.flags);
    hash.four(order.priceTicks, order.triggerTicks, order.leavesLots, order.visibleLots);
    hash.four(order.displayLots, order.filledLots, expiryWords[0], expiryWords[1]);
  }
  return hash.digest();
}
