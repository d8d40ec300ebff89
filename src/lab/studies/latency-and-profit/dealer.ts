import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Lots, Nanos, Ticks } from "../../../core/units.ts";
import type { SideName } from "../../../model/side.ts";
import type { NewsItem } from "../latency-arbitrage/news.ts";
import { onNews } from "../latency-arbitrage/news.ts";

export interface DealerOptions {
  /** As it is made, at the venue. */
  readonly news: readonly NewsItem[];
  readonly startTicks: Ticks;
  /** How long news takes to the dealer: as long as its orders take back. */
  readonly distanceNs: Nanos;
  readonly halfSpreadTicks: Ticks;
  readonly qtyLots: Lots;
  /** What it takes of others' stale quotes at most. */
  readonly snipeLots: Lots;
}

/**
 * A dealer that makes and takes. It quotes both sides of the value as far as it has heard of it, and at news does three
 * things at once: it cancels its own quotes, takes those of others that stand on the wrong side of the new value, and
 * quotes anew. Whoever is nearer is earlier in all three.
 */
export function dealer(options: DealerOptions): AgentFactory {
  const { startTicks, distanceNs, halfSpreadTicks, qtyLots, snipeLots } = options;
  const news = options.news.map(({ timeNs, valueTicks }) => ({ timeNs: timeNs + distanceNs, valueTicks }));
  return ({ market }) => {
    let valueTicks = startTicks;
    /** Orders with a lower number stand at an older value, or took. */
    let firstOfValue = 0;

    const quote = (agent: Agent, side: SideName, lots: Lots): number => {
      const priceTicks = side === "buy" ? valueTicks - halfSpreadTicks : valueTicks + halfSpreadTicks;
      return agent.submit(market, { side, qtyLots: lots, priceTicks });
    };
    const quoteBoth = (agent: Agent): void => {
      firstOfValue = quote(agent, "buy", qtyLots);
      quote(agent, "sell", qtyLots);
    };
    const snipe = (agent: Agent, jumpTicks: Ticks): void => {
      if (Math.abs(jumpTicks) <= halfSpreadTicks) return;
      const side = jumpTicks > 0 ? "buy" : "sell";
      const priceTicks = valueTicks - Math.sign(jumpTicks);
      agent.submit(market, { side, qtyLots: snipeLots, priceTicks, timeInForce: "IOC" });
    };

    const { onStart, onTimer } = onNews({ news, startTicks }, (agent, item, earlierTicks) => {
      valueTicks = item.valueTicks;
      agent.cancelAll(market);
      snipe(agent, valueTicks - earlierTicks);
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
