import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Lots, Nanos, Ticks } from "../../../core/units.ts";

export interface InvestorOptions {
  readonly meanIntervalNs: Nanos;
  readonly qtyLots: Lots;
  readonly valueAt: (timeNs: Nanos) => Ticks;
}

/** How far beyond the value its limit lies: further than any maker quotes, and near enough for its money. */
const REACH_TICKS = 1_000;

/** Trades for reasons of its own, at Poisson times, at whatever price it gets: it pays the maker's spread. */
export function investor({ meanIntervalNs, qtyLots, valueAt }: InvestorOptions): AgentFactory {
  return ({ market }) => {
    const awaitNext = (agent: Agent): void => {
      agent.setTimer(Math.max(1, Math.round(agent.random("arrivals").exponential(meanIntervalNs))));
    };
    return {
      onStart: awaitNext,
      onTimer: (agent) => {
        const side = agent.random("side").chance(0.5) ? "buy" : "sell";
        const reachTicks = side === "buy" ? REACH_TICKS : -REACH_TICKS;
        const priceTicks = Math.max(1, valueAt(agent.nowNs) + reachTicks);
        agent.submit(market, { side, qtyLots, priceTicks, timeInForce: "IOC" });
        awaitNext(agent);
      },
    };
  };
}
