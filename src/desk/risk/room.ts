import type { Lots, Units } from "../../core/units.ts";
import { lotValue } from "./market-value.ts";
import type { RiskRequest } from "./request.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { Scope } from "./scope.ts";

/** What one lot of the order counts for: the dearer of its own price and the mid. */
export function lotValueOfRequest(request: RiskRequest, desk: RiskDesk): Units {
  const atMid = lotValue(desk, request.market.number);
  return atMid === Infinity ? request.unitsOfLot : Math.max(request.unitsOfLot, atMid);
}

/**
 * How large an order may be so that a scope's worst case in the order's market stays within so many lots, or at least
 * gets no worse than it is: an order that makes a position smaller passes also where the limit has long been passed.
 */
export function lotsUpToWorst(request: RiskRequest, { exposure }: RiskDesk, scope: Scope, worstMax: Lots): Lots {
  const market = request.market.number;
  const allowed = Math.max(worstMax, exposure.worstOfBoth(scope.row, market));
  return allowed - exposure.worst(scope.row, market, request.intent.side);
}
