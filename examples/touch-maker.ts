import { NS_PER_SECOND, defineAgent } from "tradeswarm/agents";

/** Offers 10 lots at the best bid and the best ask, anew each second, and never holds more than 200 either way. */
export default defineAgent(({ market }) => ({
  onStart: (agent) => {
    agent.subscribe(market, { mode: "snapshots", intervalNs: NS_PER_SECOND });
  },
  onQuote: (agent, { bidTicks, askTicks }) => {
    agent.cancelAll(market);
    const held = agent.position(market);
    const order = { qtyLots: 10, postOnly: "slide" } as const;
    if (bidTicks > 0 && held < 200) agent.submit(market, { ...order, side: "buy", priceTicks: bidTicks });
    if (askTicks > 0 && held > -200) agent.submit(market, { ...order, side: "sell", priceTicks: askTicks });
  },
}));
