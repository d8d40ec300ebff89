import type { Lots, Nanos } from "../../core/units.ts";
import { NS_PER_HOUR, NS_PER_MINUTE } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { TYPICAL_LOTS, drawLots } from "./order-size.ts";
import { uQuadraticQuantile } from "./u-quadratic.ts";

export interface NoiseParameters {
  /** 1: exactly one order. More: a Poisson number with this mean. */
  readonly ordersPerDay: number;
  /** How long before the start the agent's day begins. Orders of that time wait for the start. */
  readonly leadIn: Nanos;
  /** Length of the agent's day, lead-in included; orders behind the end of trading are never sent. */
  readonly day: Nanos;
  /** The most frequent order size. */
  readonly typicalLots: Lots;
}

/** As in rmsc04: one order between 09:00 and 16:00 of a day that opens at 09:30. */
export const defaultNoiseParameters: NoiseParameters = {
  ordersPerDay: 1,
  leadIn: 30 * NS_PER_MINUTE,
  day: 7 * NS_PER_HOUR,
  typicalLots: TYPICAL_LOTS,
};

/**
 * Trades for reasons that have nothing to do with the market: a fair coin, at the opposite best, most often early and
 * late in the day (U-quadratic). What is left of an order rests. Where the opposite side is empty it sends nothing.
 */
export const noise: AgentFactory<NoiseParameters> = ({ parameters, market, endNs }) => {
  /** The share of the day's expected orders that lies before the next one. */
  let reached = 0;

  /** Equal steps of `reached` are equal expectations, so unit-rate arrivals become ones with the day's intensity. */
  const awaitNext = (agent: Agent): void => {
    reached += agent.random("arrivals").exponential(1) / parameters.ordersPerDay;
    if (reached < 1) wakeAt(agent, reached);
  };

  const wakeAt = (agent: Agent, dayShare: number): void => {
    const atNs = uQuadraticQuantile(dayShare) * parameters.day - parameters.leadIn;
    if (atNs < endNs) agent.setTimer(Math.max(0, atNs - agent.nowNs));
  };

  const trade = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    const side = agent.random("side").chance(0.5) ? "buy" : "sell";
    const qtyLots = drawLots(agent.random("size"), market, parameters.typicalLots);
    const priceTicks = side === "buy" ? askTicks : bidTicks;
    if (priceTicks > 0) agent.submit(market, { side, qtyLots, priceTicks });
  };

  return {
    onStart: (agent) => {
      if (parameters.ordersPerDay === 1) wakeAt(agent, agent.random("arrivals").uniform());
      else awaitNext(agent);
    },
    onTimer: (agent) => {
      agent.requestQuote(market);
      if (parameters.ordersPerDay !== 1) awaitNext(agent);
    },
    onQuote: trade,
  };
};
