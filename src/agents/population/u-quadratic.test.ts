import { expect, test } from "vitest";

import { uQuadraticQuantile } from "./u-quadratic.ts";

test("the quantile inverts the distribution function 4 (x - 1/2)^3 + 1/2", () => {
  for (let i = 0; i <= 1_000; i++) {
    const x = uQuadraticQuantile(i / 1_000);
    expect(4 * (x - 0.5) ** 3 + 0.5).toBeCloseTo(i / 1_000, 12);
  }
});

test("the quantile stays within the day", () => {
  expect(uQuadraticQuantile(0)).toBe(0);
  expect(uQuadraticQuantile(0.5)).toBe(0.5);
  expect(uQuadraticQuantile(1)).toBe(1);
});
