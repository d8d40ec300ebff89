import type { Nanos } from "../../core/units.ts";
import type { Agent } from "../port.ts";

/** Sets the timer of the next arrival of a Poisson process, unless that lies behind the end of trading. */
export function awaitArrival(agent: Agent, meanIntervalNs: Nanos, endNs: Nanos): void {
  const delayNs = agent.random("arrivals").exponential(meanIntervalNs);
  if (agent.nowNs + delayNs < endNs) agent.setTimer(delayNs);
}
