import { describe, expect, test } from "vitest";

import type { MeanRevertingPathOptions } from "./fundamental.ts";
import { MeanRevertingPath, PATH_SECONDS_MAX } from "./fundamental.ts";

/**
 * Statistical checks allow five standard deviations of the estimate: a right path fails one for one seed in 1.7 million,
 * and the seeds stand here, so that each of them either always passes or always fails.
 */
const SIGMAS = 5;
const SECOND = 1e9;
const MEAN = 100_000;
const SIGMA = 5e-5;

function path(options: Partial<MeanRevertingPathOptions> = {}): MeanRevertingPath {
  return new MeanRevertingPath({
    seed: 1,
    name: "ABM",
    meanTicks: MEAN,
    kappaPerNs: 0,
    sigmaPerSqrtNs: SIGMA,
    ...options,
  });
}

/** Mean square of the path's increments over `stepNs`, one after the other. */
function meanSquareIncrement(
  of: MeanRevertingPath,
  options: { stepNs: number; count: number; fromNs?: number },
): number {
  const { stepNs, count, fromNs = 0 } = options;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const move = of.valueAt(fromNs + (i + 1) * stepNs) - of.valueAt(fromNs + i * stepNs);
    sum += move * move;
  }
  return sum / count;
}

describe("MeanRevertingPath", () => {
  test("starts where it is told to, at the mean if it is told nothing", () => {
    expect(path().valueAt(0)).toBe(MEAN);
    expect(path({ startTicks: 99_000 }).valueAt(0)).toBe(99_000);
  });

  test("without volatility it returns to the mean by its closed formula", () => {
    const kappaPerNs = 1e-10;
    const still = path({ sigmaPerSqrtNs: 0, startTicks: MEAN + 1_000, kappaPerNs });
    for (const timeNs of [0.5 * SECOND, SECOND, 7.25 * SECOND, 30 * SECOND]) {
      expect(still.valueAt(timeNs)).toBeCloseTo(MEAN + 1_000 * Math.exp(-kappaPerNs * timeNs), 6);
    }
  });

  test("has the stationary mean and variance sigma^2 / (2 kappa)", () => {
    const kappaPerNs = 0.5e-9;
    const fast = path({ kappaPerNs, startTicks: MEAN });
    const seconds = 200_000;
    const values = Float64Array.from({ length: seconds }, (_, i) => fast.valueAt((i + 100) * SECOND) - MEAN);
    const variance = (SIGMA * SIGMA) / (2 * kappaPerNs);
    const mean = values.reduce((sum, value) => sum + value, 0) / seconds;
    // Values k seconds apart correlate by r^k, so n of them weigh as n (1 - r) / (1 + r) independent ones.
    const r = Math.exp(-kappaPerNs * SECOND);
    expect(Math.abs(mean)).toBeLessThan(SIGMAS * Math.sqrt((variance * (1 + r)) / (1 - r) / seconds));
    // Squares correlate by r^2k.
    const square = values.reduce((sum, value) => sum + value * value, 0) / seconds;
    const bound = SIGMAS * variance * Math.sqrt((2 * (1 + r * r)) / (1 - r * r) / seconds);
    expect(Math.abs(square - variance)).toBeLessThan(bound);
  });

  test.each([
    { name: "1 s", stepNs: SECOND, count: 100_000 },
    { name: "60 s", stepNs: 60 * SECOND, count: 10_000 },
    { name: "1 h", stepNs: 3_600 * SECOND, count: 300 },
  ])("increments over $name have the variance sigma^2 (1 - e^(-kappa t)) / kappa", ({ stepNs, count }) => {
    const kappaPerNs = 1 / (1_200 * SECOND);
    const found = meanSquareIncrement(path({ kappaPerNs }), { stepNs, count, fromNs: 20_000 * SECOND });
    // Stationary: twice the stationary variance, less the covariance of the two ends.
    const expected = (SIGMA * SIGMA * (1 - Math.exp(-kappaPerNs * stepNs))) / kappaPerNs;
    // Increments correlate by at most -1/2 with the next and less with others: their squares by 1/4 + 1/16 + …
    expect(Math.abs(found / expected - 1)).toBeLessThan(SIGMAS * Math.sqrt((2 * (1 + 2 / 3)) / count));
  });

  test.each([2, 32, 1024])("inside seconds, increments over a %dth have their share of the variance", (parts) => {
    const count = 50_000;
    const found = meanSquareIncrement(path(), { stepNs: SECOND / parts, count });
    expect(Math.abs((found * parts) / (SIGMA * SIGMA * SECOND) - 1)).toBeLessThan(SIGMAS * Math.sqrt(2 / count));
  });

  test("inside a second, one increment says nothing about the next, however far up their common half was drawn", () => {
    const parts = 1024;
    const seconds = 50;
    const of = path();
    let products = 0;
    let previous = 0;
    for (let i = 1; i <= parts * seconds; i++) {
      const move = of.valueAt((i * SECOND) / parts) - of.valueAt(((i - 1) * SECOND) / parts);
      products += move * previous;
      previous = move;
    }
    const variance = (SIGMA * SIGMA * SECOND) / parts;
    expect(Math.abs(products / variance)).toBeLessThan(SIGMAS * Math.sqrt(parts * seconds));
  });

  test("reversion inside a second is exact too: the middle's variance from a start on the mean", () => {
    const kappaPerNs = 2e-9;
    const count = 20_000;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (path({ name: String(i), kappaPerNs }).valueAt(SECOND / 2) - MEAN) ** 2;
    const expected = (SIGMA * SIGMA * (1 - Math.exp(-kappaPerNs * SECOND))) / (2 * kappaPerNs);
    expect(Math.abs(sum / count / expected - 1)).toBeLessThan(SIGMAS * Math.sqrt(2 / count));
  });

  test("ends at its limit", () => {
    const short = path({ secondsMax: 5_000 });
    expect(short.valueAt(5_000 * SECOND)).toBeGreaterThan(0);
    expect(() => short.valueAt(5_000 * SECOND + 1)).toThrow("a path ends after 5000 s; asked for 5001 s");
    expect(() => path().valueAt((PATH_SECONDS_MAX + 1) * SECOND)).toThrow(`a path ends after ${PATH_SECONDS_MAX} s`);
  });

  test.each([-1, Number.NaN, Infinity])("has no value at %d ns", (timeNs) => {
    expect(() => path().valueAt(timeNs)).toThrow("a path begins at 0 ns");
  });

  test("gives the same values for ever: these are the ones that recorded runs were made with", () => {
    const recorded = path({ kappaPerNs: 1.67e-16 });
    expect([1, SECOND, 1.5 * SECOND, 60 * SECOND + 123_456_789].map((time) => recorded.valueAt(time)))
      .toMatchInlineSnapshot(`
      [
        100000.00000008075,
        100002.28836459304,
        100002.67067939529,
        99994.70025517652,
      ]
    `);
  });
});
