import { reducibleLots } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** What is on the restricted list may be sold off, and not bought. */
export const restricted: RiskCheck = {
  reason: "restricted",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      if (scope.limits.isRestricted !== 1) continue;
      const lots = reducibleLots(request, desk);
      if (lots < request.lots) return allow(request, lots, { scope, limit: lots, found: request.lots });
    }
    return request.lots;
  },
};
