import { NS_PER_SECOND, defineAgent } from "tradeswarm/agents";

/** Long 100 lots while the price is above its average of the last minutes, short 100 while it is below. */
export default defineAgent(({ market }) => {
  let average = 0;
  return {
    onStart: (agent) => {
      agent.subscribe(market, { mode: "conflated", intervalNs: NS_PER_SECOND });
    },
    onQuote: (agent, { bidTicks, askTicks }) => {
      if (bidTicks === 0 || askTicks === 0) return;
      const mid = (bidTicks + askTicks) / 2;
      average = average === 0 ? mid : average + (mid - average) / 300;
      const missing = (mid > average ? 100 : -100) - agent.position(market);
      if (missing > 0)
        agent.submit(market, { side: "buy", qtyLots: missing, priceTicks: askTicks, timeInForce: "IOC" });
      if (missing < 0)
        agent.submit(market, { side: "sell", qtyLots: -missing, priceTicks: bidTicks, timeInForce: "IOC" });
    },
  };
});
