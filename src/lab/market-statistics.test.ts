import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE, NS_PER_SECOND } from "../core/units.ts";
import type { Samples } from "../world/observer.ts";
import { marketStatistics } from "./market-statistics.ts";

/** Samples with these mids, a tick wide. */
function samplesOf(quotes: readonly (readonly [bid: number, ask: number])[]): Samples {
  const zeros = quotes.map(() => 0);
  return {
    venue: "X",
    symbol: "A",
    bidTicks: quotes.map(([bid]) => bid),
    askTicks: quotes.map(([, ask]) => ask),
    volumeLots: zeros,
    trades: zeros,
  };
}

function minutes(...mids: readonly number[]): Samples {
  return samplesOf(mids.map((mid) => [mid - 1, mid + 1]));
}

test("the spread is the mean over the samples that have both sides", () => {
  const samples = samplesOf([
    [0, 10],
    [9, 10],
    [8, 12],
    [9, 0],
    [0, 0],
  ]);
  expect(marketStatistics(samples, NS_PER_SECOND).meanSpreadTicks).toBe(2.5);
  expect(marketStatistics(samplesOf([[0, 1]]), NS_PER_SECOND).meanSpreadTicks).toBeNaN();
});

describe("volatility", () => {
  test("is the sample deviation of one-minute log returns, in basis points", () => {
    // Returns +r, -r, +r: mean r/3, sample variance 4/3 r^2.
    const r = Math.log(101 / 100);
    const { volatility1mBps, autocorrelation1m } = marketStatistics(minutes(100, 101, 100, 101), NS_PER_MINUTE);
    expect(volatility1mBps).toBeCloseTo(1e4 * r * Math.sqrt(4 / 3), 9);
    expect(autocorrelation1m).toBeCloseTo(-1, 12);
  });

  test("looks at the end of each minute, however the samples fall", () => {
    const expected = marketStatistics(minutes(100, 101, 103, 102), NS_PER_MINUTE);
    const fine = minutes(7, 100, 7, 101, 7, 103, 7, 102, 7);
    expect(marketStatistics(fine, NS_PER_MINUTE / 2)).toMatchObject({ volatility1mBps: expected.volatility1mBps });
    // Samples every 25 s: the last one within each minute is the 2nd, 4th, 7th and 9th.
    const uneven = minutes(7, 100, 7, 101, 7, 7, 103, 7, 102, 7);
    expect(marketStatistics(uneven, 25 * NS_PER_SECOND)).toMatchObject({ volatility1mBps: expected.volatility1mBps });
  });

  test("takes the mid before where a side is empty", () => {
    const gap = samplesOf([
      [0, 5],
      [99, 101],
      [0, 0],
      [100, 102],
      [101, 103],
    ]);
    const expected = marketStatistics(minutes(100, 100, 101, 102), NS_PER_MINUTE);
    expect(marketStatistics(gap, NS_PER_MINUTE).volatility1mBps).toBe(expected.volatility1mBps);
  });

  test("is not a number where there is too little to say, or the samples are too far apart", () => {
    expect(marketStatistics(minutes(100, 101), NS_PER_MINUTE).volatility1mBps).toBeNaN();
    expect(marketStatistics(minutes(100, 101, 100), NS_PER_MINUTE).volatility1mBps).toBeGreaterThan(0);
    expect(marketStatistics(minutes(100, 101, 100, 101), NS_PER_MINUTE + 1).volatility1mBps).toBeNaN();
    expect(marketStatistics(minutes(), NS_PER_MINUTE)).toEqual({
      meanSpreadTicks: Number.NaN,
      volatility1mBps: Number.NaN,
      autocorrelation1m: Number.NaN,
    });
  });
});
