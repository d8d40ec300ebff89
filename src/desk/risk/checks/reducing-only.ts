import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";
import { reducibleLots } from "../reducible.ts";

/** At a scope that is being wound down, an order may make positions smaller and nothing else. */
export const reducingOnly: RiskCheck = {
  reason: "reducingOnly",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      if (desk.trading[scope.number] !== "reducing") continue;
      const lots = reducibleLots(request, desk);
      if (lots < request.lots) return allow(request, lots, { scope, limit: lots, found: request.lots });
    }
    return request.lots;
  },
};
