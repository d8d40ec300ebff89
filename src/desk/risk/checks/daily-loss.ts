import { allowReducing } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";

/** Who has lost as much as a day may cost opens nothing more today. */
export const dailyLoss: RiskCheck = {
  reason: "dailyLoss",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.dailyLossMax;
      if (limit === undefined) continue;
      const found = desk.equity.dailyLoss(scope.row);
      // Said so that an equity which is no number opens nothing either.
      if (!(found < limit)) return allowReducing(request, desk, { scope, limit, found });
    }
    return request.lots;
  },
};
