import type { Lots } from "../../core/units.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { Reach, RiskRequest } from "./request.ts";
import { allow } from "./request.ts";

/**
 * How much of an order does nothing but make its agent's position smaller, whatever becomes of the agent's other orders.
 * So much may pass where no new risk may be taken: who is in must be able to get out.
 */
export function reducibleLots({ intent, market }: RiskRequest, { exposure }: RiskDesk): Lots {
  return exposure.reducible(intent.agent, market.number, intent.side);
}

/**
 * Where nothing may be opened: lets through what only makes the position smaller, and writes down why the rest stays. How
 * much that is does not depend on the scope, so the first one that is met decides.
 */
export function allowReducing(request: RiskRequest, desk: RiskDesk, why: Partial<Reach> = {}): Lots {
  const lots = reducibleLots(request, desk);
  return lots >= request.lots ? request.lots : allow(request, lots, { limit: lots, found: request.lots, ...why });
}
