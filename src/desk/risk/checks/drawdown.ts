import { reducibleLots } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Who has lost too much of the most that there ever was opens nothing more. */
export const drawdown: RiskCheck = {
  reason: "drawdown",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.drawdownMax;
      if (limit === undefined) continue;
      const found = desk.equity.drawdown(scope.row);
      if (found < limit) continue;
      const lots = reducibleLots(request, desk);
      if (lots < request.lots) return allow(request, lots, { scope, limit, found });
    }
    return request.lots;
  },
};
