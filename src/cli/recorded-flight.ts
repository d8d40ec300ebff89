import { relative, resolve } from "node:path";
import { ExitCode, UserError } from "../core/errors.ts";
import type { ActorFailure } from "../kernel/actor-failure.ts";
import type { ExternalInput } from "../kernel/external-input.ts";
import { systemClock } from "../kernel/system-clock.ts";
import type { LoadedFiles } from "../lab/load-files.ts";
import type { Manifest } from "../lab/manifest.ts";
import { recordRun } from "../lab/record-run.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import type { Summary } from "../lab/summary.ts";
import type { Change } from "../world/change.ts";
import { ProgressBar, showRun } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** A run that was recorded, and what is said of it. */
export interface RecordedFlight {
  readonly summary: Summary;
  /** The run's folder, relative to the current one. */
  readonly run: string;
  readonly wallMs: number;
  readonly exitCode: number;
}

/**
 * Runs, records and shows the progress.
 * @throws {UserError} with the rerun command, when an actor fails
 */
export async function flyRecorded(options: {
  readonly manifest: Manifest;
  readonly loaded: LoadedFiles;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Folder of all runs, and the name below it. */
  readonly runs: string;
  readonly name: string;
  readonly pace?: number | undefined;
  readonly changes?: readonly Change[];
  readonly inputs?: readonly ExternalInput[];
}): Promise<RecordedFlight> {
  const { manifest, loaded, terminal, signal, pace, changes, inputs } = options;
  const bar = new ProgressBar(terminal);
  const startMs = performance.now();
  try {
    const { summary, directory, failure } = await recordRun({
      manifest,
      createDirectory: () => RunDirectory.create(resolve(options.runs), options.name, new Date()),
      factories: loaded.factories,
      recording: loaded.recording,
      clock: systemClock,
      pace,
      signal,
      changes,
      inputs,
      onProgress: showRun(bar, manifest.scenario),
    });
    const run = relative(process.cwd(), directory.path);
    if (failure !== undefined) throw failed(failure, manifest.command, run);
    const exitCode = summary.ended === "interrupted" ? ExitCode.interrupted : ExitCode.ok;
    return { summary, run, wallMs: performance.now() - startMs, exitCode };
  } finally {
    bar.clear();
  }
}

/** An actor's failure, with what leads to it again. */
export function failed(failure: ActorFailure, command: string, run: string): UserError {
  const stack = failure.cause instanceof Error && failure.cause.stack !== undefined ? `\n${failure.cause.stack}` : "";
  const before = `tradeswarm replay ${run} --until ${failure.sequence - 1}`;
  const ways = `run it again with: ${command}\nlook at the moment before with: ${before}`;
  return new UserError(`${failure.message}${stack}\n${ways}`, { exitCode: ExitCode.failed });
}

/** An argument as a shell wants it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
