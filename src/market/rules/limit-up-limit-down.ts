import type { Nanos, Ticks } from "../../core/units.ts";
import { TradingPhase } from "../../model/phase.ts";
import { Reason } from "../../model/reason.ts";
import { ReportWord, TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import { RollingMean } from "./rolling-mean.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { priceTicks: PRICE_TICKS } = TradeWord;
const { priceTicks: REPORT_PRICE_TICKS } = ReportWord;

export interface LimitUpLimitDownOptions {
  /** Half the width of the band around the reference price. */
  readonly bandMillionths: number;
  /** The reference is the mean price of the trades in so long a time. */
  readonly windowNs: Nanos;
  /** How long the market may stand at a limit before it is halted. */
  readonly limitStateNs: Nanos;
  readonly haltNs: Nanos;
  readonly reopeningNs: Nanos;
}

/** The reference moves with the trades at most so many times a window. */
const UPDATES_PER_WINDOW = 64;

/**
 * Keeps prices within a band around a reference that follows the trades slowly: their mean price over some minutes. The
 * book refuses limit prices outside of the band and stops market orders at its edge (`priceBand`), as with any band. When
 * the best bid stands at the upper edge, or the best ask at the lower one, the market is in a limit state: somebody would
 * trade beyond the band. If that lasts too long, trading is halted and reopened by an auction, around whose price the
 * next band lies.
 *
 * An order that rests keeps its price when the band moves past it: it was fair when it came.
 */
export class LimitUpLimitDown implements VenueRule {
  /** When the limit state will have lasted too long, or the reference may have moved. */
  nextWakeNs: Nanos = Infinity;
  declare private readonly options: LimitUpLimitDownOptions;
  declare private readonly site: RuleSite;
  private mean: RollingMean;
  private referenceTicks = 0;
  private upperTicks = 0;
  private lowerTicks = 0;
  private updateNs: Nanos = 0;
  /** Since when the market is in a limit state; Infinity while it is not. */
  private limitSinceNs: Nanos = Infinity;

  constructor(options: LimitUpLimitDownOptions, site: RuleSite) {
    this.options = options;
    this.site = site;
    this.mean = new RollingMean(options.windowNs);
    this.refer(site.listed.instrument.referencePriceTicks);
  }

  onTrade(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): void {
    const price = words[at | PRICE_TICKS];
    this.mean.add(nowNs, price);
    if (nowNs >= this.updateNs || this.referenceTicks === 0) this.moveReference(nowNs);
    // Whoever stands at a limit would have traded there.
    else if (this.limitSinceNs === Infinity && price < this.upperTicks && price > this.lowerTicks) return;
    this.watchLimits(nowNs);
  }

  onOrder(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): void {
    const price = words[at | REPORT_PRICE_TICKS];
    // Nobody comes to a limit by an order within the band, and whoever leaves the book only leads away from it.
    if (this.limitSinceNs === Infinity && price < this.upperTicks && price > this.lowerTicks) return;
    this.watchLimits(nowNs);
  }

  /** After a halt the reference is the price of the reopening auction. */
  onPhase(): void {
    this.limitSinceNs = Infinity;
    this.nextWakeNs = Infinity;
    if (this.site.book.phase !== TradingPhase.halted) return;
    this.mean = new RollingMean(this.options.windowNs);
    this.refer(0);
  }

  wake(nowNs: Nanos): void {
    const { limitStateNs, haltNs, reopeningNs } = this.options;
    this.nextWakeNs = Infinity;
    this.moveReference(nowNs);
    this.watchLimits(nowNs);
    if (nowNs - this.limitSinceNs >= limitStateNs)
      this.site.phases.haltNow({ reason: Reason.limitState, haltNs, reopeningNs }, nowNs);
  }

  private moveReference(nowNs: Nanos): void {
    this.updateNs = nowNs + this.options.windowNs / UPDATES_PER_WINDOW;
    const mean = this.mean.at(nowNs);
    if (mean === 0 || mean === this.referenceTicks) return;
    this.refer(mean);
  }

  private refer(referenceTicks: Ticks): void {
    const band = Math.floor((referenceTicks * this.options.bandMillionths) / 1_000_000);
    this.referenceTicks = referenceTicks;
    this.upperTicks = referenceTicks + band;
    this.lowerTicks = referenceTicks - band;
    this.site.book.setBandReference(referenceTicks);
  }

  private watchLimits(nowNs: Nanos): void {
    const { book } = this.site;
    const isLimit = book.phase === TradingPhase.continuous && this.isAtLimit();
    if (!isLimit) {
      this.limitSinceNs = Infinity;
      this.nextWakeNs = Infinity;
    } else if (this.limitSinceNs === Infinity) {
      this.limitSinceNs = nowNs;
      this.nextWakeNs = nowNs + this.options.limitStateNs;
    }
  }

  private isAtLimit(): boolean {
    const { book } = this.site;
    if (this.referenceTicks === 0) return false;
    const bid = book.bestPriceTicks(Side.buy);
    const ask = book.bestPriceTicks(Side.sell);
    return bid >= this.upperTicks || (ask !== 0 && ask <= this.lowerTicks);
  }
}
