import { existsSync, readFileSync } from "node:fs";

import { failureText, failuresOf, testCountLine } from "./test-report.ts";
import type { TestReport } from "./test-report.ts";

const [path] = process.argv.slice(2);

if (path !== undefined && existsSync(path)) {
  const report = JSON.parse(readFileSync(path, "utf8")) as TestReport;
  const failures = failuresOf(report, process.cwd());
  process.stdout.write(`${failureText(failures)}${testCountLine(report, failures)}\n`);
} else {
  // A check before the tests failed, or the runner itself did.
  process.stdout.write("0 passed, 1 failed\n");
  process.exitCode = 1;
}
