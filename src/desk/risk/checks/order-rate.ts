import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Orders in a second. */
export const orderRate: RiskCheck = {
  reason: "orderRate",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.ordersPerSecondMax;
      if (limit !== undefined && desk.rates.room(scope.number, limit, request.nowNs) < 1) {
        return allow(request, 0, { scope, limit, found: limit + 1 });
      }
    }
    return request.lots;
  },
};
