import type { Lots } from "../../core/units.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { RiskRequest } from "./request.ts";

/**
 * How much of an order does nothing but make its agent's position smaller, whatever becomes of the agent's other orders.
 * So much may pass where no new risk may be taken: who is in must be able to get out.
 */
export function reducibleLots({ intent, market }: RiskRequest, { exposure }: RiskDesk): Lots {
  return exposure.reducible(intent.agent, market.number, intent.side);
}
