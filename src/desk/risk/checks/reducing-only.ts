import type { RiskCheck } from "../request.ts";
import { allowReducing } from "../reducible.ts";

/** At a scope that is being wound down, an order may make positions smaller and nothing else. */
export const reducingOnly: RiskCheck = {
  reason: "reducingOnly",
  lotsAllowed(request, desk) {
    for (const scope of request.scopes) {
      if (desk.trading[scope.number] === "reducing") return allowReducing(request, desk, { scope });
    }
    return request.lots;
  },
};
