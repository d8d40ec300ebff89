import { expect, test } from "vitest";

import { estimate, pairedDifference, sideOf } from "./estimate.ts";

// Student (1908), "The probable error of a mean", table of hours of sleep gained with two drugs by ten patients:
// mean difference 1.58, standard error 0.389, and with t(9) = 2.262 the interval 0.700 to 2.460.
const LAEVO = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
const DEXTRO = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];

test("Student's own patients", () => {
  const found = pairedDifference(LAEVO, DEXTRO);
  expect(found.mean).toBeCloseTo(1.58, 12);
  expect(found.low).toBeCloseTo(0.7001, 4);
  expect(found.high).toBeCloseTo(2.4599, 4);
  // One patient slept alike with both.
  expect(found).toMatchObject({ count: 10, higher: 9, lower: 0 });
  expect(found.signChance).toBeCloseTo(2 / 512, 12);
  // Variances 4.009 and 3.201 apart, 1.513 of the differences.
  expect(found.pairingGain).toBeCloseTo((4.009 + 3.2006) / 1.5129, 2);
  expect(sideOf(found)).toBe("above");
  expect(sideOf(pairedDifference(DEXTRO, LAEVO))).toBe("below");
});

test("two independent means of the same hours could not be told apart", () => {
  expect(sideOf(estimate(DEXTRO))).toBe("open");
});

test("a seed that lacks one of the two is left out", () => {
  const found = pairedDifference([1, null, 3, 5], [0, 1, null, 2]);
  expect(found).toMatchObject({ count: 2, mean: 2, higher: 2 });
});

test("one value says nothing of the mean, and none has no mean", () => {
  expect(estimate([7])).toEqual({ count: 1, mean: 7, low: -Infinity, high: Infinity });
  expect(estimate([null])).toEqual({ count: 0, mean: Number.NaN, low: -Infinity, high: Infinity });
  expect(sideOf(estimate([7]))).toBe("open");
});

test("what never varies has no width", () => {
  expect(estimate([4, 4, 4])).toMatchObject({ mean: 4, low: 4, high: 4 });
  expect(sideOf(estimate([0, 0]))).toBe("open");
});
