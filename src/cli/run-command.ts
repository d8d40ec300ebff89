import { resolve } from "node:path";
import { readFaultScript } from "../lab/fault-script.ts";
import { loadFiles } from "../lab/load-files.ts";
import { readScenario } from "../lab/read-scenario.ts";
import { currentCommit, currentVersions } from "../lab/manifest.ts";
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
