import { expect, test } from "vitest";

import { studyResult } from "../../../testing/study-result.ts";
import { StudyFindings } from "../../study/findings.ts";
import { frontRunning } from "./study.ts";

const RESULT = await studyResult(frontRunning, { seeds: [1, 2, 3], set: ["simulatedSeconds=90"] });
const FINDINGS = new StudyFindings(frontRunning, RESULT);

test("a front-runner that overhears nothing does nothing", () => {
  expect(RESULT.samples["kept"]["runner"]).toEqual([0, 0, 0]);
});

test("in continuous trading it gains, on every seed", () => {
  expect(FINDINGS.difference({ measure: "runner", arm: "continuous", against: "kept" })).toMatchObject({ higher: 3 });
});

test("the institutions pay more than the mid at which they decided", () => {
  expect(FINDINGS.estimate({ measure: "slippage", arm: "kept" }).low).toBeGreaterThan(0);
});

test.each(["batch", "commit"])("with %s it gains less than in continuous trading", (arm) => {
  expect(FINDINGS.difference({ measure: "runner", arm, against: "continuous" }).mean).toBeLessThan(0);
});
