import type { AgentFactory } from "../../agents/port.ts";
import type { Lots, Nanos, Ticks } from "../../core/units.ts";

/** A trade of anybody's, when the watcher heard of it. */
export interface SeenTrade {
  readonly timeNs: Nanos;
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
}

/** Writes down every trade and sends nothing: nobody trades otherwise because it watches. */
export function priceWatcher(seen: SeenTrade[]): AgentFactory {
  return ({ market }) => ({
    onStart: (agent) => agent.subscribe(market, { depth: "trades" }),
    onTrade: (agent, { priceTicks, qtyLots }) => void seen.push({ timeNs: agent.nowNs, priceTicks, qtyLots }),
  });
}
