import { expect, test } from "vitest";

import { studyResult } from "../../../testing/study-result.ts";
import { StudyFindings } from "../../study/findings.ts";
import { latencyAndProfit } from "./study.ts";

const RESULT = await studyResult(latencyAndProfit, { seeds: [1, 2, 3, 4], set: ["simulatedSeconds=40"] });
const FINDINGS = new StudyFindings(latencyAndProfit, RESULT);

test("at the same distance nobody has an advantage: the agents differ in nothing else", () => {
  const { low, high } = FINDINGS.estimate({ measure: "advantage", arm: "at-10ms" });
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0);
});

test("who is nearer earns more, by its own quotes and by others', and stands in front of more investors", () => {
  for (const measure of ["profit", "making", "taking", "flow"]) {
    expect(FINDINGS.difference({ measure, arm: "at-1ms", against: "at-10ms" }).low).toBeGreaterThan(0);
  }
});

test("who is farther earns less, and its rivals are glad of it", () => {
  expect(FINDINGS.difference({ measure: "profit", arm: "at-50ms", against: "at-10ms" }).high).toBeLessThan(0);
  expect(FINDINGS.estimate({ measure: "profit", arm: "at-100ms" }).mean).toBeLessThan(0);
  expect(FINDINGS.difference({ measure: "rivals", arm: "at-100ms", against: "at-10ms" }).mean).toBeGreaterThan(0);
});
