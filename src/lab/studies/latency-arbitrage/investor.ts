import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Lots, Nanos } from "../../../core/units.ts";

export interface InvestorOptions {
  readonly meanIntervalNs: Nanos;
  readonly qtyLots: Lots;
}

/** Trades for reasons of its own, at Poisson times, at whatever price it gets: it pays the maker's spread. */
export function investor({ meanIntervalNs, qtyLots }: InvestorOptions): AgentFactory {
  return ({ market }) => {
    const awaitNext = (agent: Agent): void => {
      agent.setTimer(Math.max(1, Math.round(agent.random("arrivals").exponential(meanIntervalNs))));
    };
    return {
      onStart: awaitNext,
      onTimer: (agent) => {
        const side = agent.random("side").chance(0.5) ? "buy" : "sell";
        agent.submit(market, { side, qtyLots, orderType: "market" });
        awaitNext(agent);
      },
    };
  };
}
