import { UserError } from "../../core/errors.ts";
import type { Lots, Nanos } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { TYPICAL_LOTS, drawLots } from "./order-size.ts";
import { toTicks } from "./quantise.ts";
import { ValueEstimate } from "./value-estimate.ts";

export interface ValueParameters {
  /** Mean time between two looks at the market. */
  readonly meanInterval: Nanos;
  /** Variance of the error with which the fundamental is observed, in ticks squared. */
  readonly observationVariance: number;
  /** What the agent believes of the fundamental: its reversion, and the variance that it gains per nanosecond. */
  readonly kappaPerNs: number;
  readonly shockVariancePerNs: number;
  /** Probability of trading at once, at the opposite best. */
  readonly aggression: number;
  /** Otherwise the price lies less than this many spreads back from there; a whole number. */
  readonly depthSpreads: number;
  /** The most frequent order size. */
  readonly typicalLots: Lots;
}

/**
 * As in rmsc04. Its shock variance is the simulator's default of 100,000 a nanosecond, next to which any earlier belief
 * is worth nothing: these agents believe their last observation.
 */
export const defaultValueParameters: ValueParameters = {
  meanInterval: 175 * NS_PER_SECOND,
  observationVariance: 1_000,
  kappaPerNs: 1.67e-15,
  shockVariancePerNs: 100_000,
  aggression: 0.1,
  depthSpreads: 2,
  typicalLots: TYPICAL_LOTS,
};

/**
 * Trades towards the value that it expects at the end of the day: buys when the mid is at or below it, sells when the
 * mid is above. Cancels its last order first. Where a side of the book is empty it quotes that value on either side.
 *
 * @throws {UserError} where the instrument has no fundamental
 */
export const value: AgentFactory<ValueParameters> = ({ name, parameters, market, endNs, fundamental }) => {
  if (fundamental === undefined) {
    throw new UserError(`${name} trades on value, but ${market.symbol} has no fundamental`);
  }
  const estimate = new ValueEstimate({ meanTicks: fundamental.meanTicks, startTicks: fundamental.valueAt(0) });
  let hasOrder = false;
  let awaitsQuote = false;

  const expectedFinal = (agent: Agent): number => {
    const { observationVariance, kappaPerNs, shockVariancePerNs } = parameters;
    const law = { kappaPerNs, varianceTicks2PerNs: shockVariancePerNs };
    const error = agent.random("observation").normal(0, Math.sqrt(observationVariance));
    const ticks = fundamental.valueAt(agent.nowNs) + error;
    estimate.observe({ timeNs: agent.nowNs, ticks, variance: observationVariance }, law);
    return estimate.expectedAt(Math.max(endNs, agent.nowNs), law);
  };

  const submit = (agent: Agent, side: "buy" | "sell", price: number): void => {
    const qtyLots = drawLots(agent.random("size"), market, parameters.typicalLots);
    agent.submit(market, { side, qtyLots, priceTicks: toTicks(price) });
    hasOrder = true;
  };

  const trade = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    awaitsQuote = false;
    const final = expectedFinal(agent);
    const chance = agent.random("price");
    if (bidTicks === 0 || askTicks === 0) {
      submit(agent, chance.chance(0.5) ? "buy" : "sell", final);
      return;
    }
    const stepsMax = parameters.depthSpreads * (askTicks - bidTicks) - 1;
    const isAggressive = chance.chance(parameters.aggression) || stepsMax <= 0;
    const steps = isAggressive ? 0 : chance.integer(0, stepsMax);
    if (final < (bidTicks + askTicks) / 2) submit(agent, "sell", bidTicks + steps);
    else submit(agent, "buy", askTicks - steps);
  };

  return {
    onStart: (agent) => awaitArrival(agent, parameters.meanInterval, endNs),
    onTimer: (agent) => {
      awaitArrival(agent, parameters.meanInterval, endNs);
      if (awaitsQuote) return;
      if (hasOrder) agent.cancelAll(market);
      hasOrder = false;
      awaitsQuote = true;
      agent.requestQuote(market);
    },
    onQuote: trade,
    onFill: (_agent, { leavesLots }) => {
      if (leavesLots === 0) hasOrder = false;
    },
  };
};
