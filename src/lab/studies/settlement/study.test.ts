import { expect, test } from "vitest";

import { studyResult } from "../../../testing/study-result.ts";
import { StudyFindings } from "../../study/findings.ts";
import { settlement } from "./study.ts";

const RESULT = await studyResult(settlement, { seeds: [1], set: ["simulatedSeconds=32", "traders=5"] });
const FINDINGS = new StudyFindings(settlement, RESULT);
const mean = (measure: string, arm: string): number => FINDINGS.estimate({ measure, arm }).mean;

test("Raft is faster than Streamlet, and Streamlet than six confirmations", () => {
  expect(mean("finality", "raft")).toBeLessThan(mean("finality", "streamlet"));
  expect(mean("finality", "streamlet")).toBeLessThan(mean("finality", "work"));
});

test("no fault of those that a protocol withstands makes a fork, and all replicas end with the venue's balances", () => {
  const withstood = settlement.arms.map(({ name }) => name).filter((name) => !name.endsWith("coalition"));
  for (const arm of withstood) expect([arm, mean("forks", arm)]).toEqual([arm, 0]);
  for (const arm of ["raft", "streamlet", "work", "raft-crash", "streamlet-crash", "raft-cut", "streamlet-liar"]) {
    expect([arm, mean("agreeing", arm)]).toEqual([arm, 100]);
  }
  expect(mean("caught", "streamlet-liar")).toBe(1);
});

test("a cut delays those that vote until it is over, and makes two chains of those that mine", () => {
  for (const name of ["raft", "streamlet"]) {
    expect(mean("worst", `${name}-cut`)).toBeGreaterThan(mean("worst", name) + 4);
    expect(mean("undone", `${name}-cut`)).toBe(0);
  }
  expect(mean("depth", "work-cut")).toBeGreaterThan(mean("depth", "work"));
});
