import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** A decision holds until the time that its agent gave it. */
export const intentExpired: RiskCheck = {
  reason: "intentExpired",
  lotsAllowed(request) {
    const { expiresNs } = request.intent;
    return request.nowNs <= expiresNs ? request.lots : allow(request, 0, { limit: expiresNs, found: request.nowNs });
  },
};
