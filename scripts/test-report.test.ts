import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { failureText, failuresOf, testCountLine } from "./test-report.ts";
import type { TestFileReport } from "./test-report.ts";

const ROOT = "/checkout";
const STACK = "\n    at /checkout/src/a.test.ts:3:69\n    at file:///checkout/node_modules/vitest/run.js:1:2";

const passedTest = { ancestorTitles: [], title: "holds", status: "passed", failureMessages: [] };
const PASSED = { name: "/checkout/src/p.test.ts", status: "passed", message: "", assertionResults: [passedTest] };
const FAILED = {
  name: "/checkout/src/a.test.ts",
  status: "failed",
  message: "",
  assertionResults: [
    {
      ancestorTitles: ["a", "b"],
      title: "c",
      status: "failed",
      failureMessages: [`Error: 1\n\n${"2".repeat(999)}${STACK}`],
    },
    passedTest,
    { ancestorTitles: [], title: "d", status: "failed", failureMessages: [`E\n1\n2\n3\n4\n5\n6${STACK}`] },
  ],
};
const NOT_LOADED = {
  name: "/checkout/test/x.test.ts",
  status: "failed",
  message: "no such module",
  assertionResults: [],
};
const NOT_PREPARED = {
  ...NOT_LOADED,
  message: "prepared badly",
  assertionResults: [{ ...passedTest, status: "skipped" }],
};

function reportOf(files: readonly TestFileReport[], skipped = 0) {
  return { numPassedTests: 2, numPendingTests: skipped, testResults: files };
}

test.each([
  ["2 passed, 0 failed", [PASSED, PASSED], 0],
  ["2 passed, 2 failed", [PASSED, FAILED], 0],
  ["2 passed, 0 failed, 4 skipped", [PASSED], 4],
  ["2 passed, 4 failed", [FAILED, NOT_LOADED, NOT_PREPARED], 0],
])("%s", (line, files, skipped) => {
  const report = reportOf(files, skipped);
  expect(testCountLine(report, failuresOf(report, ROOT))).toBe(line);
});

test("every failure is named, with where it is and the first lines of its message", () => {
  expect(failureText(failuresOf(reportOf([PASSED, FAILED, NOT_LOADED, NOT_PREPARED]), ROOT)).split("\n")).toEqual([
    "FAILED: src/a.test.ts > a > b > c",
    "    Error: 1",
    `    ${"2".repeat(300)}`,
    "        at /checkout/src/a.test.ts:3:69",
    "FAILED: src/a.test.ts > d",
    ...["E", "1", "2", "3", "4", "5"].map((line) => `    ${line}`),
    "FAILED: test/x.test.ts",
    "    no such module",
    "FAILED: test/x.test.ts",
    "    prepared badly",
    "",
  ]);
});

test("many failures are counted where they are too many to be read", () => {
  const failures = Array.from({ length: 33 }, (_, i) => ({ test: `t${i}`, message: "" }));
  expect(failureText(failures)).toMatch(/^FAILED: t0\n[^]*\nFAILED: t29\nand 3 more\n$/);
});

test("the counts are the last line that is printed, the failures stand before it", () => {
  const folder = mkdtempSync(join(tmpdir(), "tradeswarm-report-"));
  const report = join(folder, "tests.json");
  const script = join(import.meta.dirname, "print-test-report.ts");
  const print = () => spawnSync(process.execPath, [script, report], { cwd: folder, encoding: "utf8" });
  expect(print()).toMatchObject({ status: 1, stdout: "0 passed, 1 failed\n" });
  writeFileSync(report, JSON.stringify(reportOf([{ ...NOT_LOADED, name: join(folder, "x.test.ts") }])));
  expect(print()).toMatchObject({
    status: 0,
    stdout: "FAILED: x.test.ts\n    no such module\n2 passed, 1 failed\n",
  });
  rmSync(folder, { recursive: true });
});
