import type { Nanos } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits, OrderType } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import type { OrderBounds } from "./order-bounds.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { owner: OWNER, orderId: ORDER_ID, flags: FLAGS, priceTicks: PRICE_TICKS } = CommandWord;
const { submitOrder: SUBMIT } = RecordKind;
const { none: NONE, priceCollar: COLLAR } = Reason;
const { side: SIDE, typeShift: TYPE_SHIFT, typeMask: TYPE_MASK } = FlagBits;
const { limit: LIMIT, stopLimit: STOP_LIMIT } = OrderType;
const { buy: BUY, sell: SELL } = Side;

export interface PriceCollarOptions {
  /** How far beyond the reference a price may reach, in millionths of it. */
  readonly millionths: number;
  /** A last price that is older is none: the middle of the book stands for it. */
  readonly maxAgeNs: Nanos;
}

/**
 * Refuses limit prices that would pay far too much: buys above, and sells below, what the market has now. The reference
 * is the last trade where it is fresh, else the middle between the best prices, where the book shows both, else the
 * reference price of the instrument before the first trade. Without any of them every price passes.
 */
export class PriceCollar implements VenueRule {
  declare private readonly site: RuleSite;
  declare private readonly options: PriceCollarOptions;
  private lastTicks = 0;
  /** How far from the last price a price may reach. */
  private reachTicks = 0;
  /** Until when the last price is fresh. */
  private freshUntilNs: Nanos = -Infinity;

  constructor(options: PriceCollarOptions, site: RuleSite) {
    this.options = options;
    this.site = site;
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): number {
    const flags = words[at] === SUBMIT ? words[at | FLAGS] : this.flagsOf(words[at | OWNER], words[at | ORDER_ID]);
    const type = (flags >> TYPE_SHIFT) & TYPE_MASK;
    if (type !== LIMIT && type !== STOP_LIMIT) return NONE;
    const reference = nowNs <= this.freshUntilNs ? this.lastTicks : this.middleTicks();
    if (reference === 0) return NONE;
    const price = words[at | PRICE_TICKS];
    const beyond = (flags & SIDE) === BUY ? price - reference : reference - price;
    return beyond * 1_000_000 > reference * this.options.millionths ? COLLAR : NONE;
  }

  /** A price that is fine for either side. The last trade's moves, so only half of what passes is promised. */
  narrow(bounds: OrderBounds): void {
    const reach = Math.floor(this.reachTicks / 2);
    bounds.priceTicksMin = Math.max(bounds.priceTicksMin, this.lastTicks - reach);
    bounds.priceTicksMax = Math.min(bounds.priceTicksMax, this.lastTicks + reach);
    bounds.untilNs = Math.min(bounds.untilNs, this.freshUntilNs);
  }

  onTrade(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): void {
    const price = words[at | TradeWord.priceTicks];
    this.freshUntilNs = nowNs + this.options.maxAgeNs;
    if (price === this.lastTicks) return;
    this.lastTicks = price;
    const reach = Math.floor((price * this.options.millionths) / 1_000_000);
    this.reachTicks = reach;
    const { bounds } = this.site;
    if (price + reach < bounds.priceTicksMax || price - reach > bounds.priceTicksMin) bounds.isStale = true;
  }

  private middleTicks(): number {
    const { book, listed } = this.site;
    const bid = book.bestPriceTicks(BUY);
    const ask = book.bestPriceTicks(SELL);
    if (bid !== 0 && ask !== 0) return (bid + ask) / 2;
    return this.lastTicks === 0 ? listed.instrument.referencePriceTicks : 0;
  }

  /** Of the order that a replace changes; a market order's where there is none. */
  private flagsOf(owner: number, orderId: number): number {
    return this.site.book.peek(owner, orderId)?.flags ?? OrderType.market << TYPE_SHIFT;
  }
}
