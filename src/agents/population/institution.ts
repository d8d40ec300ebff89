import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { throughTouch, toLots } from "./quantise.ts";

export interface InstitutionParameters {
  /** Mean time between two orders. */
  readonly meanInterval: Nanos;
  readonly sizeLots: Lots;
  /** How far behind the touch its limit lies: what it is willing to pay for being done at once. */
  readonly reachTicks: Ticks;
}

export const defaultInstitutionParameters: InstitutionParameters = {
  meanInterval: 30 * NS_PER_SECOND,
  sizeLots: 1_000,
  reachTicks: 20,
};

/**
 * Trades more than stands at the touch, at once: an order that walks the book up to its limit; what is left of it is
 * canceled. It is what front-runners live on.
 */
export const institution: AgentFactory<InstitutionParameters> = ({ parameters, market, endNs }) => {
  const trade = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    const side = agent.random("side").chance(0.5) ? "buy" : "sell";
    const touch = side === "buy" ? askTicks : bidTicks;
    if (touch === 0) return;
    const qtyLots = toLots(parameters.sizeLots, market.instrument);
    agent.submit(market, {
      side,
      qtyLots,
      priceTicks: throughTouch(side, touch, parameters.reachTicks),
      timeInForce: "IOC",
    });
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
