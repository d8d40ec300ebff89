import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AgentFactory } from "../agents/port.ts";
import { systemClock } from "../kernel/system-clock.ts";
import type { Manifest } from "../lab/manifest.ts";
import type { RecordOptions, Recorded } from "../lab/record-run.ts";
import { recordRun } from "../lab/record-run.ts";
import type { Replayed, ReplayOptions } from "../lab/replay-run.ts";
import { readOutline, replayRun } from "../lab/replay-run.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import type { FlightOptions } from "../lab/flight.ts";
import { JournalWriter } from "../store/journal/journal-writer.ts";
import type { Scenario } from "../world/scenario/schema.ts";
import type { SampleEntry } from "./journal-samples.ts";
import { appendSample, readAll } from "./journal-samples.ts";

/** A folder for runs, which disappears with the block that holds it. */
export class RunsFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "tradeswarm-runs-"));
  #runs = 0;

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  create(): RunDirectory {
    // One second for each, so that names tell them apart.
    return RunDirectory.create(this.path, "run", new Date(1_000 * ++this.#runs));
  }

  /** Runs a scenario and writes it down. */
  record(
    scenario: Scenario,
    options: { readonly factories?: Record<string, AgentFactory> } & Pick<RecordOptions, "recording"> &
      Partial<FlightOptions> = {},
  ): Promise<Recorded> {
    return recordRun({
      clock: systemClock,
      ...options,
      manifest: manifestOf(scenario),
      createDirectory: () => this.create(),
      factories: new Map(Object.entries(options.factories ?? {})),
    });
  }

  /** Writes a journal anew, with other entries: as someone would who knows how to seal it. @returns its path */
  rewrite(journal: string, edit: (entries: readonly SampleEntry[]) => readonly SampleEntry[]): string {
    const { entries } = readAll(readFileSync(journal));
    const path = this.create().journal;
    const writer = JournalWriter.create(path);
    for (const entry of edit(entries)) appendSample(writer, entry);
    writer.close();
    return path;
  }
}

export function manifestOf(scenario: Scenario): Manifest {
  return {
    format: 1,
    scenario,
    scenarioFile: "small.yaml",
    startedAt: "2026-01-01T00:00:00.000Z",
    versions: { tradeswarm: "0.0.0", node: "24.0.0", v8: "13.0" },
    commit: "",
    files: [],
    command: "tradeswarm run small.yaml --seed 1",
  };
}

/** Makes a run again of its journal. */
export function replay(
  journal: string,
  options: { readonly factories?: Record<string, AgentFactory> } & Omit<Partial<ReplayOptions>, "factories"> = {},
): Promise<Replayed> {
  const factories = new Map(Object.entries(options.factories ?? {}));
  return replayRun(journal, readOutline(journal), { clock: systemClock, ...options, factories });
}
