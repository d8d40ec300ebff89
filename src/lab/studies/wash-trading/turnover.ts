import type { AgentFactory } from "../../../agents/port.ts";

/** What agents have traded, both sides of a trade between two of them counted. */
export interface Turnover {
  /** Price times quantity. */
  tickLots: number;
  lots: number;
  /** In the quote asset's smallest unit. */
  feeUnits: number;
}

/** The same agents, with every fill entered in `turnover`. */
export function withTurnover(factory: AgentFactory, turnover: Turnover): AgentFactory {
  return (setup) => {
    const handlers = factory(setup);
    return {
      ...handlers,
      onFill: (agent, fill) => {
        turnover.tickLots += fill.priceTicks * fill.qtyLots;
        turnover.lots += fill.qtyLots;
        turnover.feeUnits += fill.feeUnits;
        handlers.onFill?.(agent, fill);
      },
    };
  };
}
