import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";
import { lotsUpToWorst, lotValueOfRequest } from "../room.ts";

const MILLIONTHS = 1_000_000;

/** One market's share of what the scope owns. */
export const concentration: RiskCheck = {
  reason: "concentration",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.concentrationMillionthsMax;
      if (limit === undefined) continue;
      const equity = desk.equity.equity(scope.row);
      const ofLot = lotValueOfRequest(request, desk);
      const lots = lotsUpToWorst(request, desk, scope, Math.floor(((equity / MILLIONTHS) * limit) / ofLot));
      if (lots >= request.lots) continue;
      const worst = desk.exposure.worst(scope.row, request.market.number, request.intent.side) + request.lots;
      const found = equity > 0 ? ((worst * ofLot) / equity) * MILLIONTHS : Infinity;
      return allow(request, lots, { scope, limit, found });
    }
    return request.lots;
  },
};
