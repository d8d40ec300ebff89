import { expect, test } from "vitest";

import { testCountLine } from "./test-counts.ts";

const PASSED = { status: "passed", assertionResults: [{ status: "passed" }] };
const FAILED = { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] };
const NOT_LOADED = { status: "failed", assertionResults: [] };

test.each([
  ["2 passed, 0 failed", { passed: 2, failed: 0, skipped: 0, files: [PASSED, PASSED] }],
  ["2 passed, 1 failed", { passed: 2, failed: 1, skipped: 0, files: [PASSED, FAILED] }],
  ["1 passed, 0 failed, 4 skipped", { passed: 1, failed: 0, skipped: 4, files: [PASSED] }],
  ["2 passed, 2 failed", { passed: 2, failed: 1, skipped: 0, files: [PASSED, FAILED, NOT_LOADED] }],
])("%s", (line, { passed, failed, skipped, files }) => {
  expect(
    testCountLine({
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: skipped,
      testResults: files,
    }),
  ).toBe(line);
});
