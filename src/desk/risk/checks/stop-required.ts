import { Side } from "../../../model/side.ts";
import { allowReducing } from "../reducible.ts";
import type { RiskCheck } from "../request.ts";

/** Who opens a position must say where it ends: below the price of a purchase, above that of a sale. */
export const stopRequired: RiskCheck = {
  reason: "stopRequired",
  lotsAllowed(request, desk) {
    const { side, stopTicks } = request.intent;
    for (const scope of request.scopes) {
      if (scope.limits.stopRequired !== 1) continue;
      const distance =
        side === Side.buy ? request.priceTicks - (stopTicks ?? Infinity) : (stopTicks ?? 0) - request.priceTicks;
      if (!(distance > 0)) return allowReducing(request, desk, { scope, limit: 1, found: stopTicks ?? 0 });
    }
    return request.lots;
  },
};
