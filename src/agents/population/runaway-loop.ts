import type { Lots, Nanos } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_MINUTE, NS_PER_SECOND } from "../../core/units.ts";
import type { SideName } from "../../model/side.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { toLots } from "./quantise.ts";

export interface RunawayLoopParameters {
  /** Time between two orders while it works. */
  readonly interval: Nanos;
  readonly sizeLots: Lots;
  /** When the fault shows, for how long until somebody pulls the plug, and the time between two orders then. */
  readonly breaksAfter: Nanos;
  readonly lasts: Nanos;
  readonly retryDelay: Nanos;
}

export const defaultRunawayLoopParameters: RunawayLoopParameters = {
  interval: 20 * NS_PER_SECOND,
  sizeLots: 10,
  breaksAfter: 2 * NS_PER_MINUTE,
  lasts: 10 * NS_PER_SECOND,
  retryDelay: 20 * NS_PER_MILLISECOND,
};

/**
 * A program with a fault. It buys and sells in turn, and then no longer sees that its order is done: it sends the same
 * one again and again, as the router of Knight Capital did on 1 August 2012.
 */
export const runawayLoop: AgentFactory<RunawayLoopParameters> = ({ parameters, market, endNs }) => {
  let side: SideName = "sell";

  const isBroken = (agent: Agent): boolean => {
    const sinceNs = agent.nowNs - parameters.breaksAfter;
    return sinceNs >= 0 && sinceNs < parameters.lasts;
  };

  const trade = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    if (!isBroken(agent)) side = side === "buy" ? "sell" : "buy";
    const priceTicks = side === "buy" ? askTicks : bidTicks;
    if (priceTicks === 0) return;
    const qtyLots = toLots(parameters.sizeLots, market.instrument);
    agent.submit(market, { side, qtyLots, priceTicks, timeInForce: "IOC" });
  };

  return {
    onStart: (agent) => {
      agent.setTimer(parameters.interval);
    },
    onTimer: (agent) => {
      const regular = agent.nowNs + parameters.interval;
      const isNear = agent.nowNs < parameters.breaksAfter && regular > parameters.breaksAfter;
      const nextNs = isBroken(agent) ? agent.nowNs + parameters.retryDelay : isNear ? parameters.breaksAfter : regular;
      if (nextNs < endNs) agent.setTimer(nextNs - agent.nowNs);
      agent.requestQuote(market);
    },
    onQuote: trade,
  };
};
