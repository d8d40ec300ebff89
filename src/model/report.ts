import { FlagBits } from "./order-flags.ts";

/**
 * Reports on orders, 16 int32 words each. All but trades are laid out by `ReportWord`, trades by `TradeWord`.
 *
 * | kind | qtyLots | leavesLots | reason |
 * |---|---|---|---|
 * | orderAccepted | total quantity | the same | none, or `postOnlySlid` when the price was moved |
 * | orderRejected | total quantity | 0 | why |
 * | orderTriggered | what is left | the same | - |
 * | orderCanceled | taken out of the order | what is left; 0 when the order is done | why |
 * | orderExpired | taken out of the order | 0 | - |
 * | orderReplaced | new total quantity | what is left | `keptPriority` or `lostPriority` |
 * | requestRejected | - | - | why a cancel or replace found nothing to do |
 */
export const ReportWord = {
  kind: 0,
  instrument: 1,
  owner: 2,
  orderId: 3,
  flags: 4,
  /** The order's limit price; after `orderReplaced` the new one. */
  priceTicks: 5,
  qtyLots: 6,
  leavesLots: 7,
  /** The venue's public name of the order: the count of orders accepted before it; -1 in rejections. */
  venueOrderId: 8,
  /** A code of the registry in reason.ts. */
  reason: 9,
  /** Filled so far. */
  filledLots: 10,
  /** `orderReplaced`: the price before. `requestRejected`: the kind of the command. */
  previous: 11,
  /** `orderReplaced`: what was left before. */
  previousLeavesLots: 12,
} as const;

/**
 * One match between an incoming (taker) and a resting (maker) order. Fees are float64 in the quote currency's
 * smallest unit (words 12-13 and 14-15), negative for a rebate; 0 until the venue has settled the trade.
 *
 * At the end of a call nobody takes. The buyer stands in the taker's words, the seller in the maker's, `takerFlags` has
 * the bit `IN_AUCTION` beside the buyer's, and until the trade is settled words 12 and 14 hold the limit prices of the
 * two orders (`buyLimitTicks`, `sellLimitTicks`), since the trade is at another price than both.
 */
export const TradeWord = {
  kind: 0,
  instrument: 1,
  takerOwner: 2,
  takerOrderId: 3,
  takerFlags: 4,
  priceTicks: 5,
  qtyLots: 6,
  takerLeavesLots: 7,
  makerOwner: 8,
  makerOrderId: 9,
  makerLeavesLots: 10,
  /** The count of trades before it in this instrument. */
  tradeId: 11,
  takerFeeUnits: 12,
  makerFeeUnits: 14,
} as const;

/** Set in `takerFlags` of a trade at the end of a call: the first bit that no order's flags have. */
export const IN_AUCTION = FlagBits.all + 1;

/** Where such a trade holds the limit prices of its orders until it is settled. */
export const AuctionLimitWord = { buyLimitTicks: 12, sellLimitTicks: 14 } as const;

/** One side of a trade, as its owner is told of it. `feeUnits` is a float64. */
export const FillWord = {
  kind: 0,
  instrument: 1,
  owner: 2,
  orderId: 3,
  side: 4,
  priceTicks: 5,
  qtyLots: 6,
  leavesLots: 7,
  /** 1 where the order was resting, 0 where it took liquidity, 2 at the end of a call. */
  isMaker: 8,
  tradeId: 11,
  feeUnits: 12,
} as const;

/** A fee that no trade has caused, such as one for too many orders. `units`, of the quote asset, is a float64. */
export const ChargeWord = {
  kind: 0,
  instrument: 1,
  owner: 2,
  /** What it is for: a code of the registry in reason.ts. */
  reason: 9,
  units: 12,
} as const;
