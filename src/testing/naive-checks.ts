import type { BookRules } from "../market/order-book.ts";
import { INT32_MAX } from "../core/units.ts";
import {
  FlagBits,
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  orderTypeOf,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
} from "../model/order-flags.ts";
import { TradingPhase } from "../model/phase.ts";
import { Reason } from "../model/reason.ts";
import { isBarredFromCalls, isPriced, isStop, reducibleLots } from "./naive-order.ts";

/** Orders that a book may hold when its rules do not say. */
const ORDERS_MAX_DEFAULT = 1 << 22;

/** Owners are small numbers, so that tables by owner are arrays. */
const OWNERS_MAX = 1 << 22;

/** What a submit command asks for. */
export interface NaiveSubmission {
  readonly owner: number;
  readonly orderId: number;
  readonly flags: number;
  readonly priceTicks: number;
  readonly qtyLots: number;
  readonly displayLots: number;
  readonly triggerTicks: number;
  readonly expireTimeNs: number;
}

/** What the checks must know of the book. */
export interface NaiveFacts {
  readonly rules: BookRules;
  readonly nowNs: number;
  readonly lastPriceTicks: number;
  readonly orderCount: number;
  readonly phase: TradingPhase;
  isLive(owner: number, orderId: number): boolean;
  position(owner: number): number;
  /** The price beyond which no market order trades now. */
  marketLimit(flags: number): number;
}

type Check = (order: NaiveSubmission, facts: NaiveFacts) => boolean;

/** The checks of a new order in their order; the first that holds is the reason of the rejection. */
const PROBLEMS: readonly (readonly [reason: number, holds: Check])[] = [
  [Reason.halted, (_, { phase }) => phase === TradingPhase.halted],
  [Reason.marketClosed, (_, { phase }) => phase === TradingPhase.closed],
  [Reason.invalidFlags, ({ flags }) => (flags & ~FlagBits.all) !== 0],
  [Reason.invalidFlags, ({ flags }) => timeInForceOf(flags) > TimeInForce.DAY],
  [Reason.invalidFlags, ({ flags }) => selfTradePreventionOf(flags) > SelfTradePrevention.decrement],
  [Reason.invalidFlags, ({ flags }) => isPostOnly(flags) && orderTypeOf(flags) !== OrderType.limit],
  [Reason.invalidFlags, ({ flags }) => isPostOnly(flags) && timeInForceOf(flags) === TimeInForce.IOC],
  [Reason.invalidFlags, ({ flags }) => isPostOnly(flags) && timeInForceOf(flags) === TimeInForce.FOK],
  [Reason.invalidFlags, ({ flags }) => slides(flags) && !isPostOnly(flags)],
  [Reason.invalidQty, ({ qtyLots }, { rules }) => qtyLots < rules.qtyLotsMin || qtyLots > rules.qtyLotsMax],
  [Reason.invalidPrice, (order, { rules }) => isPriced(order.flags) && !isInPriceLimits(order.priceTicks, rules)],
  [Reason.invalidDisplayQty, ({ displayLots, qtyLots }) => displayLots < 0 || displayLots > qtyLots],
  [Reason.invalidDisplayQty, hasTooManyParts],
  [Reason.invalidDisplayQty, ({ displayLots, flags }) => displayLots > 0 && (flags & FlagBits.hidden) !== 0],
  [Reason.invalidDisplayQty, ({ displayLots, flags }) => displayLots > 0 && !isPriced(flags)],
  [Reason.invalidTrigger, (order, { rules }) => isStop(order.flags) && !isInPriceLimits(order.triggerTicks, rules)],
  [
    Reason.invalidExpiry,
    ({ flags, expireTimeNs }, { nowNs }) => timeInForceOf(flags) === TimeInForce.GTD && !(expireTimeNs > nowNs),
  ],
  [
    Reason.invalidExpiry,
    ({ flags }, { rules, nowNs }) =>
      timeInForceOf(flags) === TimeInForce.DAY && rules.sessionEndNs !== undefined && rules.sessionEndNs <= nowNs,
  ],
  [Reason.unknownOwner, ({ owner }) => !isOwner(owner)],
  [Reason.duplicateOrderId, ({ owner, orderId }, facts) => facts.isLive(owner, orderId)],
  [Reason.tooManyOrders, (_, { orderCount, rules }) => orderCount >= (rules.ordersMax ?? ORDERS_MAX_DEFAULT)],
  [
    Reason.notionalTooLarge,
    (order, facts) => hasPrice(order, facts) && isNotionalTooLarge(priced(order, facts), facts.rules),
  ],
  [
    Reason.minNotional,
    (order, facts) => hasPrice(order, facts) && isNotionalTooSmall(priced(order, facts), facts.rules),
  ],
  [
    Reason.priceBand,
    (order, facts) => orderTypeOf(order.flags) === OrderType.limit && isOutsideBand(order.priceTicks, facts),
  ],
  [
    Reason.notInAuction,
    (order, { phase }) => phase === TradingPhase.auction && !isStop(order.flags) && isBarredFromCalls(order),
  ],
  [
    Reason.reduceOnlyWouldIncrease,
    ({ flags, owner }, facts) =>
      facts.phase === TradingPhase.continuous &&
      (flags & FlagBits.reduceOnly) !== 0 &&
      !isStop(flags) &&
      reducibleLots(sideOf(flags), facts.position(owner)) === 0,
  ],
];

/** Why a new order is rejected, `Reason.none` when it is not. Post-only is not looked at here. */
export function problemOfSubmission(order: NaiveSubmission, facts: NaiveFacts): number {
  for (const [reason, holds] of PROBLEMS) {
    if (holds(order, facts)) return reason;
  }
  return Reason.none;
}

/** In a call market orders have a price too. */
function hasPrice({ flags }: NaiveSubmission, { phase }: NaiveFacts): boolean {
  return isPriced(flags) || (phase === TradingPhase.auction && orderTypeOf(flags) === OrderType.market);
}

function priced(order: NaiveSubmission, facts: NaiveFacts): NaiveSubmission {
  return isPriced(order.flags) ? order : { ...order, priceTicks: facts.marketLimit(order.flags) };
}

export function isOwner(owner: number): boolean {
  return owner >= 0 && owner < OWNERS_MAX;
}

export function isPostOnly(flags: number): boolean {
  return (flags & FlagBits.postOnly) !== 0;
}

export function slides(flags: number): boolean {
  return (flags & FlagBits.slide) !== 0;
}

export function isInPriceLimits(priceTicks: number, rules: BookRules): boolean {
  return priceTicks >= rules.priceTicksMin && priceTicks <= rules.priceTicksMax;
}

/** When an order expires; 0 for never. */
export function expiryOf({ flags, expireTimeNs }: NaiveSubmission, rules: BookRules): number {
  if (timeInForceOf(flags) === TimeInForce.GTD) return expireTimeNs;
  return timeInForceOf(flags) === TimeInForce.DAY ? (rules.sessionEndNs ?? 0) : 0;
}

/** Whether an iceberg would need more than 10,000 parts to show itself. */
function hasTooManyParts({
  displayLots,
  qtyLots,
}: {
  readonly displayLots: number;
  readonly qtyLots: number;
}): boolean {
  return displayLots > 0 && qtyLots / displayLots > 10_000;
}

/** What is wrong with an order's new price and total quantity, whatever the book looks like. */
export function problemOfReplace(
  order: Sized & { readonly flags: number; readonly displayLots: number },
  rules: BookRules,
): number {
  if (order.qtyLots < rules.qtyLotsMin || order.qtyLots > rules.qtyLotsMax) return Reason.invalidQty;
  if (hasTooManyParts(order)) return Reason.invalidDisplayQty;
  if (!isPriced(order.flags)) return Reason.none;
  return isInPriceLimits(order.priceTicks, rules) ? problemOfNotional(order, rules) : Reason.invalidPrice;
}

/** Whether price times quantity is too much or too little. */
export function problemOfNotional(order: Sized, rules: BookRules): number {
  if (isNotionalTooLarge(order, rules)) return Reason.notionalTooLarge;
  return isNotionalTooSmall(order, rules) ? Reason.minNotional : Reason.none;
}

type Sized = Pick<NaiveSubmission, "priceTicks" | "qtyLots">;

function isNotionalTooLarge({ priceTicks, qtyLots }: Sized, rules: BookRules): boolean {
  return BigInt(priceTicks) * BigInt(qtyLots) * BigInt(rules.tickLotUnits) > BigInt(Number.MAX_SAFE_INTEGER);
}

function isNotionalTooSmall({ priceTicks, qtyLots }: Sized, rules: BookRules): boolean {
  return BigInt(priceTicks) * BigInt(qtyLots) * BigInt(rules.tickLotUnits) < BigInt(rules.notionalUnitsMin);
}

interface BandFacts {
  readonly rules: BookRules;
  readonly lastPriceTicks: number;
}

export function isOutsideBand(priceTicks: number, facts: BandFacts): boolean {
  const { low, high } = priceBand(facts);
  return priceTicks < low || priceTicks > high;
}

/** The prices that the band allows, both included; all of int32 when there is no band. */
export function priceBand({ rules, lastPriceTicks }: BandFacts): { low: number; high: number } {
  const reference = lastPriceTicks > 0 ? lastPriceTicks : rules.referencePriceTicks;
  if (rules.bandMillionths <= 0 || reference <= 0) return { low: -INT32_MAX, high: INT32_MAX };
  const distance = Number((BigInt(reference) * BigInt(rules.bandMillionths)) / 1_000_000n);
  return { low: reference - distance, high: reference + distance };
}
