import { existsSync, readFileSync } from "node:fs";

import { testCountLine } from "./test-counts.ts";
import type { TestReport } from "./test-counts.ts";

const [path] = process.argv.slice(2);

if (path !== undefined && existsSync(path)) {
  process.stdout.write(`${testCountLine(JSON.parse(readFileSync(path, "utf8")) as TestReport)}\n`);
} else {
  // A check before the tests failed, or the runner itself did.
  process.stdout.write("0 passed, 1 failed\n");
  process.exitCode = 1;
}
