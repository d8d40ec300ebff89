import { relative } from "node:path";

/** The part of the test runner's JSON report that is read here. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly TestFileReport[];
}

export interface TestFileReport {
  /** The file's absolute path. */
  readonly name: string;
  readonly status: string;
  /** Why the file failed as a whole. */
  readonly message: string;
  readonly assertionResults: readonly {
    readonly ancestorTitles: readonly string[];
    readonly title: string;
    readonly status: string;
    /** With the stack. */
    readonly failureMessages?: readonly string[] | undefined;
  }[];
}

export interface TestFailure {
  /** `file > group > test` */
  readonly test: string;
  readonly message: string;
}

/** Enough to know what to look for; the whole message stands where the tests ran. */
const MESSAGE_LINES_MAX = 6;
const LINE_CHARS_MAX = 300;
const FAILURES_NAMED_MAX = 30;

/**
 * A file that failed without a failed test, because it could not be loaded or its preparation threw, is one failure: its
 * tests were never run, so the report would look better than the run was.
 *
 * @param root the folder that names of files are relative to
 */
export function failuresOf(report: TestReport, root: string): TestFailure[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((assertion) => assertion.status === "failed");
    if (failed.length === 0) return status === "failed" ? [{ test: file, message }] : [];
    return failed.map(({ ancestorTitles, title, failureMessages = [] }) => ({
      test: [file, ...ancestorTitles, title].join(" > "),
      message: failureMessages.join("\n"),
    }));
  });
}

/** Failures for people, who may see no more than the end of the output: each test, and its message's first lines. */
export function failureText(failures: readonly TestFailure[]): string {
  const named = failures.slice(0, FAILURES_NAMED_MAX).map(({ test, message }) => {
    const lines = message.split("\n").filter((line) => line.trim() !== "" && !line.includes("node_modules"));
    return [
      `FAILED: ${test}`,
      ...lines.slice(0, MESSAGE_LINES_MAX).map((line) => `    ${line.slice(0, LINE_CHARS_MAX)}`),
    ];
  });
  const more = failures.length - named.length;
  return [...named.flat(), ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `${line}\n`).join("");
}

/** One line for machines and people: `12 passed, 0 failed`, and `, 3 skipped` when there are any. */
export function testCountLine(report: TestReport, failures: readonly TestFailure[]): string {
  const skipped = report.numPendingTests === 0 ? "" : `, ${report.numPendingTests} skipped`;
  return `${report.numPassedTests} passed, ${failures.length} failed${skipped}`;
}
