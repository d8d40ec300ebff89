import type { Lots } from "../../../core/units.ts";
import { lotValue, valueOf } from "../market-value.ts";
import type { RiskCheck, RiskRequest } from "../request.ts";
import { allow } from "../request.ts";
import { lotValueOfRequest } from "../room.ts";
import type { RiskDesk } from "../risk-desk.ts";
import type { Scope } from "../scope.ts";

/** Long positions less short ones, if every working order of the order's side is filled and none of the other. */
export const netExposure: RiskCheck = {
  reason: "netExposure",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      const limit = scope.limits.netExposureMax;
      if (limit === undefined) continue;
      const net = netWorst(request, desk, scope);
      const ofLot = lotValueOfRequest(request, desk);
      const lots: Lots = Math.max(0, Math.floor((limit - net) / ofLot));
      if (lots < request.lots) return allow(request, lots, { scope, limit, found: net + request.lots * ofLot });
    }
    return request.lots;
  },
};

/** Of a purchase how far long the scope may come to be, of a sale how far short. */
function netWorst({ intent }: RiskRequest, desk: RiskDesk, { row, markets }: Scope): number {
  let net = 0;
  for (const market of markets) net += valueOf(desk.exposure.worst(row, market, intent.side), lotValue(desk, market));
  return net;
}
