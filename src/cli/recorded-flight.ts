import { relative, resolve } from "node:path";
import { ExitCode, UserError } from "../core/errors.ts";
import type { ActorFailure } from "../kernel/actor-failure.ts";
import type { ExternalInput } from "../kernel/external-input.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { systemClock } from "../kernel/system-clock.ts";
import { VirtualDriver } from "../kernel/virtual-driver.ts";
import type { LoadedFiles } from "../lab/load-files.ts";
import type { Manifest } from "../lab/manifest.ts";
import { recordRun } from "../lab/record-run.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import type { Summary } from "../lab/summary.ts";
import type { Change } from "../world/change.ts";
import type { FaultConsole } from "./fault-console.ts";
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

/** What a flight is made of. */
export interface FlightParts {
  readonly manifest: Manifest;
  readonly loaded: LoadedFiles;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Folder of all runs, and the name below it. */
  readonly runs: string;
  readonly name: string;
  readonly pace?: number | undefined;
  readonly changes?: readonly Change[];
  /** What is known beforehand of what comes from outside, and who takes what is not; one of the two. */
  readonly inputs?: readonly ExternalInput[];
  readonly faultConsole?: FaultConsole;
}

/**
 * Runs, records and shows the progress.
 * @throws {UserError} with the rerun command, when an actor fails
 */
export async function flyRecorded(options: FlightParts): Promise<RecordedFlight> {
  const { manifest, loaded, terminal, signal, pace, changes, inputs, faultConsole } = options;
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
      createDriver: faultConsole && ((kernel) => openedDriver(kernel, faultConsole, options, bar)),
    });
    const run = relative(process.cwd(), directory.path);
    if (failure !== undefined) throw failed(failure, manifest.command, run);
    const exitCode = summary.ended === "interrupted" ? ExitCode.interrupted : ExitCode.ok;
    return { summary, run, wallMs: performance.now() - startMs, exitCode };
  } finally {
    faultConsole?.close();
    bar.clear();
  }
}

/** A driver to which faults can be given while the run goes on. */
function openedDriver(kernel: Kernel, faultConsole: FaultConsole, parts: FlightParts, bar: ProgressBar): VirtualDriver {
  const { pace, terminal } = parts;
  const driver = new VirtualDriver(kernel, { clock: systemClock, ...(pace === undefined ? {} : { pace }) });
  faultConsole.open(driver, (text) => {
    bar.clear();
    terminal.say(text);
  });
  return driver;
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
