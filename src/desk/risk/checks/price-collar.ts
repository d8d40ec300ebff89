import { Side } from "../../../model/side.ts";
import { midHalfTicks } from "../reference.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

const MILLIONTHS = 1_000_000;

/** No order may pay much more, or ask for much less, than the market does. */
export const priceCollar: RiskCheck = {
  reason: "priceCollar",
  lotsAllowed(request) {
    const mid = midHalfTicks(request.reference);
    for (const scope of request.scopes) {
      const limit = scope.limits.collarMillionths;
      if (limit === undefined) continue;
      const beyond = request.intent.side === Side.buy ? 2 * request.priceTicks - mid : mid - 2 * request.priceTicks;
      const found = mid > 0 ? (beyond / mid) * MILLIONTHS : Infinity;
      if (found > limit) return allow(request, 0, { scope, limit, found });
    }
    return request.lots;
  },
};
