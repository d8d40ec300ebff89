import type { Agent, AgentFactory, Market } from "../agents/port.ts";
import type { Nanos } from "../core/units.ts";

/** What an agent does, and when. Steps of one time happen in their order. */
export interface Step {
  readonly atNs: Nanos;
  readonly act: (agent: Agent, market: Market) => void;
}

/** An agent that does what it is told. */
export const scripted: AgentFactory<readonly Step[]> = ({ parameters: steps, market }) => ({
  onStart: (agent) => {
    for (const [index, { atNs }] of steps.entries()) agent.setTimer(atNs, index);
  },
  onTimer: (agent, index) => {
    steps[index].act(agent, market);
  },
});

/** A step that adds a ladder of orders on both sides, one a tick from the touch on. */
export function ladderAt(
  atNs: Nanos,
  { bid, ask, levels, qtyLots }: { bid: number; ask: number; levels: number; qtyLots: number },
): Step {
  return {
    atNs,
    act: (agent, market) => {
      for (let level = 0; level < levels; level++) {
        agent.submit(market, { side: "buy", qtyLots, priceTicks: bid - level });
        agent.submit(market, { side: "sell", qtyLots, priceTicks: ask + level });
      }
    },
  };
}

/** A step that makes these orders the agent's only ones. */
export function quoteAt(
  atNs: Nanos,
  orders: { readonly bid?: number; readonly ask?: number; readonly qtyLots?: number },
): Step {
  const qtyLots = orders.qtyLots ?? 1_000_000;
  return {
    atNs,
    act: (agent, market) => {
      agent.cancelAll(market);
      if (orders.bid !== undefined) agent.submit(market, { side: "buy", qtyLots, priceTicks: orders.bid });
      if (orders.ask !== undefined) agent.submit(market, { side: "sell", qtyLots, priceTicks: orders.ask });
    },
  };
}
