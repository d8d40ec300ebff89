import type { Lots, Nanos } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import type { SelfTradePreventionName } from "../../model/order-flags.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { toLots } from "./quantise.ts";

export interface WashTraderParameters {
  /** Time between two trades of the ring; read once, at the start. */
  readonly interval: Nanos;
  /** An unusual size: by it the buyer tells the ring's order from others. */
  readonly qtyLots: Lots;
  /** How long the buyer waits for the seller's order to stand, and the seller for the buyer before it cancels. */
  readonly reactionDelay: Nanos;
  readonly selfTradePrevention: SelfTradePreventionName;
}

export const defaultWashTraderParameters: WashTraderParameters = {
  interval: 5 * NS_PER_SECOND,
  qtyLots: 137,
  reactionDelay: 50 * NS_PER_MILLISECOND,
  selfTradePrevention: "none",
};

const TURN = 0;
const LATE = 1;

/**
 * Trades with itself, so that volume is reported which nobody wanted. The agents of its group are a ring: at each turn
 * one sells to the next one inside the spread, where nobody else stands, and after a round all hold what they held
 * before. A group of two hands the same lots back and forth; a group of one is its own counterparty.
 */
export const washTrader: AgentFactory<WashTraderParameters> = ({ parameters, market, endNs, number, peers }) => {
  let turn = 0;
  let role: "seller" | "buyer" = "seller";
  let offer: number | undefined;

  const sell = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    // Without room inside the spread the ring would trade with others; it lets the turn pass.
    if (bidTicks === 0 || askTicks - bidTicks < 2) return;
    const { selfTradePrevention } = parameters;
    const qtyLots = toLots(parameters.qtyLots, market.instrument);
    const order = { qtyLots, priceTicks: askTicks - 1, selfTradePrevention };
    offer = agent.submit(market, { ...order, side: "sell" });
    if (peers === 1) agent.submit(market, { ...order, side: "buy", timeInForce: "IOC" });
    agent.setTimer(2 * parameters.reactionDelay, LATE);
  };

  const buy = (agent: Agent, { askTicks, askLots }: Quote): void => {
    const qtyLots = toLots(parameters.qtyLots, market.instrument);
    if (askTicks === 0 || askLots !== qtyLots) return;
    const { selfTradePrevention } = parameters;
    agent.submit(market, { side: "buy", qtyLots, priceTicks: askTicks, timeInForce: "IOC", selfTradePrevention });
  };

  /** Member number t of the ring sells at its turn t, and buys at the turn before. */
  const awaitTurn = (agent: Agent): void => {
    const mine = number - 1;
    do turn++;
    while ((turn - 1) % peers !== mine && turn % peers !== mine);
    role = (turn - 1) % peers === mine ? "seller" : "buyer";
    const atNs = turn * parameters.interval + (role === "seller" ? 0 : parameters.reactionDelay);
    if (atNs < endNs) agent.setTimer(atNs - agent.nowNs, TURN);
  };

  return {
    onStart: awaitTurn,
    onTimer: (agent, tag) => {
      if (tag === TURN) agent.requestQuote(market);
      else if (offer !== undefined) agent.cancel(market, offer);
      if (tag === LATE) offer = undefined;
    },
    onQuote: (agent, quote) => {
      if (role === "seller") sell(agent, quote);
      else buy(agent, quote);
      awaitTurn(agent);
    },
    onFill: (_agent, { orderId, leavesLots }) => {
      if (orderId === offer && leavesLots === 0) offer = undefined;
    },
  };
};
