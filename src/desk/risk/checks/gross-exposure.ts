import { grossElsewhere } from "../market-value.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";
import { lotsUpToWorst, lotValueOfRequest } from "../room.ts";

/** The values of all positions, long and short alike, in the worst case. */
export const grossExposure: RiskCheck = {
  reason: "grossExposure",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.grossExposureMax;
      if (limit === undefined) continue;
      const elsewhere = grossElsewhere(desk, scope, request.market.number);
      const ofLot = lotValueOfRequest(request, desk);
      const lots = lotsUpToWorst(request, desk, scope, Math.floor((limit - elsewhere) / ofLot));
      if (lots < request.lots) {
        const worst = desk.exposure.worst(scope.row, request.market.number, request.intent.side) + request.lots;
        return allow(request, lots, { scope, limit, found: elsewhere + worst * ofLot });
      }
    }
    return request.lots;
  },
};
