import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** The largest order. */
export const orderSize: RiskCheck = {
  reason: "orderSize",
  lotsAllowed(request) {
    for (const scope of request.scopes) {
      const limit = scope.limits.orderLotsMax;
      if (limit !== undefined && request.lots > limit) {
        return allow(request, limit, { scope, limit, found: request.lots });
      }
    }
    return request.lots;
  },
};
