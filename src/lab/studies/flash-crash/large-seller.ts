import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Lots, Nanos } from "../../../core/units.ts";

export interface LargeSellerOptions {
  readonly startNs: Nanos;
  readonly intervalNs: Nanos;
  readonly childLots: Lots;
  readonly totalLots: Lots;
}

/**
 * Sells a large position in equal parts at even times, without regard to price: the seller of 6 May 2010 (CFTC and SEC
 * 2010, Findings regarding the market events of May 6, 2010). What the book does not take, or the venue refuses, is
 * offered again with the next part, until all is sold.
 */
export function largeSeller({ startNs, intervalNs, childLots, totalLots }: LargeSellerOptions): AgentFactory {
  return ({ market }) => {
    let soldLots = 0;
    const sell = (agent: Agent): void => {
      const qtyLots = Math.min(childLots, totalLots - soldLots);
      if (qtyLots === 0) return;
      agent.submit(market, { side: "sell", qtyLots, orderType: "market" });
      agent.setTimer(intervalNs);
    };
    return {
      onStart: (agent) => void agent.setTimer(startNs),
      onTimer: sell,
      onFill: (_agent, { qtyLots }) => {
        soldLots += qtyLots;
      },
    };
  };
}
