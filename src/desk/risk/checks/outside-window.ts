import { allowReducing } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Outside a trading window positions may be closed. While the venue has halted the instrument nothing is sent. */
export const outsideWindow: RiskCheck = {
  reason: "outsideWindow",
  lotsAllowed(request, desk) {
    const { nowNs, reference } = request;
    if (reference.isHalted) return allow(request, 0, { limit: 0, found: request.lots });
    for (const scope of request.scopes) {
      const { windowOpensNs = -Infinity, windowClosesNs = Infinity } = scope.limits;
      if (nowNs >= windowOpensNs && nowNs < windowClosesNs) continue;
      const limit = nowNs < windowOpensNs ? windowOpensNs : windowClosesNs;
      return allowReducing(request, desk, { scope, limit, found: nowNs });
    }
    return request.lots;
  },
};
