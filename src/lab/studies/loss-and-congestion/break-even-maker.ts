import type { Agent, AgentFactory } from "../../../agents/port.ts";
import type { Lots, Nanos, Ticks } from "../../../core/units.ts";
import type { SideName } from "../../../model/side.ts";
import type { NewsItem } from "../latency-arbitrage/news.ts";
import { onNews } from "../latency-arbitrage/news.ts";

/** By what share of its half spread a maker comes closer that has not traded since the last news. */
const IDLE_SHARE = 0.02;

export interface BreakEvenMakerOptions {
  readonly news: readonly NewsItem[];
  readonly startTicks: Ticks;
  readonly startHalfSpreadTicks: number;
  readonly halfSpreadTicksMax: number;
  readonly qtyLots: Lots;
  /** Ticks by which the half spread follows a gain or a loss of one tick on a whole quote. */
  readonly learning: number;
  /** Between canceling at news and quoting anew: who quotes at once trades with the old quotes of other makers, and would do the sniper's work. */
  readonly pauseNs: Nanos;
  readonly valueAt: (timeNs: Nanos) => Ticks;
}

/**
 * A maker in a market that anyone may enter: it quotes around the public value, narrower after each fill that it gained
 * by and wider after each that it lost by, in proportion. Its spread comes to rest where both are equal, at the
 * zero-profit spread of Glosten and Milgrom (1985): what investors pay makes up for what stale quotes lose. One that is
 * too dear to trade at all comes closer with each news.
 */
export function breakEvenMaker(options: BreakEvenMakerOptions): AgentFactory {
  const { news, startTicks, halfSpreadTicksMax, qtyLots, learning, valueAt } = options;
  return ({ market }) => {
    let valueTicks = startTicks;
    let halfSpreadTicks = options.startHalfSpreadTicks;
    let hasTraded = true;
    let newsHeard = 0;
    /** Orders with a lower number stand at an older value. */
    let firstOfValue = 0;

    const quote = (agent: Agent, side: SideName, lots: Lots): number => {
      const distance = Math.round(halfSpreadTicks);
      const priceTicks = side === "buy" ? valueTicks - distance : valueTicks + distance;
      return agent.submit(market, { side, qtyLots: lots, priceTicks });
    };
    const quoteBoth = (agent: Agent): void => {
      firstOfValue = quote(agent, "buy", qtyLots);
      quote(agent, "sell", qtyLots);
    };

    const { onStart, onTimer } = onNews({ news, startTicks }, (agent, item) => {
      valueTicks = item.valueTicks;
      if (!hasTraded) halfSpreadTicks = Math.max(1, halfSpreadTicks * (1 - IDLE_SHARE));
      hasTraded = false;
      agent.cancelAll(market);
      agent.setTimer(options.pauseNs, ++newsHeard);
    });
    return {
      onStart: (agent) => {
        quoteBoth(agent);
        onStart(agent);
      },
      onTimer: (agent, tag) => {
        if (tag === 0) onTimer(agent, tag);
        else if (tag === newsHeard) quoteBoth(agent);
      },
      onFill: (agent, { side, priceTicks, qtyLots: lots, orderId }) => {
        const gainedTicks = (side === "buy" ? 1 : -1) * (valueAt(agent.nowNs) - priceTicks);
        const follows = halfSpreadTicks - (learning * gainedTicks * lots) / qtyLots;
        hasTraded = true;
        halfSpreadTicks = Math.min(halfSpreadTicksMax, Math.max(1, follows));
        if (orderId >= firstOfValue) quote(agent, side, lots);
      },
    };
  };
}
