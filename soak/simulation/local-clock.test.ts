import { expect, test } from "vitest";

import { LocalClock } from "./local-clock.ts";

test("a clock that was never touched is right", () => {
  const clock = new LocalClock();
  expect(clock.at(1_000)).toBe(1_000);
  expect(clock.trueDelayNs(1_000, 500)).toBe(500);
});

test("a fast clock gains, and its waits are short", () => {
  const clock = new LocalClock();
  clock.skew(1_000, 2, 50);
  expect(clock.at(1_100)).toBe(1_250);
  expect(clock.trueDelayNs(1_100, 200)).toBe(100);
});

test("mended, a clock that is ahead waits for the true time, and one that is behind jumps to it", () => {
  const fast = new LocalClock();
  fast.skew(0, 1, 100);
  fast.mend(1_000);
  expect(fast.at(1_000)).toBe(1_100);
  expect(fast.at(1_100)).toBe(1_150);
  expect([fast.at(1_200), fast.at(1_300)]).toEqual([1_200, 1_300]);
  // A wait that ends behind the place where they meet.
  expect(fast.trueDelayNs(1_000, 500)).toBe(600);
  const slow = new LocalClock();
  slow.skew(0, 0.5, 0);
  slow.mend(1_000);
  expect(slow.at(1_001)).toBe(1_001);
});

test("no clock ever goes back", () => {
  const clock = new LocalClock();
  let before = 0;
  for (let nowNs = 0; nowNs < 10_000; nowNs += 7) {
    if (nowNs % 1_001 === 0) clock.skew(nowNs, nowNs % 2 === 0 ? 1.7 : 0.6, nowNs % 3 === 0 ? 90 : 0);
    if (nowNs % 3_003 === 0) clock.mend(nowNs);
    expect(clock.at(nowNs)).toBeGreaterThanOrEqual(before);
    before = clock.at(nowNs);
  }
});
