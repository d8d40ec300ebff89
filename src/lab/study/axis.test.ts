import { expect, test } from "vitest";

import { axisOf } from "./axis.ts";

test.each([
  [{ low: 0, high: 10 }, "0 2 4 6 8 10"],
  [{ low: -3, high: 47 }, "0 10 20 30 40"],
  [{ low: -0.1, high: 0.3 }, "-0.1 0 0.1 0.2 0.3"],
  [{ low: 0, high: 13_000 }, "0 5000 10000"],
  [{ low: 5, high: 5 }, "5"],
  [{ low: 100, high: 2_000, scale: "log" as const }, "100 200 500 1000 2000"],
  [{ low: 0.001, high: 1_000, scale: "log" as const }, "0.001 0.01 0.1 1 10 100 1000"],
])("%o has the ticks %s", (ends, expected) => {
  const { ticks } = axisOf({ ...ends, from: 0, to: 100 });
  expect(ticks.map(({ text }) => text).join(" ")).toBe(expected);
});

test("an axis runs from end to end, the other way round too, by factors on a logarithmic one", () => {
  const down = axisOf({ low: 0, high: 4, from: 100, to: 0 });
  expect([0, 1, 4].map((value) => down.place(value))).toEqual([100, 75, 0]);
  const log = axisOf({ low: 1, high: 100, from: 0, to: 80, scale: "log" });
  expect(log.place(10)).toBeCloseTo(40, 10);
});
