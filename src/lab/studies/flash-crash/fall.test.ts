import { expect, test } from "vitest";

import { NS_PER_SECOND } from "../../../core/units.ts";
import { measureFall } from "./fall.ts";

/** Trades at whole seconds, one for each price. */
function fallOf(prices: readonly number[]): ReturnType<typeof measureFall> {
  const trades = prices.map((priceTicks, second) => ({ timeNs: second * NS_PER_SECOND, priceTicks, qtyLots: 1 }));
  return measureFall(trades, 2 * NS_PER_SECOND);
}

test.each([
  // Before: 1000 at second 1. Down to 900, and 990 is nine tenths of the way back.
  [[999, 1000, 950, 900, 950, 989, 990, 1000], 10, 4],
  [[999, 1000, 950, 900, 950, 989], 10, null],
  // The second low is the lower one: what came back before it does not count.
  [[999, 1000, 950, 1000, 900, 1000], 10, 3],
  [[999, 1000, 1000, 1001], 0, null],
  [[9999, 10_000, 9991, 10_000], 0.09, null],
  [[1000, 800, 800], 0, null],
])("prices %j fall by %d % and are back after %d s", (prices, depthPercent, recoverySeconds) => {
  const fall = fallOf(prices);
  expect(fall.depthPercent).toBeCloseTo(depthPercent, 12);
  expect(fall.recoverySeconds).toBe(recoverySeconds);
});

test("without trades there is no fall", () => {
  expect(fallOf([])).toEqual({ beforeTicks: 0, depthPercent: 0, recoverySeconds: null });
  expect(fallOf([1000, 1000])).toEqual({ beforeTicks: 0, depthPercent: 0, recoverySeconds: null });
});
