import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** The kill switch or a circuit breaker says that nothing may be sent. */
export const tradingHalted: RiskCheck = {
  reason: "tradingHalted",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      if (desk.trading[scope.number] === "halted") return allow(request, 0, { scope, limit: 0, found: request.lots });
    }
    return request.lots;
  },
};
