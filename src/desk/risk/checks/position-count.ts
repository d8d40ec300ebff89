import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Markets in which a scope holds something or may come to. */
export const positionCount: RiskCheck = {
  reason: "positionCount",
  lotsAllowed(request, desk) {
    const { exposure } = desk;
    for (const scope of request.scopes) {
      const limit = scope.limits.positionsMax;
      if (limit === undefined || exposure.worstOfBoth(scope.row, request.market.number) > 0) continue;
      let open = 0;
      for (const market of scope.markets) if (exposure.worstOfBoth(scope.row, market) > 0) open++;
      if (open >= limit) return allow(request, 0, { scope, limit, found: open + 1 });
    }
    return request.lots;
  },
};
