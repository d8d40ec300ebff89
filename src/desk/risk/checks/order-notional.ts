import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** The largest value of an order, at the worst price at which it would trade. */
export const orderNotional: RiskCheck = {
  reason: "orderNotional",
  lotsAllowed(request) {
    for (const scope of request.scopes) {
      const limit = scope.limits.orderNotionalMax;
      if (limit === undefined) continue;
      const found = request.lots * request.unitsOfLot;
      if (found > limit) return allow(request, Math.floor(limit / request.unitsOfLot), { scope, limit, found });
    }
    return request.lots;
  },
};
