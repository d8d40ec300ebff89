import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { inject } from "vitest";

import { importRecording } from "../src/store/import/import-recording.ts";
import type { ImportSummary } from "../src/store/import/import-types.ts";

export interface Imported {
  readonly path: string;
  readonly summary: ImportSummary;
}

/** Imports a recording of a market, once for all test files, which takes seconds. */
export async function imported(inputPath: string): Promise<Imported> {
  const path = join(inject("sharedFolder"), `${basename(inputPath)}.tsd`);
  const summaryPath = `${path}.json`;
  if (!existsSync(summaryPath)) {
    // Another process may be about to do the same: each makes files of its own, and which of them stays is all the same.
    const [own, ownSummary] = [`${path}.${process.pid}`, `${summaryPath}.${process.pid}`];
    writeFileSync(ownSummary, JSON.stringify(await importRecording({ inputPath, outputPath: own })));
    renameSync(own, path);
    renameSync(ownSummary, summaryPath);
  }
  return { path, summary: JSON.parse(readFileSync(summaryPath, "utf8")) as ImportSummary };
}
