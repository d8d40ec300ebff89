import { describe, expect, test } from "vitest";

import { NetworkStage, twoPlaces } from "../testing/network-stage.ts";
import type { DelayLaw } from "./delay-law.ts";
import { meanNs, quantileNs, scoredNs, simBlockDelay } from "./delay-law.ts";

/** Five standard deviations: chance alone passes this once in 1.7 million seeds. */
const SIGMAS = 5;
const DRAWS = 50_000;

/** Delays that packets had over a link with this law, which leave too far apart to meet. */
function delaysOf(jitter: DelayLaw, delayNs = 0): number[] {
  const gapNs = 1e11;
  const times = Array.from({ length: DRAWS }, (_, i) => gapNs * i);
  const stage = new NetworkStage({ graph: twoPlaces({ delayNs, jitter }) }).send("a", "b", times).run();
  return stage.arrivals.map(({ number, timeNs }) => timeNs - times[number]);
}

const correlation = 0;
const MS = 1e6;

/** The value below which the given share of a law lies, from its closed form. */
const LAWS: readonly (readonly [name: string, law: DelayLaw, quantile: (u: number) => number, mean: number])[] = [
  ["uniform", { kind: "uniform", low: MS, high: 5 * MS, correlation }, (u) => MS + 4 * MS * u, 3 * MS],
  [
    "normal",
    { kind: "normal", mean: 20 * MS, deviation: 2 * MS, correlation },
    (u) => 20 * MS + 2 * MS * SCORES[u],
    20 * MS,
  ],
  [
    "log-normal",
    { kind: "logNormal", median: 4 * MS, sigma: 0.5, correlation },
    (u) => 4 * MS * Math.exp(0.5 * SCORES[u]),
    4 * MS * Math.exp(0.125),
  ],
  ["Pareto", { kind: "pareto", scale: 10 * MS, shape: 3, correlation }, (u) => 10 * MS * (1 - u) ** (-1 / 3), 15 * MS],
  [
    "generalised Pareto",
    { kind: "generalisedPareto", scale: 2 * MS, shape: 0.25, correlation },
    (u) => (2 * MS * ((1 - u) ** -0.25 - 1)) / 0.25,
    (2 * MS) / 0.75,
  ],
  [
    "generalised Pareto of shape 0, which is exponential",
    { kind: "generalisedPareto", scale: 2 * MS, shape: 0, correlation },
    (u) => -2 * MS * Math.log(1 - u),
    2 * MS,
  ],
  [
    "empirical",
    { kind: "empirical", quantiles: [0, 10 * MS, 12 * MS, 30 * MS, 90 * MS], correlation },
    (u) => ({ 0.1: 4, 0.5: 12, 0.9: 66, 0.99: 87.6 })[u]! * MS,
    (10 + 12 + 30 + 90 / 2) * (MS / 4),
  ],
];

/** Quantiles of the standard normal law, from a table. */
const SCORES: Readonly<Record<number, number>> = {
  0.1: -1.2815515655446004,
  0.5: 0,
  0.9: 1.2815515655446004,
  0.99: 2.3263478740408408,
};
const SHARES = Object.keys(SCORES).map(Number);

describe.each(LAWS)("%s", (_name, law, quantile, expectedMean) => {
  const delays = delaysOf(law);

  test("has its closed form's mean", () => {
    expect(meanNs(law)).toBeCloseTo(expectedMean, 3);
    const found = delays.reduce((sum, ns) => sum + ns, 0) / DRAWS;
    const deviation = Math.sqrt(delays.reduce((sum, ns) => sum + (ns - found) ** 2, 0) / DRAWS);
    expect(Math.abs(found - expectedMean)).toBeLessThan((SIGMAS * deviation) / Math.sqrt(DRAWS));
  });

  test.each(SHARES)("has the share %d below its closed form's quantile", (u) => {
    const below = delays.filter((ns) => ns <= quantile(u)).length / DRAWS;
    expect(Math.abs(below - u)).toBeLessThan(SIGMAS * Math.sqrt((u * (1 - u)) / DRAWS));
  });

  test("keeps its quantiles where neighbours are correlated, and correlates them as asked", () => {
    const correlated = delaysOf({ ...law, correlation: 0.6 });
    for (const u of SHARES) {
      const below = correlated.filter((ns) => ns <= quantile(u)).length / DRAWS;
      // Neighbours that go together tell less: 1.6 / 0.4 times the variance at most.
      expect(Math.abs(below - u)).toBeLessThan(SIGMAS * Math.sqrt((4 * u * (1 - u)) / DRAWS));
    }
    // Of two neighbours with the correlation r both lie above the median with probability 1/4 + arcsin(r) / 2 pi.
    const both = correlated.slice(1).filter((ns, i) => ns > quantile(0.5) && correlated[i] > quantile(0.5)).length;
    const expected = 0.25 + Math.asin(0.6) / (2 * Math.PI);
    expect(Math.abs(both / DRAWS - expected)).toBeLessThan(SIGMAS * Math.sqrt((4 * expected * (1 - expected)) / DRAWS));
  });
});

test("neighbours are independent unless a correlation is asked for", () => {
  const delays = delaysOf({ kind: "normal", mean: 20 * MS, deviation: 2 * MS, correlation });
  const products = delays.slice(1).map((ns, i) => ((ns - 20 * MS) * (delays[i] - 20 * MS)) / (2 * MS) ** 2);
  const found = products.reduce((sum, product) => sum + product, 0) / products.length;
  expect(Math.abs(found)).toBeLessThan(SIGMAS / Math.sqrt(DRAWS));
});

test("a delay is never negative, and never less than the link's own where the law is not", () => {
  const wide = delaysOf({ kind: "normal", mean: 0, deviation: 3 * MS, correlation }, MS);
  expect(wide.filter((ns) => ns === 0).length).toBeGreaterThan(1_000);
  expect(wide.every((ns) => ns >= 0)).toBe(true);
  expect(delaysOf({ kind: "pareto", scale: MS, shape: 2, correlation }, MS).every((ns) => ns >= 2 * MS)).toBe(true);
});

test("SimBlock's law has the mean that is asked for", () => {
  for (const meanMs of [9, 36, 119, 310]) {
    const { delay, jitter } = simBlockDelay(meanMs * MS);
    expect(delay + meanNs(jitter!)).toBeCloseTo(meanMs * MS, 3);
    expect(quantileNs(jitter!, 1e-12)).toBeCloseTo((meanMs - 5) * MS, 0);
  }
  expect(simBlockDelay(4 * MS)).toEqual({ delay: 4 * MS, jitter: undefined });
});

test("laws without a mean say so, and even the highest score gives a finite delay", () => {
  expect(meanNs({ kind: "pareto", scale: 1, shape: 1, correlation })).toBe(Infinity);
  expect(meanNs({ kind: "generalisedPareto", scale: 1, shape: 1, correlation })).toBe(Infinity);
  expect(Number.isFinite(scoredNs({ kind: "pareto", scale: 1, shape: 2, correlation }, 40))).toBe(true);
});
