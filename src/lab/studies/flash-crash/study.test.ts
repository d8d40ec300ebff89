import { expect, test } from "vitest";

import { studyResult } from "../../../testing/study-result.ts";
import { StudyFindings } from "../../study/findings.ts";
import { flashCrash } from "./study.ts";

// A minute of sales after a short quiet, and a minute to come back.
const SET = ["simulatedSeconds=150", "quietSeconds=30", "saleSeconds=60"];
const RESULT = await studyResult(flashCrash, { seeds: [1, 2], set: SET });
const FINDINGS = new StudyFindings(flashCrash, RESULT);

test("the sale makes a crash of a market that stood still without it", () => {
  expect(FINDINGS.estimate({ measure: "depth", arm: "no-sale" }).mean).toBeLessThan(0.2);
  expect(FINDINGS.estimate({ measure: "depth", arm: "none" }).mean).toBeGreaterThan(1);
  expect(FINDINGS.difference({ measure: "depth", arm: "none", against: "no-sale" })).toMatchObject({ higher: 2 });
});

test("what some lose others gain: without fees the market is a game of sum 0", () => {
  for (const arm of Object.values(RESULT.samples)) {
    for (const seed of RESULT.seeds.keys()) {
      const gains = ["seller", "maker", "momentum", "value", "noise"].map((who) => arm[who][seed] ?? Number.NaN);
      expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(0, 4);
    }
  }
});

test("limits up and down keep the fall near their band, and a breaker makes it shallower", () => {
  expect(FINDINGS.estimate({ measure: "depth", arm: "band-1" }).mean).toBeLessThan(2);
  for (const arm of ["breaker-1", "band-1"]) {
    expect(FINDINGS.difference({ measure: "depth", arm, against: "none" })).toMatchObject({ lower: 2 });
  }
});
