import { describe, expect, test } from "vitest";

import { runCut } from "./cut.ts";
import type { CutMeasure } from "./cut.ts";
import { partition } from "./study.ts";

const SEEDS = [1, 2, 3, 4];
const PARAMETERS = {
  healSecond: 90,
  afterSeconds: 15,
  delayMs: 35,
  newsPerSecond: 1,
  jumpTicks: 10,
  impactTicksPerLot: 0.02,
};

type Outcome = Awaited<ReturnType<typeof runCut>>;

async function cut(seconds: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const seed of SEEDS) outcomes.push(await runCut(seconds, { seed, parameters: PARAMETERS }));
  return outcomes;
}

const [WHOLE, SHORT, LONG] = [await cut(0), await cut(10), await cut(60)];

function mean(outcomes: readonly Outcome[], measure: CutMeasure): number {
  return outcomes.reduce((sum, outcome) => sum + (outcome[measure] ?? Number.NaN), 0) / outcomes.length;
}

test("until the cut it is the same run", () => {
  for (const arm of [SHORT, LONG]) expect(arm.map(({ before }) => before)).toEqual(WHOLE.map(({ before }) => before));
});

describe("two prices", () => {
  test("keep within what arbitrage leaves while the cable holds", () => {
    expect(mean(WHOLE, "before")).toBeLessThan(14);
    expect(mean(WHOLE, "recovery")).toBeLessThan(1);
  });

  test("drift apart behind a cut, the longer the wider, and are one again after it", () => {
    expect(mean(SHORT, "widest")).toBeGreaterThan(mean(WHOLE, "widest"));
    expect(mean(LONG, "widest")).toBeGreaterThan(2 * mean(SHORT, "widest"));
    for (const { recovery } of [...SHORT, ...LONG]) expect(recovery).not.toBeNull();
  });
});

test("to close the gap is worth more after a long cut; nothing is earned across a cut", () => {
  expect(mean(LONG, "arbitrage")).toBeGreaterThan(mean(WHOLE, "arbitrage"));
  // Of 90 s, 60 are cut: what is earned before the healing is about a third.
  const earlier = (arm: readonly Outcome[]): number => mean(arm, "whole") - mean(arm, "arbitrage");
  expect(earlier(LONG)).toBeLessThan(0.6 * earlier(WHOLE));
});

test("the longest cut begins after what is measured before any", () => {
  const longest = Math.max(...partition.arms.map(({ dose = 0 }) => dose));
  const { low } = partition.parameters["healSecond"];
  expect(low - longest).toBeGreaterThanOrEqual(low / 3);
});
