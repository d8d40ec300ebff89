import type { Lots, Units } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits, OrderType } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import type { OrderBounds } from "./order-bounds.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { flags: FLAGS, priceTicks: PRICE_TICKS, qtyLots: QTY_LOTS } = CommandWord;
const { submitOrder: SUBMIT } = RecordKind;
const { none: NONE, orderTooLarge: TOO_LARGE, notionalLimit: NOTIONAL_LIMIT } = Reason;
const { typeShift: TYPE_SHIFT, typeMask: TYPE_MASK } = FlagBits;
const { limit: LIMIT, stopLimit: STOP_LIMIT } = OrderType;

export interface OrderLimitsOptions {
  /** Lots of an order; Infinity for any. A replace counts its new total. */
  readonly qtyLotsMax: Lots;
  /** Price times quantity of an order, in units of the quote asset; Infinity for any. */
  readonly notionalUnitsMax: Units;
}

/**
 * Refuses orders that are too large, in lots or in money. What a market or stop order would pay is unknown before it
 * trades: the last price stands for it, or the reference price before the first trade.
 */
export class OrderLimits implements VenueRule {
  declare private readonly site: RuleSite;
  declare private readonly qtyLotsMax: number;
  /** The notional in ticks times lots. */
  declare private readonly tickLotsMax: number;

  constructor(options: OrderLimitsOptions, site: RuleSite) {
    this.site = site;
    this.qtyLotsMax = options.qtyLotsMax;
    this.tickLotsMax = Math.floor(options.notionalUnitsMax / site.listed.tickLotUnits);
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number): number {
    const qty = words[at | QTY_LOTS];
    if (qty > this.qtyLotsMax) return TOO_LARGE;
    const type = words[at] === SUBMIT ? (words[at | FLAGS] >> TYPE_SHIFT) & TYPE_MASK : LIMIT;
    const isPriced = type === LIMIT || type === STOP_LIMIT;
    const price = isPriced ? words[at | PRICE_TICKS] : this.marketPriceTicks();
    // A product of two int32 may pass 2^53, where it is rounded, but never down across the limit.
    return price * qty > this.tickLotsMax ? NOTIONAL_LIMIT : NONE;
  }

  narrow(bounds: OrderBounds): void {
    bounds.lotsMax = Math.min(bounds.lotsMax, this.qtyLotsMax);
    bounds.tickLotsMax = Math.min(bounds.tickLotsMax, this.tickLotsMax);
  }

  private marketPriceTicks(): number {
    const { book, listed } = this.site;
    return book.lastPriceTicks || listed.instrument.referencePriceTicks;
  }
}
