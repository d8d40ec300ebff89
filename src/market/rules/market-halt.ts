import type { Nanos } from "../../core/units.ts";
import { Reason } from "../../model/reason.ts";
import { TradeWord } from "../../model/report.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { instrument: INSTRUMENT, priceTicks: PRICE_TICKS } = TradeWord;

const MILLION = 1_000_000;

/** One step of a decline. */
export interface MarketHaltLevel {
  readonly declineMillionths: number;
  /** Infinity: for the rest of the run. */
  readonly haltNs: Nanos;
}

export interface MarketHaltOptions {
  /** From the smallest decline to the largest; each halts the market once. */
  readonly levels: readonly MarketHaltLevel[];
  readonly reopeningNs: Nanos;
}

/**
 * Halts all instruments of a venue when the market as a whole falls: the mean, over the instruments, of the last price
 * as a part of the reference price (or of the first trade's price where there is no reference).
 */
export class MarketHalt implements VenueRule {
  declare private readonly options: MarketHaltOptions;
  private readonly sites: RuleSite[] = [];
  /** By instrument: its price at the beginning, 0 while nothing is known, and its last one in millionths of that. */
  private readonly references: number[] = [];
  private readonly parts: number[] = [];
  /** Sum of the parts of all instruments. */
  private sum = 0;
  /** Levels that have been reached. */
  private reached = 0;

  constructor(options: MarketHaltOptions) {
    this.options = options;
  }

  join(site: RuleSite): void {
    const { index, instrument } = site.listed;
    this.sites.push(site);
    this.references[index] = instrument.referencePriceTicks;
    this.parts[index] = MILLION;
    this.sum += MILLION;
  }

  onTrade(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): void {
    const instrument = words[at | INSTRUMENT];
    const price = words[at | PRICE_TICKS];
    if (this.references[instrument] === 0) this.references[instrument] = price;
    // Whole numbers, so that a level is reached at exactly its decline.
    const part = Math.round((price * MILLION) / this.references[instrument]);
    this.sum += part - this.parts[instrument];
    this.parts[instrument] = part;
    const { levels, reopeningNs } = this.options;
    const count = this.sites.length;
    const decline = count * MILLION - this.sum;
    let level = this.reached;
    while (level < levels.length && decline >= levels[level].declineMillionths * count) level++;
    if (level === this.reached) return;
    this.reached = level;
    const { haltNs } = levels[level - 1];
    for (const site of this.sites) site.phases.haltNow({ reason: Reason.marketHalt, haltNs, reopeningNs }, nowNs);
  }
}
