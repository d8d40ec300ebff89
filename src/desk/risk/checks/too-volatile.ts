import { allowReducing } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";

/** In a market that moves more than the scope was made for, nothing is opened. */
export const tooVolatile: RiskCheck = {
  reason: "tooVolatile",
  lotsAllowed(request, desk) {
    const found = request.reference.volatilityMillionths;
    for (const scope of request.scopes) {
      const limit = scope.limits.volatilityMillionthsMax;
      if (limit === undefined || found <= limit) continue;
      return allowReducing(request, desk, { scope, limit, found });
    }
    return request.lots;
  },
};
