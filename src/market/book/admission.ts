import { INT32_MAX } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import {
  FlagBits,
  OrderType,
  orderTypeOf,
  selfTradePreventionOf,
  SelfTradePrevention,
  TimeInForce,
  timeInForceOf,
} from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import type { BookRules } from "../order-book.ts";
import { OWNERS_MAX } from "./owner-table.ts";

/** Parts that an iceberg may have: each is a trade of its own, and one order may meet them all in one command. */
export const ICEBERG_PARTS_MAX = 10_000;

/** Whether an order of this size would show itself in too many parts; one that shows all has no parts. */
export function hasTooManyParts(qtyLots: number, displayLots: number): boolean {
  return displayLots > 0 && qtyLots > displayLots * ICEBERG_PARTS_MAX;
}

const FLAGS_MAX = FlagBits.all;
const SAFE_MAX = Number.MAX_SAFE_INTEGER;
const IMPOSSIBLE = 0;
const PLAIN = 2;

/** For each flags word: 0 an impossible combination of choices, 2 a plain limit order good till canceled, 1 any other. */
const flagsTable: Uint8Array = Uint8Array.from({ length: FLAGS_MAX + 1 }, (_, flags) => {
  if (!isPossible(flags)) return IMPOSSIBLE;
  return (flags & ~(FlagBits.side | (FlagBits.selfTradeMask << FlagBits.selfTradeShift))) === 0 ? PLAIN : 1;
});

function isPossible(flags: number): boolean {
  const timeInForce = timeInForceOf(flags);
  if (timeInForce > TimeInForce.DAY || selfTradePreventionOf(flags) > SelfTradePrevention.decrement) return false;
  if ((flags & FlagBits.postOnly) === 0) return (flags & FlagBits.slide) === 0;
  return orderTypeOf(flags) === OrderType.limit && timeInForce !== TimeInForce.IOC && timeInForce !== TimeInForce.FOK;
}

/** Whether orders of this flags word have a limit price (limit and stop-limit do). */
export function isPriced(flags: number): boolean {
  const type = orderTypeOf(flags);
  return type === OrderType.limit || type === OrderType.stopLimit;
}

/** Whether orders of this flags word wait for a trigger. */
export function isStop(flags: number): boolean {
  return orderTypeOf(flags) >= OrderType.stop;
}

/** Whether orders of this flags word expire by themselves. */
export function expires(flags: number): boolean {
  return timeInForceOf(flags) >= TimeInForce.GTD;
}

/** Checks what a new order says of itself, before the book is looked at. */
export class Admission {
  declare private readonly rules: BookRules;
  declare private readonly priceMin: number;
  declare private readonly priceMax: number;
  declare private readonly qtyMin: number;
  declare private readonly qtyMax: number;
  declare private readonly tickLotUnits: number;
  declare private readonly notionalMin: number;

  constructor(rules: BookRules) {
    this.rules = rules;
    this.priceMin = rules.priceTicksMin;
    this.priceMax = rules.priceTicksMax;
    this.qtyMin = rules.qtyLotsMin;
    this.qtyMax = rules.qtyLotsMax;
    this.tickLotUnits = rules.tickLotUnits;
    this.notionalMin = rules.notionalUnitsMin;
  }

  /** Whether these belong to a plain limit order, good till canceled, of which `check` would find nothing wrong. */
  isPlain(flags: number, price: number, qty: number): boolean {
    if (flags >>> 0 > FLAGS_MAX || flagsTable[flags] !== PLAIN) return false;
    if (price < this.priceMin || price > this.priceMax || qty < this.qtyMin || qty > this.qtyMax) return false;
    const notional = price * qty * this.tickLotUnits;
    return notional <= SAFE_MAX && notional >= this.notionalMin;
  }

  /** @returns a reason code */
  check(words: Int32Array, doubles: Float64Array, at: number, nowNs: number): number {
    const flags = words[at + CommandWord.flags];
    const qty = words[at + CommandWord.qtyLots];
    if (flags >>> 0 > FLAGS_MAX || flagsTable[flags] === IMPOSSIBLE) return Reason.invalidFlags;
    if (qty < this.qtyMin || qty > this.qtyMax) return Reason.invalidQty;
    const priced = isPriced(flags);
    if (priced && isOutside(this.rules, words[at + CommandWord.priceTicks])) return Reason.invalidPrice;
    const display = words[at + CommandWord.displayLots];
    if (
      display !== 0 &&
      (display < 0 || display > qty || hasTooManyParts(qty, display) || (flags & FlagBits.hidden) !== 0 || !priced)
    ) {
      return Reason.invalidDisplayQty;
    }
    if (isStop(flags) && isOutside(this.rules, words[at + CommandWord.triggerTicks])) return Reason.invalidTrigger;
    if (expires(flags) && !this.isAhead(flags, doubles[(at + CommandWord.expireTimeNs) >> 1], nowNs))
      return Reason.invalidExpiry;
    return words[at + CommandWord.owner] >>> 0 >= OWNERS_MAX ? Reason.unknownOwner : Reason.none;
  }

  /** When an order of these flags expires; 0 for never. */
  expiryOf(flags: number, expireTimeNs: number): number {
    const timeInForce = timeInForceOf(flags);
    if (timeInForce === TimeInForce.GTD) return expireTimeNs;
    return timeInForce === TimeInForce.DAY ? (this.rules.sessionEndNs ?? 0) : 0;
  }

  private isAhead(flags: number, expireTimeNs: number, nowNs: number): boolean {
    if (timeInForceOf(flags) === TimeInForce.DAY && this.rules.sessionEndNs === undefined) return true;
    return this.expiryOf(flags, expireTimeNs) > nowNs;
  }
}

export function isOutside(rules: BookRules, priceTicks: number): boolean {
  return priceTicks < rules.priceTicksMin || priceTicks > rules.priceTicksMax;
}

/** Checks the notional of a priced order. @returns a reason code */
export function checkNotional(rules: BookRules, priceTicks: number, qtyLots: number): number {
  // Int32 times int32 is at most 2^62: as a float64 it may be rounded, but never across 2^53.
  const notional = priceTicks * qtyLots * rules.tickLotUnits;
  if (notional > Number.MAX_SAFE_INTEGER) return Reason.notionalTooLarge;
  return notional < rules.notionalUnitsMin ? Reason.minNotional : Reason.none;
}

/** How far from the reference a price may be, in ticks; INT32_MAX where there is no band. */
export function bandTicks(rules: BookRules, referenceTicks: number): number {
  if (rules.bandMillionths === 0 || referenceTicks === 0) return INT32_MAX;
  return Math.floor((referenceTicks * rules.bandMillionths) / 1_000_000);
}
