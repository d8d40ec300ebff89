import type { Nanos, Ticks } from "../../../core/units.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import type { Value } from "../../study/estimate.ts";
import type { SeenTrade } from "../price-watcher.ts";

/** A fall is over when so much of it has been made good. */
const RECOVERED_SHARE = 0.9;
/** Less than this is the market's own breathing, and recovers from nothing. */
const FALL_PERCENT_MIN = 0.1;

/** The worst price of a fall, and how long it took to come back. */
export interface Fall {
  readonly beforeTicks: Ticks;
  /** Per cent of the price before. */
  readonly depthPercent: number;
  /** From the first sale on; null where the price did not come back before the end, or hardly fell. */
  readonly recoverySeconds: Value;
}

/**
 * Measures the fall that begins at `startNs`. The price before is that of the last trade then.
 * @param trades in order of time
 */
export function measureFall(trades: readonly SeenTrade[], startNs: Nanos): Fall {
  const before = trades.findLast(({ timeNs }) => timeNs < startNs);
  const after = trades.filter(({ timeNs }) => timeNs >= startNs);
  if (before === undefined || after.length === 0) return { beforeTicks: 0, depthPercent: 0, recoverySeconds: null };
  const beforeTicks = before.priceTicks;
  const lowest = after.reduce((low, trade) => (trade.priceTicks < low.priceTicks ? trade : low));
  const fallTicks = beforeTicks - lowest.priceTicks;
  const depthPercent = (100 * Math.max(0, fallTicks)) / beforeTicks;
  if (depthPercent < FALL_PERCENT_MIN) return { beforeTicks, depthPercent, recoverySeconds: null };
  const enoughTicks = lowest.priceTicks + RECOVERED_SHARE * fallTicks;
  const back = after.find(({ timeNs, priceTicks }) => timeNs > lowest.timeNs && priceTicks >= enoughTicks);
  return {
    beforeTicks,
    depthPercent,
    recoverySeconds: back === undefined ? null : (back.timeNs - startNs) / NS_PER_SECOND,
  };
}
