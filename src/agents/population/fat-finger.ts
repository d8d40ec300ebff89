import type { Lots, Nanos } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { drawLots } from "./order-size.ts";
import { toLots, toTicks } from "./quantise.ts";

export interface FatFingerParameters {
  /** Mean time between two orders. */
  readonly meanInterval: Nanos;
  /** The most frequent order size, where nothing slips. */
  readonly typicalLots: Lots;
  /** Probability that an order is a slip; its quantity is that much larger, and its limit that much worse. */
  readonly slipChance: number;
  readonly sizeFactor: number;
  readonly priceSlipPercent: number;
}

export const defaultFatFingerParameters: FatFingerParameters = {
  meanInterval: 10 * NS_PER_SECOND,
  typicalLots: 20,
  slipChance: 0.05,
  sizeFactor: 100,
  priceSlipPercent: 2,
};

/**
 * A trader whose finger slips: mostly small orders at the opposite best, and now and then one with zeros too many and a
 * limit that is far from the market. It does not notice.
 */
export const fatFinger: AgentFactory<FatFingerParameters> = ({ parameters, market, endNs }) => {
  const trade = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    const side = agent.random("side").chance(0.5) ? "buy" : "sell";
    const typical = drawLots(agent.random("size"), market, parameters.typicalLots);
    const slips = agent.random("slip").chance(parameters.slipChance);
    const touch = side === "buy" ? askTicks : bidTicks;
    if (touch === 0) return;
    const percent = slips ? parameters.priceSlipPercent : 0;
    const qtyLots = toLots(slips ? typical * parameters.sizeFactor : typical, market.instrument);
    const priceTicks = toTicks(touch * (1 + (side === "buy" ? percent : -percent) / 100));
    agent.submit(market, { side, qtyLots, priceTicks, timeInForce: "IOC" });
  };

  return {
    onStart: (agent) => awaitArrival(agent, parameters.meanInterval, endNs),
    onTimer: (agent) => {
      awaitArrival(agent, parameters.meanInterval, endNs);
      agent.requestQuote(market);
    },
    onQuote: trade,
  };
};
