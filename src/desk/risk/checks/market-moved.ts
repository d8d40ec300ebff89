import { midHalfTicks } from "../reference.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

const MILLIONTHS = 1_000_000;

/** A decision is about the market that it was made in. */
export const marketMoved: RiskCheck = {
  reason: "marketMoved",
  lotsAllowed(request) {
    const then = request.intent.basis.midHalfTicks;
    for (const scope of request.scopes) {
      const limit = scope.limits.moveMillionthsMax;
      if (limit === undefined) continue;
      const now = midHalfTicks(request.reference);
      const found = then > 0 && now > 0 ? (Math.abs(now - then) / then) * MILLIONTHS : Infinity;
      if (found > limit) return allow(request, 0, { scope, limit, found });
    }
    return request.lots;
  },
};
