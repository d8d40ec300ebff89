import type { Lots, Nanos } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { MovingSum } from "./moving-sum.ts";
import { TYPICAL_LOTS, drawLots } from "./order-size.ts";

export interface MomentumParameters {
  /** Mean time between two looks at the market. */
  readonly meanInterval: Nanos;
  /** Mids in the short and the long average; read once, when the agent is made. */
  readonly shortMids: number;
  readonly longMids: number;
  /** The most frequent order size. */
  readonly typicalLots: Lots;
}

/** As in rmsc04. */
export const defaultMomentumParameters: MomentumParameters = {
  meanInterval: 37 * NS_PER_SECOND,
  shortMids: 20,
  longMids: 50,
  typicalLots: TYPICAL_LOTS,
};

/**
 * Follows the trend: buys at the ask when the mean of the last mids that it saw is at or above the mean of more of them,
 * sells at the bid otherwise. It begins once it has seen enough of them. What is left of an order rests.
 */
export const momentum: AgentFactory<MomentumParameters> = ({ parameters, market, endNs }) => {
  // Twice the mids, so that everything is whole and the comparison exact.
  const short = new MovingSum(parameters.shortMids);
  const long = new MovingSum(parameters.longMids);

  const trade = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    if (bidTicks === 0 || askTicks === 0) return;
    short.add(bidTicks + askTicks);
    long.add(bidTicks + askTicks);
    if (!long.isFull || !short.isFull) return;
    const isRising = short.sum * long.length >= long.sum * short.length;
    const qtyLots = drawLots(agent.random("size"), market, parameters.typicalLots);
    if (isRising) agent.submit(market, { side: "buy", qtyLots, priceTicks: askTicks });
    else agent.submit(market, { side: "sell", qtyLots, priceTicks: bidTicks });
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
