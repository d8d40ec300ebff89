import type { Agent, AgentFactory, Fill, Market, Quote } from "../../../agents/port.ts";
import { NS_PER_MILLISECOND } from "../../../core/units.ts";
import type { Lots, Nanos, Ticks } from "../../../core/units.ts";

/** Quotes are sent so often, changed or not, so that silence means that the line is down. */
export const QUOTE_INTERVAL_NS: Nanos = 20 * NS_PER_MILLISECOND;

export interface ArbitrageurOptions {
  readonly qtyLots: Lots;
  /** What must be left between the one venue's bid and the other's ask. */
  readonly thresholdTicks: Ticks;
  /** Quotes that are older are not believed. */
  readonly quoteAgeNsMax: Nanos;
  readonly onFill: (timeNs: Nanos, fill: Fill) => void;
}

/** Buys where an instrument is cheaper and sells where it is dearer, one pair of orders at a time. */
export function arbitrageur(options: ArbitrageurOptions): AgentFactory {
  const { qtyLots, thresholdTicks, quoteAgeNsMax } = options;
  return ({ markets }) => {
    const seen = new Map<Market, { readonly quote: Quote; readonly atNs: Nanos }>();
    /** Legs of which it is not known yet what became of them. */
    const open = new Set<string>();
    const leg = (market: Market, orderId: number): string => `${market.venue} ${orderId}`;

    const send = (agent: Agent, market: Market, side: "buy" | "sell", priceTicks: Ticks): void => {
      open.add(leg(market, agent.submit(market, { side, qtyLots, priceTicks, timeInForce: "IOC" })));
    };
    const look = (agent: Agent, cheap: Market, dear: Market): void => {
      const [ask, bid] = [seen.get(cheap), seen.get(dear)];
      if (ask === undefined || bid === undefined || open.size > 0) return;
      if (agent.nowNs - Math.min(ask.atNs, bid.atNs) > quoteAgeNsMax) return;
      const [{ askTicks }, { bidTicks }] = [ask.quote, bid.quote];
      if (askTicks === 0 || bidTicks - askTicks < thresholdTicks) return;
      send(agent, cheap, "buy", askTicks);
      send(agent, dear, "sell", bidTicks);
      // Both have been used: what they say next is needed before the next pair.
      seen.clear();
    };

    return {
      onStart: (agent) => {
        for (const market of markets) {
          agent.subscribe(market, { depth: "quotes", mode: "snapshots", intervalNs: QUOTE_INTERVAL_NS });
        }
      },
      onQuote: (agent, quote) => {
        seen.set(quote.market, { quote, atNs: agent.nowNs });
        const [here, there] = markets;
        look(agent, here, there);
        look(agent, there, here);
      },
      onFill: (agent, fill) => {
        options.onFill(agent.nowNs, fill);
        if (fill.leavesLots === 0) open.delete(leg(fill.market, fill.orderId));
      },
      onOrder: (_, { status, market, orderId }) => {
        if (status !== "accepted") open.delete(leg(market, orderId));
      },
    };
  };
}
