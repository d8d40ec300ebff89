import type { Algorithm } from "tradeswarm/agents";
import { defineAgent, NS_PER_MINUTE } from "tradeswarm/agents";

/** Buys a large position at the start, works it off by the algorithm that the scenario names, and sells it later. */
export default defineAgent<{ lots: number; algorithm: Algorithm; holdMinutes: number }>(({ market, parameters }) => {
  const { lots, algorithm, holdMinutes } = parameters;
  return {
    onStart: (agent) => {
      agent.setTimer(NS_PER_MINUTE);
    },
    onTimer: (agent, tag) => {
      agent.submit(market, { side: tag === 0 ? "buy" : "sell", qtyLots: lots, orderType: "market", algorithm });
      if (tag === 0) agent.setTimer(holdMinutes * NS_PER_MINUTE, 1);
    },
  };
});
