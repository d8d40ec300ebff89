import { Side } from "../../../model/side.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** An order that takes at once must find a book that is deep enough for it. */
export const slippage: RiskCheck = {
  reason: "slippage",
  lotsAllowed(request) {
    const { intent, reference, priceTicks } = request;
    const isBuy = intent.side === Side.buy;
    const touch = isBuy ? reference.askTicks : reference.bidTicks;
    const isTaking = touch !== 0 && (isBuy ? priceTicks >= touch : priceTicks <= touch);
    if (!isTaking || reference.takingCostMillionths === undefined) return request.lots;
    for (const scope of request.scopes) {
      const limit = scope.limits.slippageMillionthsMax;
      if (limit === undefined) continue;
      const found = reference.takingCostMillionths(intent.side, request.lots);
      if (found > limit) return allow(request, 0, { scope, limit, found });
    }
    return request.lots;
  },
};
