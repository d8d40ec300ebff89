import type { AgentFactory } from "../../../agents/port.ts";

/** What an agent paid beyond the middle of the book at the moment when it decided to trade. */
export interface Slippage {
  /** Lots times ticks: paid more, or got less, than the mid; and the mids themselves. */
  excessTickLots: number;
  midTickLots: number;
  lots: number;
  /** How often it decided to trade. */
  decisions: number;
}

export function noSlippage(): Slippage {
  return { excessTickLots: 0, midTickLots: 0, lots: 0, decisions: 0 };
}

/** The same agents, each of which decides on a quote; their fills are entered beside the mid of the last quote. */
export function withSlippage(factory: AgentFactory, slippage: Slippage): AgentFactory {
  return (setup) => {
    const handlers = factory(setup);
    let midTicks = 0;
    return {
      ...handlers,
      onQuote: (agent, quote) => {
        slippage.decisions += 1;
        if (quote.bidTicks > 0 && quote.askTicks > 0) midTicks = (quote.bidTicks + quote.askTicks) / 2;
        handlers.onQuote?.(agent, quote);
      },
      onFill: (agent, fill) => {
        const excessTicks = fill.side === "buy" ? fill.priceTicks - midTicks : midTicks - fill.priceTicks;
        slippage.excessTickLots += excessTicks * fill.qtyLots;
        slippage.midTickLots += midTicks * fill.qtyLots;
        slippage.lots += fill.qtyLots;
        handlers.onFill?.(agent, fill);
      },
    };
  };
}
