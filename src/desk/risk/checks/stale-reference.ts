import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Every check of a price needs a price that is not too old. A market order needs one in any case. */
export const staleReference: RiskCheck = {
  reason: "staleReference",
  lotsAllowed(request) {
    const ageNs = request.nowNs - request.reference.updatedNs;
    if (request.priceTicks === 0) return allow(request, 0, { limit: 0, found: ageNs });
    for (const scope of request.scopes) {
      const limit = scope.limits.referenceAgeNsMax;
      if (limit !== undefined && ageNs > limit) return allow(request, 0, { scope, limit, found: ageNs });
    }
    return request.lots;
  },
};
