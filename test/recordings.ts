import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, test } from "vitest";

const RECORDINGS = new URL("../../shared/data/", import.meta.url);

/**
 * Where a real recording lies on this machine.
 *
 * Recordings are too large for the repository and stand beside the checkout.
 *
 * @param relativePath for example `market/lobster`: a file or a folder.
 * @returns the absolute path, or undefined where the recording is missing.
 */
export function recordingPath(relativePath: string): string | undefined {
  const path = fileURLToPath(new URL(relativePath, RECORDINGS));
  return existsSync(path) ? path : undefined;
}

/**
 * Describes tests on a real recording. Without the recording, one skipped test stands in their place and a line on
 * stderr says so: a suite that silently proves less than it says would be worse than a red one.
 *
 * @param relativePath as for `recordingPath`.
 * @param define registers the tests; it gets the recording's absolute path.
 */
export function describeWithRecording(relativePath: string, name: string, define: (path: string) => void): void {
  const path = recordingPath(relativePath);
  if (path === undefined) {
    process.stderr.write(`\nSKIPPED: recording ../shared/data/${relativePath} is missing, so not proven: ${name}\n`);
  }
  // The body of a skipped suite still runs when the tests are collected, hence no call of `define` there.
  describe.skipIf(path === undefined)(name, () => {
    if (path === undefined) test(`needs the recording ../shared/data/${relativePath}`, () => {});
    else define(path);
  });
}
