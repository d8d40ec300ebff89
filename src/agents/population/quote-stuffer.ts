import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { toLots, toTicks } from "./quantise.ts";

export interface QuoteStufferParameters {
  /** Mean time between the end of a burst and the next one. */
  readonly meanInterval: Nanos;
  /** Orders of a burst, and the time between two of them; each is canceled when the next one is sent. */
  readonly burstOrders: number;
  readonly spacing: Nanos;
  readonly sizeLots: Lots;
  /** How far from the touch they stand: far enough not to trade. */
  readonly distanceTicks: Ticks;
}

export const defaultQuoteStufferParameters: QuoteStufferParameters = {
  meanInterval: 30 * NS_PER_SECOND,
  burstOrders: 250,
  spacing: 2 * NS_PER_MILLISECOND,
  sizeLots: 1,
  distanceTicks: 10,
};

const BEGIN = 0;
const NEXT = 1;

/**
 * Keeps venue and listeners busy: bursts of orders that are canceled within milliseconds and were never meant to trade.
 * Where the venue computes for a time with each message, everybody else waits behind them.
 */
export const quoteStuffer: AgentFactory<QuoteStufferParameters> = ({ parameters, market, endNs }) => {
  let left = 0;
  let standing: number | undefined;
  let quote: Quote | undefined;

  const step = (agent: Agent): void => {
    if (standing !== undefined) agent.cancel(market, standing);
    standing = undefined;
    if (left === 0 || quote === undefined) {
      awaitArrival(agent, parameters.meanInterval, endNs);
      return;
    }
    left--;
    const isBuy = left % 2 === 0;
    const { distanceTicks } = parameters;
    const priceTicks = toTicks(isBuy ? quote.bidTicks - distanceTicks : quote.askTicks + distanceTicks);
    const qtyLots = toLots(parameters.sizeLots, market.instrument);
    standing = agent.submit(market, { side: isBuy ? "buy" : "sell", qtyLots, priceTicks, postOnly: "reject" });
    agent.setTimer(parameters.spacing, NEXT);
  };

  return {
    onStart: (agent) => awaitArrival(agent, parameters.meanInterval, endNs),
    onTimer: (agent, tag) => {
      if (tag === BEGIN) agent.requestQuote(market);
      else step(agent);
    },
    onQuote: (agent, seen) => {
      quote = seen;
      left = seen.bidTicks === 0 || seen.askTicks === 0 ? 0 : parameters.burstOrders;
      step(agent);
    },
  };
};
