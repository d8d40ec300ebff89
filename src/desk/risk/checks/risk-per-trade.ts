import { reducibleLots } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** What would be lost if the stop were reached. An intent without a stop risks all that it costs. */
export const riskPerTrade: RiskCheck = {
  reason: "riskPerTrade",
  lotsAllowed(request, desk) {
    const { stopTicks = 0 } = request.intent;
    for (const scope of request.scopes) {
      const limit = scope.limits.tradeRiskMax;
      if (limit === undefined) continue;
      const ofLot = desk.valuation.unitsOfLot(request.market, Math.abs(request.priceTicks - stopTicks));
      const found = request.lots * ofLot;
      if (found <= limit) continue;
      const lots = Math.max(Math.floor(limit / ofLot), reducibleLots(request, desk));
      if (lots < request.lots) return allow(request, lots, { scope, limit, found });
    }
    return request.lots;
  },
};
