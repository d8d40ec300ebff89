import type { Ticks, Units } from "../../core/units.ts";
import type { DeskMarket } from "../listing.ts";

/**
 * Values positions in the asset in which the desk reports. Amounts in that asset are exact; others are converted at a
 * rate and rounded away from 0, so that no exposure is ever counted too small.
 */
export class Valuation {
  readonly reportingAsset: number;
  /** By asset: units of the reporting asset for one of its units; 0 where no rate is known. */
  readonly #rates: Float64Array;

  constructor(reportingAsset: number, assets: number) {
    this.reportingAsset = reportingAsset;
    this.#rates = new Float64Array(assets);
    this.#rates[reportingAsset] = 1;
  }

  setRate(asset: number, rate: number): void {
    if (asset !== this.reportingAsset) this.#rates[asset] = rate;
  }

  /** @returns Infinity where no rate is known: what cannot be valued passes no limit */
  unitsOf(asset: number, units: Units): Units {
    if (asset === this.reportingAsset || units === 0) return units;
    const rate = this.#rates[asset];
    if (!(rate > 0)) return units > 0 ? Infinity : -Infinity;
    return units > 0 ? Math.ceil(units * rate) : Math.floor(units * rate);
  }

  unitsOfLot({ listed }: DeskMarket, priceTicks: Ticks): Units {
    return this.unitsOf(listed.quoteAsset, priceTicks * listed.tickLotUnits);
  }
}
