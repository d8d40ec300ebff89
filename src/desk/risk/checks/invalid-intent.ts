import { PRICE_TICKS_MAX } from "../../../model/instrument.ts";
import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** Prices and quantities that the instrument allows: whole ticks and lots within its limits. */
export const invalidIntent: RiskCheck = {
  reason: "invalidIntent",
  lotsAllowed(request) {
    const { qtyLotsMin, qtyLotsMax } = request.market.listed.instrument;
    const { qtyLots, limitTicks, stopTicks } = request.intent;
    if (!Number.isInteger(qtyLots) || qtyLots < qtyLotsMin) {
      return allow(request, 0, { limit: qtyLotsMin, found: qtyLots });
    }
    if (qtyLots > qtyLotsMax) return allow(request, 0, { limit: qtyLotsMax, found: qtyLots });
    for (const ticks of [limitTicks, stopTicks]) {
      if (ticks !== undefined && !(Number.isInteger(ticks) && ticks >= 1 && ticks <= PRICE_TICKS_MAX)) {
        return allow(request, 0, { limit: PRICE_TICKS_MAX, found: ticks });
      }
    }
    return request.lots;
  },
};
