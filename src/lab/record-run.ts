import { writeFileSync } from "node:fs";
import type { AgentFactory } from "../agents/port.ts";
import { ActorFailure } from "../kernel/actor-failure.ts";
import type { RunEnd } from "../kernel/driver.ts";
import { JournalUnusable } from "../store/journal/journal-error.ts";
import { JournalWriter } from "../store/journal/journal-writer.ts";
import type { WorldOptions } from "../world/world.ts";
import { World } from "../world/world.ts";
import type { FlightOptions } from "./flight.ts";
import { fly } from "./flight.ts";
import { JournalRecorder } from "./journal-recorder.ts";
import type { Manifest } from "./manifest.ts";
import { renderReport } from "./report.ts";
import type { RunDirectory } from "./run-directory.ts";
import type { Summary } from "./summary.ts";
import { summarize } from "./summary.ts";

export interface RecordOptions extends Omit<FlightOptions, "onChange"> {
  readonly manifest: Manifest;
  /** Makes the run's folder. Called when the world stands, so that what cannot be run leaves nothing behind. */
  readonly createDirectory: () => RunDirectory;
  readonly factories: ReadonlyMap<string, AgentFactory>;
  readonly recording?: WorldOptions["recording"];
}

/** A run that was written down. */
export interface Recorded {
  readonly world: World;
  readonly summary: Summary;
  readonly directory: RunDirectory;
  /** Why the run stopped before its end, where an actor failed. */
  readonly failure: ActorFailure | undefined;
}

/**
 * Runs a scenario and writes it down: manifest, journal, result, report. They are whole however the run ends.
 * @throws {UserError} when the world cannot be made, and then nothing is written; or when the journal cannot be written
 */
export async function recordRun(options: RecordOptions): Promise<Recorded> {
  const { manifest, factories, recording } = options;
  const recorder = new JournalRecorder();
  const world = new World(manifest.scenario, { journal: recorder, factories, recording });
  const directory = options.createDirectory();
  directory.writeJson("manifest.json", manifest);
  recorder.begin(JournalWriter.create(directory.journal), manifest);

  const { ended, failure } = await flyOrFail(world, {
    ...options,
    onChange: (change) => recorder.change(world.kernel.nowNs, change),
  });
  recorder.end(world.kernel, { reason: ended, failure: failure?.message });
  const summary = summarize(world, ended);
  directory.writeJson("result.json", failure === undefined ? summary : { ...summary, failure: failure.message });
  writeFileSync(directory.report, renderReport(world, summary, manifest));
  return { world, summary, directory, failure };
}

async function flyOrFail(
  world: World,
  options: FlightOptions,
): Promise<{ ended: Summary["ended"]; failure: ActorFailure | undefined }> {
  try {
    return { ended: endName(await fly(world, options)), failure: undefined };
  } catch (error) {
    if (!(error instanceof ActorFailure)) throw error;
    // The venue writes its commands down. A full disk is not the venue's failure.
    if (error.cause instanceof JournalUnusable) throw error.cause;
    return { ended: "failed", failure: error };
  }
}

function endName(end: RunEnd): Summary["ended"] {
  return end === "stopped" ? "interrupted" : end;
}
