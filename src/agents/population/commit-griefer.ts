import { UserError } from "../../core/errors.ts";
import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import { commitWindowsAt } from "../commit-schedule.ts";
import type { Agent, AgentFactory } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { throughTouch, toLots } from "./quantise.ts";

export interface CommitGrieferParameters {
  /** Mean time between two occasions. */
  readonly meanInterval: Nanos;
  /** Commits of each, the size of each order, and how far from the last price it lies. */
  readonly commits: number;
  readonly sizeLots: Lots;
  readonly distanceTicks: Ticks;
  /** Probability with which one of them is revealed after all. */
  readonly revealChance: number;
}

export const defaultCommitGrieferParameters: CommitGrieferParameters = {
  meanInterval: 5 * NS_PER_SECOND,
  commits: 8,
  sizeLots: 500,
  distanceTicks: 50,
  revealChance: 0.05,
};

/** Other timers carry the order that is to be revealed. */
const OCCASION = 0;

/**
 * Commits to orders and does not reveal them. Each commit takes a place in the batch that others cannot have, and
 * lets nobody know how much there will be to trade; it costs the penalty, if there is one.
 *
 * @throws {UserError} where its market takes no commits
 */
export const commitGriefer: AgentFactory<CommitGrieferParameters> = ({ name, parameters, market, endNs }) => {
  const { commits: schedule } = market;
  if (schedule === undefined) throw new UserError(`${name} commits to orders, but ${market.symbol} takes no commits`);
  /** Commits that it will reveal, unless the venue does not take them. */
  const toReveal = new Set<number>();

  const commit = (agent: Agent, priceTicks: Ticks): void => {
    const windows = commitWindowsAt(schedule, agent.nowNs);
    // In the rest of the batch nobody can commit; the next occasion will come.
    if (windows === undefined || agent.nowNs >= windows.revealsNs) return;
    const chance = agent.random("orders");
    for (let order = 0; order < Math.min(parameters.commits, schedule.commitsMax); order++) {
      const side = chance.chance(0.5) ? "buy" : "sell";
      const away = throughTouch(side === "buy" ? "sell" : "buy", priceTicks, parameters.distanceTicks);
      const qtyLots = toLots(parameters.sizeLots, market.instrument);
      const orderId = agent.commit(market, { side, qtyLots, priceTicks: away });
      if (!chance.chance(parameters.revealChance)) continue;
      toReveal.add(orderId);
      agent.setTimer(windows.revealsNs - agent.nowNs, orderId);
    }
  };

  return {
    onStart: (agent) => awaitArrival(agent, parameters.meanInterval, endNs),
    onTimer: (agent, tag) => {
      if (tag !== OCCASION) {
        if (toReveal.delete(tag)) agent.reveal(market, tag);
        return;
      }
      awaitArrival(agent, parameters.meanInterval, endNs);
      agent.requestQuote(market);
    },
    onQuote: (agent, { lastTicks }) => {
      const priceTicks = lastTicks || market.instrument.referencePriceTicks;
      if (priceTicks > 0) commit(agent, priceTicks);
    },
    onOrder: (_agent, { orderId, status }) => {
      if (status === "rejected" || status === "requestRejected" || status === "released") toReveal.delete(orderId);
    },
  };
};
