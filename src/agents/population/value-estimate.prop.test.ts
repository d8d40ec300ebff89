import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { OrnsteinUhlenbeck } from "../ornstein-uhlenbeck.ts";
import { decayOver, varianceOver } from "../ornstein-uhlenbeck.ts";
import { ValueEstimate } from "./value-estimate.ts";

const MEAN = 100_000;

interface Observation {
  readonly timeNs: number;
  readonly ticks: number;
}

/**
 * The same expectation and variance without any recursion, by the closed formula of Gaussian regression: the value and
 * the observations are jointly normal, so E[x | y] = m + k' (K + n I)^-1 (y - m) and Var[x | y] = v - k' (K + n I)^-1 k,
 * with the covariance of a path that is known at time 0: cov(x_s, x_t) = variance over the earlier, decayed to the later.
 */
function regression(
  observations: readonly Observation[],
  options: { startTicks: number; noise: number; process: OrnsteinUhlenbeck; atNs: number },
): { mean: number; variance: number } {
  const { startTicks, noise, process, atNs } = options;
  const expected = (timeNs: number): number => MEAN + decayOver(process, timeNs) * (startTicks - MEAN);
  const covariance = (s: number, t: number): number =>
    varianceOver(process, Math.min(s, t)) * decayOver(process, Math.abs(s - t));
  const matrix = observations.map((a, i) =>
    observations.map((b, j) => covariance(a.timeNs, b.timeNs) + (i === j ? noise : 0)),
  );
  const toValue = observations.map(({ timeNs }) => covariance(timeNs, atNs));
  const weights = solve(matrix, toValue);
  const surprise = observations.map(({ timeNs, ticks }) => ticks - expected(timeNs));
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
  return { mean: expected(atNs) + dot(weights, surprise), variance: covariance(atNs, atNs) - dot(weights, toValue) };
}

/** Gauss's elimination; the matrix is positive definite, so no pivot is needed. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (const [i, pivot] of rows.entries()) {
    for (const [j, row] of rows.entries()) {
      if (j === i) continue;
      const factor = row[i] / pivot[i];
      for (let column = i; column < row.length; column++) row[column] -= factor * pivot[column];
    }
  }
  return rows.map((row, i) => row[row.length - 1] / row[i]);
}

describe("ValueEstimate", () => {
  test("gives what Gaussian regression over all observations gives", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            waitNs: fc.double({ min: 1e9, max: 1e12, noNaN: true }),
            ticks: fc.double({ min: MEAN - 1_000, max: MEAN + 1_000, noNaN: true }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.record({
          kappaPerNs: fc.constantFrom(0, 1.67e-16, 1.67e-15, 1e-12),
          varianceTicks2PerNs: fc.double({ min: 1e-10, max: 1e-7, noNaN: true }),
        }),
        fc.double({ min: 10, max: 10_000, noNaN: true }),
        fc.double({ min: MEAN - 500, max: MEAN + 500, noNaN: true }),
        (waits, process, noise, startTicks) => {
          const estimate = new ValueEstimate({ meanTicks: MEAN, startTicks });
          const observations: Observation[] = [];
          let timeNs = 0;
          for (const { waitNs, ticks } of waits) {
            timeNs += waitNs;
            observations.push({ timeNs, ticks });
            estimate.observe({ timeNs, ticks, variance: noise }, process);
          }
          const now = regression(observations, { startTicks, noise, process, atNs: timeNs });
          expect(estimate.expectedAt(timeNs, process)).toBeCloseTo(now.mean, 5);
          expect(estimate.variance / now.variance).toBeCloseTo(1, 5);
          const endNs = timeNs + 1e13;
          const final = regression(observations, { startTicks, noise, process, atNs: endNs });
          expect(estimate.expectedAt(endNs, process)).toBeCloseTo(final.mean, 5);
        },
      ),
    );
  });

  test("with rmsc04's shock variance it believes the last observation", () => {
    const process = { kappaPerNs: 1.67e-15, varianceTicks2PerNs: 100_000 };
    const estimate = new ValueEstimate({ meanTicks: MEAN, startTicks: MEAN });
    estimate.observe({ timeNs: 1e9, ticks: MEAN + 300, variance: 1_000 }, process);
    estimate.observe({ timeNs: 2e9, ticks: MEAN - 50, variance: 1_000 }, process);
    expect(estimate.expectedAt(2e9, process)).toBeCloseTo(MEAN - 50, 6);
    // Half an hour to go: e^(-1.67e-15 x 1.8e12) of the distance is left.
    expect(estimate.expectedAt(2e9 + 1.8e12, process)).toBeCloseTo(MEAN - 50 * Math.exp(-1.67e-15 * 1.8e12), 6);
  });

  test("a perfect observer of a value that stands still learns nothing and knows all", () => {
    const still = { kappaPerNs: 0, varianceTicks2PerNs: 0 };
    const estimate = new ValueEstimate({ meanTicks: MEAN, startTicks: MEAN + 5 });
    estimate.observe({ timeNs: 1e9, ticks: MEAN + 5, variance: 0 }, still);
    expect(estimate.expectedAt(2e9, still)).toBe(MEAN + 5);
    expect(estimate.variance).toBe(0);
  });
});
