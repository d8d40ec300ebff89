import type { Nanos } from "../../core/units.ts";
import { TimeInForce } from "../../model/order-flags.ts";
import { Side } from "../../model/side.ts";
import type { Intent } from "../intent.ts";
import type { OrderPath } from "../order-path.ts";
import { midHalfTicks } from "../risk/reference.ts";
import type { Scope } from "../risk/scope.ts";

/**
 * What closes every position of a scope at the market: one order for each agent and market. They pass the risk stage like
 * any other, which lets through what only reduces; what is denied now is wanted again at the next try.
 */
export function flattenIntents(scope: Scope, { risk, portfolio }: OrderPath, nowNs: Nanos): readonly Intent[] {
  const intents: Intent[] = [];
  for (const [agent, account] of portfolio.subAccounts.entries()) {
    for (const [market, position] of account.positions.entries()) {
      const { lots } = position;
      if (lots === 0 || !risk.desk.scopes.of(market, agent).includes(scope)) continue;
      intents.push({
        number: risk.nextIntent(agent),
        agent,
        market,
        side: lots > 0 ? Side.sell : Side.buy,
        qtyLots: Math.min(Math.abs(lots), portfolio.listing.markets[market].listed.instrument.qtyLotsMax),
        limitTicks: undefined,
        timeInForce: TimeInForce.IOC,
        reduceOnly: false,
        madeNs: nowNs,
        expiresNs: nowNs,
        basis: { sequence: 0, midHalfTicks: midHalfTicks(risk.desk.references[market]) },
      });
    }
  }
  return intents;
}
