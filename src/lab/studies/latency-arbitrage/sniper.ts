import type { AgentFactory } from "../../../agents/port.ts";
import type { Lots, Ticks } from "../../../core/units.ts";
import type { TimeInForceName } from "../../../model/order-flags.ts";
import type { NewsItem } from "./news.ts";
import { onNews } from "./news.ts";

export interface SniperOptions {
  readonly news: readonly NewsItem[];
  readonly startTicks: Ticks;
  /** How far from the value the makers quote. */
  readonly halfSpreadTicks: Ticks;
  readonly qtyLots: Lots;
  readonly timeInForce: TimeInForceName;
}

/**
 * Takes stale quotes. Where news moves the value by more than the half spread, a quote of before stands on the wrong side
 * of it: the sniper sends an order for it, with a limit that leaves at least a tick of profit, and hopes to be first.
 */
export function sniper({ news, startTicks, halfSpreadTicks, qtyLots, timeInForce }: SniperOptions): AgentFactory {
  return ({ market }) =>
    onNews({ news, startTicks }, (agent, { valueTicks }, earlierTicks) => {
      const jumpTicks = valueTicks - earlierTicks;
      if (Math.abs(jumpTicks) <= halfSpreadTicks) return;
      const side = jumpTicks > 0 ? "buy" : "sell";
      agent.submit(market, { side, qtyLots, priceTicks: valueTicks - Math.sign(jumpTicks), timeInForce });
    });
}
