import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Nanos } from "../../../core/units.ts";

/** Bits on the way to the venue for one request of a quote: the request, and the acknowledgement of the answer. */
export const REQUEST_BITS = 8 * (64 + 78 + 78);

/** Asks for quotes at Poisson times, and does nothing with them: traffic that shares a line with somebody's orders. */
export function crowd(meanIntervalNs: Nanos): AgentFactory {
  return ({ market }) => {
    const awaitNext = (agent: Agent): void => {
      agent.setTimer(Math.max(1, Math.round(agent.random("arrivals").exponential(meanIntervalNs))));
    };
    return {
      onStart: (agent) => {
        if (meanIntervalNs < Infinity) awaitNext(agent);
      },
      onTimer: (agent) => {
        agent.requestQuote(market);
        awaitNext(agent);
      },
    };
  };
}
