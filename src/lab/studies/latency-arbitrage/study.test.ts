import { expect, test } from "vitest";

import { studyResult } from "../../../testing/study-result.ts";
import { StudyFindings } from "../../study/findings.ts";
import { latencyArbitrage } from "./study.ts";

const RESULT = await studyResult(latencyArbitrage, { seeds: [1, 2, 3, 4], set: ["simulatedSeconds=60"] });
const FINDINGS = new StudyFindings(latencyArbitrage, RESULT);

test("the faster sniper takes nearly all, however small its head start beyond the jitter", () => {
  expect(FINDINGS.estimate({ measure: "share", arm: "at-25ms" }).low).toBeGreaterThan(90);
  expect(FINDINGS.estimate({ measure: "share", arm: "at-1ms" }).low).toBeGreaterThan(90);
});

test("two that are equally fast share what there is, near or far", () => {
  for (const arm of ["both-50ms", "both-1ms"]) {
    const { low, high } = FINDINGS.estimate({ measure: "share", arm });
    expect(low).toBeLessThan(50);
    expect(high).toBeGreaterThan(50);
  }
});

test("the maker and the investors pay what the snipers gain", () => {
  for (const arm of Object.values(RESULT.samples)) {
    for (const seed of RESULT.seeds.keys()) {
      const parts = ["fast", "slow", "maker", "investors"].map((measure) => arm[measure][seed] ?? Number.NaN);
      const paid = parts.reduce((sum, value) => sum + value, 0);
      // Each learns of a trade at its own moment: news may fall between two of them.
      expect(Math.abs(paid)).toBeLessThan(0.1 * Math.abs(parts[0]) + 2_000);
    }
  }
});

test("a bump for all changes nothing, one for takers ends the race", () => {
  const left = (arm: string): number =>
    FINDINGS.estimate({ measure: "advantage", arm }).mean /
    FINDINGS.estimate({ measure: "advantage", arm: "at-1ms" }).mean;
  expect(left("bump")).toBeGreaterThan(0.8);
  expect(left("bump")).toBeLessThan(1.2);
  expect(Math.abs(left("taker-bump"))).toBeLessThan(0.1);
});

test("the longer a batch, the less a head start is worth", () => {
  const lengths = [200, 500, 2_000].map(
    (windowMs) => FINDINGS.estimate({ measure: "advantage", arm: `batch-${windowMs}ms` }).mean,
  );
  expect(lengths[0]).toBeGreaterThan(lengths[1]);
  expect(lengths[1]).toBeGreaterThan(lengths[2]);
  expect(FINDINGS.difference({ measure: "advantage", arm: "batch-1000ms", against: "at-1ms" })).toMatchObject({
    lower: 4,
  });
});
