import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Lots, Ticks } from "../../../core/units.ts";

export interface FlowDealerOptions {
  readonly startTicks: Ticks;
  readonly halfSpreadTicks: Ticks;
  readonly qtyLots: Lots;
  /** By how much its price moves for each lot that it trades, away from what it holds. */
  readonly impactTicksPerLot: number;
}

/**
 * A dealer that hears no news and learns from its trades alone, as in Kyle (1985): who buys from it may know something,
 * so its price rises by an amount for each lot, and falls likewise.
 */
export function flowDealer({
  startTicks,
  halfSpreadTicks,
  qtyLots,
  impactTicksPerLot,
}: FlowDealerOptions): AgentFactory {
  return ({ market }) => {
    let price: number = startTicks;
    let quotedTicks = 0;

    const quote = (agent: Agent): void => {
      quotedTicks = Math.round(price);
      agent.cancelAll(market);
      agent.submit(market, { side: "buy", qtyLots, priceTicks: quotedTicks - halfSpreadTicks });
      agent.submit(market, { side: "sell", qtyLots, priceTicks: quotedTicks + halfSpreadTicks });
    };

    return {
      onStart: quote,
      onFill: (agent, { side, qtyLots: lots, priceTicks }) => {
        price += (side === "sell" ? impactTicksPerLot : -impactTicksPerLot) * lots;
        if (Math.round(price) !== quotedTicks) quote(agent);
        else agent.submit(market, { side, qtyLots: lots, priceTicks });
      },
    };
  };
}
