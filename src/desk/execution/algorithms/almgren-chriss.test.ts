import { expect, test } from "vitest";

import type { ExecutionProblem } from "./almgren-chriss.ts";
import { costOf, optimalTrajectory } from "./almgren-chriss.ts";

/** The example of Almgren and Chriss (2000), section 3.4 and table 1: a million shares in five days. */
const PAPER: ExecutionProblem = {
  shares: 1_000_000,
  duration: 5,
  steps: 5,
  sigma: 0.95,
  epsilon: 0.0625,
  gamma: 2.5e-7,
  eta: 2.5e-6,
  lambda: 1e-6,
};

test("the trajectory of the paper's example", () => {
  const { holdings, kappa } = optimalTrajectory(PAPER);
  expect(kappa).toBeCloseTo(0.6071, 4);
  expect(holdings.map(Math.round)).toEqual([1_000_000, 541_956, 289_854, 147_897, 62_142, 0]);
  const { mean, deviation } = costOf(PAPER, holdings);
  expect([Math.round(mean), Math.round(deviation)]).toEqual([911_227, 603_431]);
});

test("what a straight line and trading at once cost in the same example", () => {
  const straight = costOf(PAPER, [1e6, 8e5, 6e5, 4e5, 2e5, 0]);
  expect([Math.round(straight.mean), Math.round(straight.deviation)]).toEqual([662_500, 1_040_673]);
  const atOnce = costOf(PAPER, [1e6, 0, 0, 0, 0, 0]);
  expect([Math.round(atOnce.mean), Math.round(atOnce.deviation)]).toEqual([2_562_500, 0]);
});

test("who does not mind risk trades evenly", () => {
  const { holdings } = optimalTrajectory({ ...PAPER, lambda: 0 });
  expect(holdings.map(Math.round)).toEqual([1_000_000, 800_000, 600_000, 400_000, 200_000, 0]);
});

test("no small change of the trajectory is better", () => {
  const { holdings } = optimalTrajectory(PAPER);
  const utility = (path: readonly number[]): number => {
    const { mean, deviation } = costOf(PAPER, path);
    return mean + PAPER.lambda * deviation * deviation;
  };
  for (let step = 1; step < PAPER.steps; step++) {
    for (const change of [-1_000, 1_000]) {
      const changed = holdings.with(step, holdings[step] + change);
      expect(utility(changed)).toBeGreaterThan(utility(holdings));
    }
  }
});
