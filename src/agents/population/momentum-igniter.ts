import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import type { SideName } from "../../model/side.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { throughTouch, toLots } from "./quantise.ts";

export interface MomentumIgniterParameters {
  /** Mean time between the end of one attempt and the next. */
  readonly meanInterval: Nanos;
  /** Orders of the burst that starts the move, their size, and the time between two. */
  readonly burstOrders: number;
  readonly burstLots: Lots;
  readonly spacing: Nanos;
  /** How far behind the touch each of them reaches. */
  readonly reachTicks: Ticks;
  /** How long it lets others run before it trades out, and the time between two orders then. */
  readonly wait: Nanos;
  readonly unwindSpacing: Nanos;
}

export const defaultMomentumIgniterParameters: MomentumIgniterParameters = {
  meanInterval: 60 * NS_PER_SECOND,
  burstOrders: 8,
  burstLots: 150,
  spacing: 50 * NS_PER_MILLISECOND,
  reachTicks: 3,
  wait: 5 * NS_PER_SECOND,
  unwindSpacing: 400 * NS_PER_MILLISECOND,
};

type Phase = "idle" | "burst" | "unwind";

/**
 * Starts a move for others to follow: a burst of orders that take one side of the book, a pause in which who follows
 * trends joins in, and then it trades out of its position with them.
 */
export const momentumIgniter: AgentFactory<MomentumIgniterParameters> = ({ parameters, market, endNs }) => {
  let phase: Phase = "idle";
  let side: SideName = "buy";
  let left = 0;

  /** Takes up to the touch and a little behind it; what does not trade at once is canceled. */
  const take = (agent: Agent, quote: Quote, lots: Lots): void => {
    const touch = side === "buy" ? quote.askTicks : quote.bidTicks;
    if (touch === 0) return;
    const priceTicks = throughTouch(side, touch, parameters.reachTicks);
    const qtyLots = toLots(lots, market.instrument);
    agent.submit(market, { side, qtyLots, priceTicks, timeInForce: "IOC" });
  };

  const burst = (agent: Agent, quote: Quote): void => {
    take(agent, quote, parameters.burstLots);
    left--;
    if (left > 0) {
      agent.setTimer(parameters.spacing);
      return;
    }
    phase = "unwind";
    agent.setTimer(parameters.wait);
  };

  const unwind = (agent: Agent, quote: Quote): void => {
    const position = agent.position(market);
    if (position === 0) {
      phase = "idle";
      awaitArrival(agent, parameters.meanInterval, endNs);
      return;
    }
    side = position > 0 ? "sell" : "buy";
    take(agent, quote, Math.min(parameters.burstLots, Math.abs(position)));
    agent.setTimer(parameters.unwindSpacing);
  };

  return {
    onStart: (agent) => awaitArrival(agent, parameters.meanInterval, endNs),
    onTimer: (agent) => {
      if (phase === "idle") {
        phase = "burst";
        left = parameters.burstOrders;
        side = agent.random("side").chance(0.5) ? "buy" : "sell";
      }
      agent.requestQuote(market);
    },
    onQuote: (agent, quote) => {
      if (phase === "burst") burst(agent, quote);
      else if (phase === "unwind") unwind(agent, quote);
    },
  };
};
