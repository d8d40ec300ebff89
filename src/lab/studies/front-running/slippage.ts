import type { AgentFactory, Fill } from "../../../agents/port.ts";
import type { Nanos } from "../../../core/units.ts";

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

/**
 * The same agents, each of which decides on a quote; their fills are entered beside the mid of the last quote.
 * @param fromNs when counting begins: a market that has just opened has no middle that means anything
 */
export function withSlippage(
  factory: AgentFactory,
  options: { readonly slippage: Slippage; readonly fromNs: Nanos },
): AgentFactory {
  const { slippage, fromNs } = options;
  return (setup) => {
    const handlers = factory(setup);
    let midTicks = 0;
    return {
      ...handlers,
      onQuote: (agent, quote) => {
        if (agent.nowNs >= fromNs) slippage.decisions += 1;
        if (quote.bidTicks > 0 && quote.askTicks > 0) midTicks = (quote.bidTicks + quote.askTicks) / 2;
        handlers.onQuote?.(agent, quote);
      },
      onFill: (agent, fill) => {
        if (agent.nowNs >= fromNs) enter(slippage, fill, midTicks);
        handlers.onFill?.(agent, fill);
      },
    };
  };
}

function enter(slippage: Slippage, { side, priceTicks, qtyLots }: Fill, midTicks: number): void {
  const excessTicks = side === "buy" ? priceTicks - midTicks : midTicks - priceTicks;
  slippage.excessTickLots += excessTicks * qtyLots;
  slippage.midTickLots += midTicks * qtyLots;
  slippage.lots += qtyLots;
}
