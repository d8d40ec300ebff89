import { reducibleLots } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** In a market that moves more than the scope was made for, nothing is opened. */
export const tooVolatile: RiskCheck = {
  reason: "tooVolatile",
  lotsAllowed(request, desk) {
    const found = request.reference.volatilityMillionths;
    for (const scope of request.scopes) {
      const limit = scope.limits.volatilityMillionthsMax;
      if (limit === undefined || found <= limit) continue;
      const lots = reducibleLots(request, desk);
      if (lots < request.lots) return allow(request, lots, { scope, limit, found });
    }
    return request.lots;
  },
};
