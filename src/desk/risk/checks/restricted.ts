import { allowReducing } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";

/** What is on the restricted list may be sold off, and not bought. */
export const restricted: RiskCheck = {
  reason: "restricted",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      if (scope.limits.isRestricted === 1) return allowReducing(request, desk, { scope });
    }
    return request.lots;
  },
};
