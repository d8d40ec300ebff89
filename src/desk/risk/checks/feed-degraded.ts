import { allowReducing } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";

/** On data that cannot be trusted nothing is opened. */
export const feedDegraded: RiskCheck = {
  reason: "feedDegraded",
  lotsAllowed(request, desk) {
    return request.reference.isDegraded ? allowReducing(request, desk) : request.lots;
  },
};
