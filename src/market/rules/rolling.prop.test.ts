import fc from "fast-check";
import { expect, test } from "vitest";

import { RollingMean } from "./rolling-mean.ts";
import { RollingRange } from "./rolling-range.ts";

/** Prices with the time that passes before each. */
const trades = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 50 })), { maxLength: 60 });

/** One slot of the range takes one unit of time. */
const RANGE_WINDOW = 256;
const MEAN_WINDOW = 64;

test("the range is that of all prices in the window, and of the one that held when it began", () => {
  fc.assert(
    fc.property(trades, (steps) => {
      const range = new RollingRange(RANGE_WINDOW);
      const seen: { time: number; price: number }[] = [];
      let time = 0;
      for (const [passed, price] of steps) {
        time += passed;
        range.add(time, price);
        seen.push({ time, price });
        const before = seen.filter((trade) => trade.time < time - RANGE_WINDOW).slice(-1);
        const within = seen.filter((trade) => trade.time >= time - RANGE_WINDOW);
        const prices = [...before, ...within].map((trade) => trade.price);
        expect([range.low, range.high]).toEqual([Math.min(...prices), Math.max(...prices)]);
      }
    }),
  );
});

test("a range that was cleared knows no price", () => {
  const range = new RollingRange(RANGE_WINDOW);
  for (const time of [0, 100, 600]) range.add(time, 5 + time);
  range.clear();
  range.add(601, 50);
  expect([range.low, range.high]).toEqual([50, 50]);
});

test("the mean is that of the trades in the window, rounded", () => {
  fc.assert(
    fc.property(trades, (steps) => {
      const mean = new RollingMean(MEAN_WINDOW);
      const seen: { time: number; price: number }[] = [];
      let time = 0;
      for (const [passed, price] of steps) {
        time += Math.min(passed, 90);
        mean.add(time, price);
        seen.push({ time, price });
        const prices = seen.filter((trade) => trade.time > time - MEAN_WINDOW).map((trade) => trade.price);
        expect(mean.at(time)).toBe(Math.round(prices.reduce((sum, each) => sum + each, 0) / prices.length));
      }
      expect(mean.at(time + MEAN_WINDOW)).toBe(0);
    }),
  );
});
