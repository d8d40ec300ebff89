import type { Nanos } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits, OrderType } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { owner: OWNER, orderId: ORDER_ID, flags: FLAGS, priceTicks: PRICE_TICKS } = CommandWord;
const { cancelOrder: CANCEL, submitOrder: SUBMIT } = RecordKind;
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
  private lastAtNs: Nanos = -Infinity;

  constructor(options: PriceCollarOptions, site: RuleSite) {
    this.options = options;
    this.site = site;
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): number {
    const kind = words[at];
    if (kind === CANCEL) return NONE;
    const flags = kind === SUBMIT ? words[at | FLAGS] : this.flagsOf(words[at | OWNER], words[at | ORDER_ID]);
    const type = (flags >> TYPE_SHIFT) & TYPE_MASK;
    if (type !== LIMIT && type !== STOP_LIMIT) return NONE;
    const fresh = nowNs - this.lastAtNs <= this.options.maxAgeNs;
    const reference = fresh ? this.lastTicks : this.middleTicks();
    if (reference === 0) return NONE;
    const beyond = (flags & SIDE) === BUY ? words[at | PRICE_TICKS] - reference : reference - words[at | PRICE_TICKS];
    return beyond * 1_000_000 > reference * this.options.millionths ? COLLAR : NONE;
  }

  onTrade(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): void {
    this.lastTicks = words[at | TradeWord.priceTicks];
    this.lastAtNs = nowNs;
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
