import { defineAgent } from "tradeswarm/agents";

interface TwapParameters {
  readonly lots?: number;
  readonly slices?: number;
}

/** Buys a quantity in equal slices, evenly over the run, whatever the price. */
export default defineAgent<TwapParameters>(({ market, endNs, parameters }) => ({
  onStart: (agent) => {
    const { slices = 100 } = parameters;
    for (let slice = 0; slice < slices; slice++) agent.setTimer((slice * endNs) / slices);
  },
  onTimer: (agent) => {
    const { lots = 5_000, slices = 100 } = parameters;
    agent.submit(market, { side: "buy", qtyLots: Math.ceil(lots / slices), orderType: "market" });
  },
}));
