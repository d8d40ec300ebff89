import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { SideName } from "../../model/side.ts";
import type { Agent, AgentFactory, OverheardOrder, Quote } from "../port.ts";
import { throughTouch, toLots } from "./quantise.ts";

export interface FrontRunnerParameters {
  /** The least order of others that is worth the trouble. */
  readonly victimLotsMin: Lots;
  /** What it buys ahead of the victim, as a share of the victim's quantity, and the most of it. */
  readonly share: number;
  readonly sizeLotsMax: Lots;
  /** How far above the touch it buys, and how much dearer it then offers to the victim. */
  readonly reachTicks: Ticks;
  readonly profitTicks: Ticks;
  /** When it gets rid, at any price, of what the victim did not take. */
  readonly patience: Nanos;
}

export const defaultFrontRunnerParameters: FrontRunnerParameters = {
  victimLotsMin: 500,
  share: 0.5,
  sizeLotsMax: 500,
  reachTicks: 2,
  profitTicks: 2,
  patience: 2 * NS_PER_SECOND,
};

/**
 * Trades ahead of orders that it hears of before they are at the venue (`leaksTo` of the victim's group). It takes what
 * the victim is about to take, and offers it again a little dearer, where the victim's order comes by: both sides of a
 * sandwich. It needs a faster way to the venue than its victim, leak included.
 */
export const frontRunner: AgentFactory<FrontRunnerParameters> = ({ parameters, market }) => {
  let quote: Quote | undefined;
  /** The order that is being run ahead of. */
  let victim: OverheardOrder | undefined;
  let entry: number | undefined;
  /** The dearest price that it paid for what it holds. */
  let paidTicks = 0;

  const runAhead = (agent: Agent, order: OverheardOrder): void => {
    if (victim !== undefined || quote === undefined || order.qtyLots < parameters.victimLotsMin) return;
    const { side } = order;
    const touch = side === "buy" ? quote.askTicks : quote.bidTicks;
    if (touch === 0 || !isMarketable(order, touch)) return;
    victim = order;
    paidTicks = touch;
    const lots = Math.min(parameters.share * order.qtyLots, parameters.sizeLotsMax);
    const priceTicks = throughTouch(side, touch, parameters.reachTicks);
    entry = agent.submit(market, { side, qtyLots: toLots(lots, market.instrument), priceTicks, timeInForce: "IOC" });
  };

  /** The entry is done: what it brought is offered to the victim, at no worse than the victim's own limit. */
  const offer = (agent: Agent): void => {
    entry = undefined;
    const held = agent.position(market);
    if (victim === undefined || held === 0) {
      victim = undefined;
      return;
    }
    const { side, priceTicks: limit } = victim;
    const wanted = throughTouch(side, paidTicks, parameters.profitTicks);
    const bounded = limit === 0 ? wanted : side === "buy" ? Math.min(wanted, limit) : Math.max(wanted, limit);
    const order = { side: opposite(side), qtyLots: Math.abs(held), priceTicks: bounded } as const;
    agent.submit(market, order);
    agent.setTimer(parameters.patience);
  };

  /** Cancels the offer and sells what is left to whoever is there. */
  const getOut = (agent: Agent): void => {
    victim = undefined;
    agent.cancelAll(market);
    const held = agent.position(market);
    if (held === 0) return;
    agent.submit(market, { side: held > 0 ? "sell" : "buy", qtyLots: Math.abs(held), orderType: "market" });
  };

  return {
    onStart: (agent) => agent.subscribe(market),
    onQuote: (_agent, seen) => {
      quote = seen;
    },
    onOverheard: (agent, order) => {
      if (order.market === market) runAhead(agent, order);
    },
    onFill: (agent, { orderId, priceTicks, leavesLots }) => {
      if (orderId !== entry) return;
      paidTicks = priceTicks;
      if (leavesLots === 0) offer(agent);
    },
    onOrder: (agent, { orderId, status }) => {
      if (orderId === entry && (status === "canceled" || status === "rejected")) offer(agent);
    },
    onTimer: getOut,
  };
};

function isMarketable({ side, priceTicks }: OverheardOrder, touch: Ticks): boolean {
  return priceTicks === 0 || (side === "buy" ? priceTicks >= touch : priceTicks <= touch);
}

function opposite(side: SideName): SideName {
  return side === "buy" ? "sell" : "buy";
}
