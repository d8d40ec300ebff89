import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";
import { assetGiven, unitsGivenForLot } from "../given.ts";

/** What the order gives must be there, besides what is set aside for others. */
export const freeBalance: RiskCheck = {
  reason: "freeBalance",
  lotsAllowed(request, desk) {
    const free = desk.funds.free(request.market.venue, assetGiven(request));
    const ofLot = unitsGivenForLot(request);
    const found = request.lots * ofLot;
    return found <= free ? request.lots : allow(request, Math.floor(free / ofLot), { limit: free, found });
  },
};
