import type { AgentFactory, Fill } from "../../agents/port.ts";
import type { Nanos, Ticks } from "../../core/units.ts";

/**
 * What trades were worth at the moment they were made: lots times the distance of price and value, in ticks. Where the
 * value is a martingale this has the same mean as the profit of holding until the end, without the risk of what was held,
 * which would drown what a study looks for.
 */
export interface Edge {
  tickLots: number;
  lots: number;
  fills: number;
  /** In the quote asset's smallest unit, rebates taken off. */
  feeUnits: number;
}

export function noEdge(): Edge {
  return { tickLots: 0, lots: 0, fills: 0, feeUnits: 0 };
}

/**
 * The same agents, with every fill entered in `edge`.
 * @param valueAt the true value when an agent learns of its fill, in ticks
 * @param only what is entered, all where nothing is said: what they made or what they took, and from a time on
 */
export function withEdge(
  factory: AgentFactory,
  edge: Edge,
  valueAt: (timeNs: Nanos) => Ticks,
  only: { readonly liquidity?: Fill["liquidity"]; readonly sinceNs?: Nanos } = {},
): AgentFactory {
  return (setup) => {
    const handlers = factory(setup);
    return {
      ...handlers,
      onFill: (agent, fill) => {
        const value = valueAt(agent.nowNs);
        const isMeant = only.liquidity === undefined || fill.liquidity === only.liquidity;
        if (isMeant && agent.nowNs >= (only.sinceNs ?? 0)) enter(edge, fill, value);
        handlers.onFill?.(agent, fill);
      },
    };
  };
}

function enter(edge: Edge, fill: Fill, valueTicks: Ticks): void {
  const gainedTicks = fill.side === "buy" ? valueTicks - fill.priceTicks : fill.priceTicks - valueTicks;
  edge.tickLots += gainedTicks * fill.qtyLots;
  edge.lots += fill.qtyLots;
  edge.fills += 1;
  edge.feeUnits += fill.feeUnits;
}
