import { describe, expect, test } from "vitest";

import { factsOf } from "../../testing/market-facts.ts";
import { MarketRecorder } from "../../testing/market-recorder.ts";
import { rmsc04 } from "../../testing/rmsc04.ts";

/**
 * A day of ABIDES' rmsc04, as measured there over ten days: 19.2 k executions, 1.04 M shares, mean
 * spread 1.65 cents, 1-minute volatility 1.07 bp, lag-1 autocorrelation 0.285, variance ratio 2.62, excess kurtosis 10.4,
 * sign autocorrelation 0.06, inter-arrival variation 1.03. docs/population.md has our means over ten seeds and says what
 * differs. One day is one draw, so each range is the reference, four of our deviations to either side, and the difference.
 */
const RANGES = {
  trades: [18_300, 20_300],
  volumeLots: [990_000, 1_100_000],
  spreadTicks: [1.3, 1.8],
  volatilityBps: [0.6, 1.4],
  returnsLag1: [0.1, 0.55],
  varianceRatio10: [1, 4.4],
  excessKurtosis: [1, 60],
  signsLag1: [0.02, 0.1],
  interArrivalVariation: [0.97, 1.09],
} as const;

describe("a day of rmsc04", () => {
  const bench = rmsc04({ seed: 1 });
  const recorder = new MarketRecorder(bench.market, bench.venue.books[0]);
  bench.watch("recorder", recorder);
  bench.run();
  const facts = factsOf(recorder);

  test.each(Object.entries(RANGES))("%s", (name, [low, high]) => {
    const found = facts[name as keyof typeof RANGES];
    expect(found).toBeGreaterThan(low);
    expect(found).toBeLessThan(high);
  });

  test("ends with the money that it began with", () => {
    expect(bench.ledger.total(0)).toBe(0n);
    expect(bench.ledger.total(1)).toBe(0n);
  });
});
