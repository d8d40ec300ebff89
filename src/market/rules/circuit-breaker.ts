import type { Nanos } from "../../core/units.ts";
import { PhaseChangedWord, TradingPhase } from "../../model/phase.ts";
import { Reason } from "../../model/reason.ts";
import { TradeWord } from "../../model/report.ts";
import { RollingRange } from "./rolling-range.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { priceTicks: PRICE_TICKS } = TradeWord;
const { phase: PHASE } = PhaseChangedWord;

export interface CircuitBreakerOptions {
  /** How far the price may move within the window, up or down. */
  readonly moveMillionths: number;
  readonly windowNs: Nanos;
  /** How long trading is halted, and how long orders gather before it goes on. */
  readonly haltNs: Nanos;
  readonly reopeningNs: Nanos;
}

/**
 * Halts an instrument whose price moves too far in too short a time: when a trade's price is more than that away from
 * the lowest or the highest price of the window up to it. The command that made the trade is over then, so no order is
 * stopped halfway. After a halt the window begins anew, with the price of the reopening auction.
 */
export class CircuitBreaker implements VenueRule {
  declare private readonly options: CircuitBreakerOptions;
  declare private readonly site: RuleSite;
  declare private readonly range: RollingRange;

  constructor(options: CircuitBreakerOptions, site: RuleSite) {
    this.options = options;
    this.site = site;
    this.range = new RollingRange(options.windowNs);
  }

  onTrade(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): void {
    const { phase } = this.site.book;
    if (phase === TradingPhase.halted || phase === TradingPhase.closed) return;
    const { range } = this;
    const { moveMillionths, haltNs, reopeningNs } = this.options;
    const price = words[at | PRICE_TICKS];
    range.add(nowNs, price);
    // In whole numbers: prices are below 2^31 and millionths at most 10^6, so products are below 2^51.
    const isUp = (price - range.low) * 1_000_000 > range.low * moveMillionths;
    const isDown = (range.high - price) * 1_000_000 > range.high * moveMillionths;
    if (isUp || isDown) this.site.phases.haltNow({ reason: Reason.circuitBreaker, haltNs, reopeningNs }, nowNs);
  }

  onPhase(words: Int32Array, _doubles: Float64Array, at: number): void {
    if (words[at | PHASE] === TradingPhase.halted) this.range.clear();
  }
}
