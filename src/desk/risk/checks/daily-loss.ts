import { reducibleLots } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Who has lost as much as a day may cost opens nothing more today. */
export const dailyLoss: RiskCheck = {
  reason: "dailyLoss",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.dailyLossMax;
      if (limit === undefined) continue;
      const found = desk.equity.dailyLoss(scope.row);
      if (found < limit) continue;
      const lots = reducibleLots(request, desk);
      if (lots < request.lots) return allow(request, lots, { scope, limit, found });
    }
    return request.lots;
  },
};
