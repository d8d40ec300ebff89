import type { Side } from "./side.ts";

export const OrderType = { limit: 0, market: 1, stop: 2, stopLimit: 3 } as const;
export type OrderType = (typeof OrderType)[keyof typeof OrderType];
export type OrderTypeName = keyof typeof OrderType;

export const TimeInForce = { GTC: 0, IOC: 1, FOK: 2, GTD: 3, DAY: 4 } as const;
export type TimeInForce = (typeof TimeInForce)[keyof typeof TimeInForce];
export type TimeInForceName = keyof typeof TimeInForce;

/** What happens when an order would trade with one of the same owner. The taker's choice decides. */
export const SelfTradePrevention = { none: 0, cancelTaker: 1, cancelMaker: 2, cancelBoth: 3, decrement: 4 } as const;
export type SelfTradePrevention = (typeof SelfTradePrevention)[keyof typeof SelfTradePrevention];
export type SelfTradePreventionName = keyof typeof SelfTradePrevention;

/**
 * The choices of an order, packed into one word:
 *
 *     bit 0 side · 1-2 order type · 3-5 time in force · 6 post-only · 7 slide · 8 reduce-only · 9 hidden · 10-12 self-trade prevention
 */
export const FlagBits = {
  side: 0x1,
  typeShift: 1,
  typeMask: 0x3,
  timeInForceShift: 3,
  timeInForceMask: 0x7,
  postOnly: 0x40,
  slide: 0x80,
  reduceOnly: 0x100,
  hidden: 0x200,
  selfTradeShift: 10,
  selfTradeMask: 0x7,
  all: 0x1fff,
} as const;

export interface OrderFlags {
  readonly side: Side;
  readonly orderType?: OrderType;
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
  /** With post-only: move the price one tick away from the opposite side instead of rejecting. */
  readonly slide?: boolean;
  readonly reduceOnly?: boolean;
  readonly hidden?: boolean;
  readonly selfTradePrevention?: SelfTradePrevention;
}

/** Packs an order's choices into the flags word. What is left out is a plain limit order, good till canceled. */
export function packFlags(flags: OrderFlags): number {
  return (
    flags.side |
    ((flags.orderType ?? OrderType.limit) << FlagBits.typeShift) |
    ((flags.timeInForce ?? TimeInForce.GTC) << FlagBits.timeInForceShift) |
    (flags.postOnly ? FlagBits.postOnly : 0) |
    (flags.slide ? FlagBits.slide : 0) |
    (flags.reduceOnly ? FlagBits.reduceOnly : 0) |
    (flags.hidden ? FlagBits.hidden : 0) |
    ((flags.selfTradePrevention ?? SelfTradePrevention.none) << FlagBits.selfTradeShift)
  );
}

export function sideOf(flags: number): Side {
  return (flags & FlagBits.side) as Side;
}

export function orderTypeOf(flags: number): OrderType {
  return ((flags >>> FlagBits.typeShift) & FlagBits.typeMask) as OrderType;
}

export function timeInForceOf(flags: number): TimeInForce {
  return ((flags >>> FlagBits.timeInForceShift) & FlagBits.timeInForceMask) as TimeInForce;
}

export function selfTradePreventionOf(flags: number): SelfTradePrevention {
  return ((flags >>> FlagBits.selfTradeShift) & FlagBits.selfTradeMask) as SelfTradePrevention;
}
