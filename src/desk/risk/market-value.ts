import type { Units } from "../../core/units.ts";
import { midHalfTicks } from "./reference.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { Scope } from "./scope.ts";

/**
 * What one lot counts for in exposures: its value at the mid, rounded up, in the reporting asset. Infinity where no
 * price is known, for what cannot be valued passes no limit.
 */
export function lotValue({ listing, references, valuation }: RiskDesk, market: number): Units {
  const { listed } = listing.markets[market];
  const mid = midHalfTicks(references[market]);
  return mid === 0 ? Infinity : valuation.unitsOf(listed.quoteAsset, Math.ceil((mid * listed.tickLotUnits) / 2));
}

/** The value of lots; 0 lots are worth 0 whatever one is. */
export function valueOf(lots: number, unitsOfLot: Units): Units {
  return lots === 0 ? 0 : lots * unitsOfLot;
}

/** What a scope could come to hold in all its markets but one, long and short alike. */
export function grossElsewhere(desk: RiskDesk, scope: Scope, market: number): Units {
  let gross = 0;
  for (const other of scope.markets) {
    if (other !== market) gross += valueOf(desk.exposure.worstOfBoth(scope.row, other), lotValue(desk, other));
  }
  return gross;
}
