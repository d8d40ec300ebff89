import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** The position in this market after this order and every working one of its side has been filled. */
export const position: RiskCheck = {
  reason: "position",
  lotsAllowed(request, desk) {
    const { side } = request.intent;
    for (const scope of request.scopes) {
      const limit = scope.limits.positionLotsMax;
      if (limit === undefined) continue;
      const worst = desk.exposure.worst(scope.row, request.market.number, side);
      if (worst + request.lots > limit) {
        return allow(request, limit - worst, { scope, limit, found: worst + request.lots });
      }
    }
    return request.lots;
  },
};
