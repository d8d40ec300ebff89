import { reducibleLots } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** On data that cannot be trusted nothing is opened. */
export const feedDegraded: RiskCheck = {
  reason: "feedDegraded",
  lotsAllowed(request, desk) {
    if (!request.reference.isDegraded) return request.lots;
    const lots = reducibleLots(request, desk);
    return lots >= request.lots ? request.lots : allow(request, lots, { limit: lots, found: request.lots });
  },
};
