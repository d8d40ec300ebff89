import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { readFaultScript } from "../lab/fault-script.ts";
import { loadFiles } from "../lab/load-files.ts";
import { currentCommit, currentVersions } from "../lab/manifest.ts";
import { SCENARIO_CHARS_MAX, parseScenario } from "../world/scenario/parse.ts";
import type { Scenario } from "../world/scenario/schema.ts";
import { onInterrupt } from "./interrupt.ts";
import { FaultConsole } from "./fault-console.ts";
import { flyRecorded, shellWord } from "./recorded-flight.ts";
import type { FlightParts } from "./recorded-flight.ts";
import { summaryText } from "./summary-text.ts";
import { createTerminal } from "./terminal.ts";

export interface RunCommandOptions {
  readonly seed?: number | undefined;
  readonly data?: string | undefined;
  readonly pace?: number | undefined;
  readonly inject?: string | undefined;
  readonly runs: string;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** `tradeswarm run <scenario>` @returns the exit code */
export async function runCommand(file: string, options: RunCommandOptions): Promise<number> {
  const terminal = createTerminal({ quiet: options.quiet });
  const scenario = readScenario(file, options.seed);
  const faults = injected(options.inject, scenario);
  const loaded = await loadFiles(scenario, resolve(file), options.data);
  const manifest = {
    format: 1,
    scenario,
    scenarioFile: file,
    startedAt: new Date().toISOString(),
    versions: currentVersions(),
    commit: currentCommit(),
    files: loaded.files,
    command: commandText(file, scenario.seed, options),
  } as const;
  const interrupt = onInterrupt();
  try {
    const { runs, pace } = options;
    const parts = { manifest, loaded, terminal, signal: interrupt.signal, runs, name: scenario.name, pace, ...faults };
    const { summary, run, wallMs, exitCode } = await flyRecorded(parts);
    if (options.json === true) terminal.outJson({ ...summary, wallMs, run });
    else terminal.out(`${summaryText(summary, wallMs)}\nrun           ${run}`);
    return exitCode;
  } finally {
    interrupt.release();
  }
}

/** Reads a scenario's file, and gives it another seed where one is asked for. */
function readScenario(file: string, seed: number | undefined): Scenario {
  let text: string;
  try {
    const { size } = statSync(file);
    // A character takes up to four bytes, so a file of this size is too long whatever is in it.
    if (size > 4 * SCENARIO_CHARS_MAX)
      throw new Error(`it has ${size} bytes, a scenario at most ${SCENARIO_CHARS_MAX} characters`);
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const scenario = parseScenario(text, file);
  return seed === undefined ? scenario : { ...scenario, seed };
}

/** Faults from a file are known beforehand; those from stdin come while the run goes on. */
function injected(file: string | undefined, scenario: Scenario): Pick<FlightParts, "inputs" | "faultConsole"> {
  if (file === undefined) return {};
  return file === "-"
    ? { faultConsole: new FaultConsole(scenario, process.stdin) }
    : { inputs: readFaultScript(file, scenario) };
}

function commandText(file: string, seed: number, { data, inject }: RunCommandOptions): string {
  const recording = data === undefined ? "" : ` --data ${shellWord(data)}`;
  const faults = inject === undefined ? "" : ` --inject ${shellWord(inject)}`;
  return `tradeswarm run ${shellWord(file)} --seed ${seed}${recording}${faults}`;
}
