import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Two orders of the desk that trade with one another pay fees twice and look like wash trading. */
export const selfCross: RiskCheck = {
  reason: "selfCross",
  lotsAllowed(request, desk) {
    const { intent, market, priceTicks } = request;
    if (!desk.ownPrices[market.number].wouldMeet(intent.side, priceTicks)) return request.lots;
    return allow(request, 0, { limit: priceTicks, found: priceTicks });
  },
};
