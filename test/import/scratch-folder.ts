import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll } from "vitest";

/** A folder of its own for the tests of one file, removed after them. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tradeswarm-import-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
