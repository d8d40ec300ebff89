import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Lots, Ticks } from "../../../core/units.ts";
import type { SideName } from "../../../model/side.ts";
import type { NewsItem } from "./news.ts";
import { onNews } from "./news.ts";

export interface NewsMakerOptions {
  readonly news: readonly NewsItem[];
  readonly startTicks: Ticks;
  readonly halfSpreadTicks: Ticks;
  readonly qtyLots: Lots;
}

/**
 * The liquidity provider of Budish, Cramton and Shim: it quotes a constant size on both sides of the public value, fills
 * up what investors take, and at news cancels everything and quotes anew. Until that has reached the venue, its old
 * quotes are for whoever is faster.
 */
export function newsMaker({ news, startTicks, halfSpreadTicks, qtyLots }: NewsMakerOptions): AgentFactory {
  return ({ market }) => {
    let valueTicks = startTicks;
    /** Orders with a lower number stand at an older value. */
    let firstOfValue = 0;

    const quote = (agent: Agent, side: SideName, lots: Lots): number => {
      const priceTicks = side === "buy" ? valueTicks - halfSpreadTicks : valueTicks + halfSpreadTicks;
      return agent.submit(market, { side, qtyLots: lots, priceTicks });
    };
    const quoteBoth = (agent: Agent): void => {
      firstOfValue = quote(agent, "buy", qtyLots);
      quote(agent, "sell", qtyLots);
    };

    const { onStart, onTimer } = onNews({ news, startTicks }, (agent, item) => {
      valueTicks = item.valueTicks;
      agent.cancelAll(market);
      quoteBoth(agent);
    });
    return {
      onStart: (agent) => {
        quoteBoth(agent);
        onStart(agent);
      },
      onTimer,
      onFill: (agent, fill) => {
        if (fill.orderId >= firstOfValue) quote(agent, fill.side, fill.qtyLots);
      },
    };
  };
}
