import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { SideName } from "../../model/side.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { toLots, toTicks } from "./quantise.ts";

export interface SpooferParameters {
  /** Mean time between two attempts; one that still runs is left alone. */
  readonly meanInterval: Nanos;
  /** The order that is meant to trade. */
  readonly genuineLots: Lots;
  /** The orders that are not: how many there are, and how large each is. One spoofs, several layer. */
  readonly layers: number;
  readonly decoyLots: Lots;
  /** How far behind the touch the first of them stands, and the distance between two. */
  readonly distanceTicks: Ticks;
  readonly layerTicks: Ticks;
  /** How long an attempt may take before everything is canceled. */
  readonly patience: Nanos;
}

export const defaultSpooferParameters: SpooferParameters = {
  meanInterval: 20 * NS_PER_SECOND,
  genuineLots: 100,
  layers: 1,
  decoyLots: 2_000,
  distanceTicks: 1,
  layerTicks: 1,
  patience: 8 * NS_PER_SECOND,
};

const ATTEMPT = 0;
const GIVE_UP = 1;

/**
 * Shows large orders on one side so that others trade with its small one on the other, and cancels them as soon as they
 * have done their work or might trade. It sells high, then buys back low in the same way. As in the case United States
 * v. Coscia (2015): the first conviction under the spoofing rule of the Dodd-Frank Act.
 */
export const spoofer: AgentFactory<SpooferParameters> = ({ parameters, market, endNs }) => {
  /** Orders of the attempt at hand; the genuine one is not among the decoys. */
  let genuine: number | undefined;
  let decoys: number[] = [];
  let giveUp: number | undefined;

  const begin = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    if (genuine !== undefined || bidTicks === 0 || askTicks === 0) return;
    const position = agent.position(market);
    const side: SideName = position > 0 || (position === 0 && agent.random("side").chance(0.5)) ? "sell" : "buy";
    const lots = position === 0 ? parameters.genuineLots : Math.abs(position);
    // Inside the spread where there is room, so that who is lured comes to it first.
    const inside = askTicks - bidTicks > 1 ? 1 : 0;
    const priceTicks = side === "sell" ? askTicks - inside : bidTicks + inside;
    genuine = agent.submit(market, { side, qtyLots: toLots(lots, market.instrument), priceTicks, postOnly: "reject" });
    const away = side === "sell" ? -1 : 1;
    const first = (side === "sell" ? bidTicks : askTicks) + away * parameters.distanceTicks;
    for (let layer = 0; layer < parameters.layers; layer++) {
      const decoy = {
        side: side === "sell" ? "buy" : "sell",
        qtyLots: toLots(parameters.decoyLots, market.instrument),
        priceTicks: toTicks(first + away * layer * parameters.layerTicks),
        postOnly: "reject",
      } as const;
      decoys.push(agent.submit(market, decoy));
    }
    giveUp = agent.setTimer(parameters.patience, GIVE_UP);
  };

  const cancelDecoys = (agent: Agent): void => {
    for (const decoy of decoys) agent.cancel(market, decoy);
    decoys = [];
  };

  const end = (agent: Agent): void => {
    cancelDecoys(agent);
    genuine = undefined;
    if (giveUp !== undefined) agent.cancelTimer(giveUp);
    giveUp = undefined;
  };

  return {
    onStart: (agent) => awaitArrival(agent, parameters.meanInterval, endNs),
    onTimer: (agent, tag) => {
      if (tag === ATTEMPT) {
        awaitArrival(agent, parameters.meanInterval, endNs);
        agent.requestQuote(market);
      } else if (genuine !== undefined) {
        agent.cancel(market, genuine);
        end(agent);
      }
    },
    onQuote: begin,
    onFill: (agent, { orderId, leavesLots }) => {
      // A decoy that trades is an accident, and the others may be next.
      if (orderId !== genuine) cancelDecoys(agent);
      else if (leavesLots === 0) end(agent);
    },
    onOrder: (agent, { orderId, status }) => {
      if (orderId === genuine && status === "rejected") end(agent);
    },
  };
};
