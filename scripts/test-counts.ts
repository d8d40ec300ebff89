/** The part of the test runner's JSON report that the counts need. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * One line for machines and people: `12 passed, 0 failed`, and `, 3 skipped` when there are any.
 *
 * A file that failed without a failed test, because it could not be loaded or its preparation threw, counts as one
 * failure: its tests were never counted, so the line would look better than the run was.
 */
export function testCountLine(report: TestReport): string {
  const failedFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  );
  const failed = report.numFailedTests + failedFiles.length;
  const skipped = report.numPendingTests === 0 ? "" : `, ${report.numPendingTests} skipped`;
  return `${report.numPassedTests} passed, ${failed} failed${skipped}`;
}
