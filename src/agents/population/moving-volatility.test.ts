import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { MovingVolatility, shareGone } from "./moving-volatility.ts";

describe("MovingVolatility", () => {
  test("finds the variance of a random walk, from any start", () => {
    const stream = RandomStream.named(1, "test", "walk");
    const volatility = new MovingVolatility(1);
    const halfLifeNs = 1_000e9;
    let price = 100_000;
    let timeNs = 0;
    for (let i = 0; i < 40_000; i++) {
      const waitNs = stream.integer(1e8, 2e9);
      timeNs += waitNs;
      price += stream.normal(0, 5e-5 * Math.sqrt(waitNs));
      volatility.see(timeNs, price, halfLifeNs);
    }
    // About 1,400 moves count; their mean square varies by sqrt(2 / 1,400 / 2) = 2.7 % or so.
    expect(Math.abs(volatility.varianceTicks2PerNs / 2.5e-9 - 1)).toBeLessThan(5 * 0.027);
  });

  test("halves what it believed in over a half-life in which nothing moves", () => {
    const volatility = new MovingVolatility(8);
    volatility.see(0, 100, 1_000);
    for (let timeNs = 100; timeNs <= 3_000; timeNs += 100) volatility.see(timeNs, 100, 1_000);
    expect(volatility.varianceTicks2PerNs).toBeCloseTo(1, 10);
  });

  test("ignores a second look at the same moment", () => {
    const volatility = new MovingVolatility(8);
    volatility.see(5, 100, 1_000);
    volatility.see(5, 200, 1_000);
    expect(volatility.varianceTicks2PerNs).toBe(8);
  });
});

test("shareGone: nothing at once, half after a half-life, all when there is no half-life", () => {
  expect(shareGone(0, 10)).toBe(0);
  expect(shareGone(10, 10)).toBeCloseTo(0.5, 15);
  expect(shareGone(20, 10)).toBeCloseTo(0.75, 15);
  expect(shareGone(0, 0)).toBe(1);
});
