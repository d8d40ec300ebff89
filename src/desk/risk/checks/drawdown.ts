import { allowReducing } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";

/** Who has lost too much of the most that there ever was opens nothing more. */
export const drawdown: RiskCheck = {
  reason: "drawdown",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.drawdownMax;
      if (limit === undefined) continue;
      const found = desk.equity.drawdown(scope.row);
      // Said so that an equity which is no number opens nothing either.
      if (!(found < limit)) return allowReducing(request, desk, { scope, limit, found });
    }
    return request.lots;
  },
};
