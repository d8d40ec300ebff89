import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative, resolve } from "node:path";
import { ExitCode, UserError } from "../core/errors.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import { STUDIES, findStudy } from "../lab/studies/registry.ts";
import type { StudySamples } from "../lab/study/run-study.ts";
import { runHere, runStudy } from "../lab/study/run-study.ts";
import { parametersOf } from "../lab/study/study-parameters.ts";
import { renderStudyReport } from "../lab/study/study-report.ts";
import { resultOf } from "../lab/study/study-result.ts";
import { StudyWorkers } from "../lab/study/study-workers.ts";
import type { Study } from "../lab/study/study.ts";
import { onInterrupt } from "./interrupt.ts";
import { ProgressBar } from "./progress.ts";
import { shellWord } from "./recorded-flight.ts";
import { studiesText, studyText } from "./study-text.ts";
import type { Terminal } from "./terminal.ts";
import { createTerminal } from "./terminal.ts";

export interface StudyCommandOptions {
  readonly seeds?: number | undefined;
  readonly seed: number;
  readonly set: readonly string[];
  readonly workers?: number | undefined;
  readonly out: string;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** A study compares at least two seeds: one has no interval. */
const SEEDS_MIN = 2;
const SEEDS_MAX = 10_000;
/** More threads than this gain nothing: the runs of a study are not that many. */
const WORKERS_MAX = 64;

/** `tradeswarm study [name]` @returns the exit code */
export async function studyCommand(name: string | undefined, options: StudyCommandOptions): Promise<number> {
  const terminal = createTerminal({ quiet: options.quiet });
  if (name === undefined) {
    if (options.json === true)
      terminal.outJson(STUDIES.map((study) => ({ name: study.name, question: study.question })));
    else terminal.out(studiesText(STUDIES));
    return ExitCode.ok;
  }
  const study = findStudy(name);
  const parameters = parametersOf(study, options.set);
  const seeds = seedsOf(study, options);
  const lanes = lanesOf(options.workers);
  const interrupt = onInterrupt();
  let samples: StudySamples;
  try {
    samples = await runShown(study, { terminal, seeds, parameters, lanes, signal: interrupt.signal });
  } finally {
    interrupt.release();
  }
  if (samples.seeds.length < SEEDS_MIN) {
    throw new UserError(`interrupted before ${SEEDS_MIN} seeds were done: nothing was written`, {
      exitCode: ExitCode.interrupted,
    });
  }
  const run = { ...samples, parameters, command: commandText(study, options, samples.seeds) };
  const result = resultOf(study, run);
  const directory = RunDirectory.create(resolve(options.out), study.name, new Date());
  directory.writeJson("result.json", result);
  writeFileSync(directory.report, renderStudyReport(study, result));
  if (options.json === true) terminal.outJson(result);
  else terminal.out(`${studyText(study, result)}\n\nreport  ${relative(process.cwd(), directory.report)}`);
  return samples.seeds.length < seeds.length ? ExitCode.interrupted : ExitCode.ok;
}

async function runShown(
  study: Study,
  options: {
    readonly terminal: Terminal;
    readonly seeds: readonly number[];
    readonly parameters: Readonly<Record<string, number>>;
    readonly lanes: number;
    readonly signal: AbortSignal;
  },
): Promise<StudySamples> {
  const { terminal, lanes } = options;
  const bar = new ProgressBar(terminal);
  const onProgress = (done: number, of: number): void => bar.update(done / of, `${done} of ${of} runs`);
  try {
    if (lanes === 1) return await runStudy(study, { ...options, onProgress, run: runHere(study) });
    await using workers = new StudyWorkers(study.name, lanes);
    return await runStudy(study, { ...options, onProgress, run: workers.run });
  } finally {
    bar.clear();
  }
}

function seedsOf(study: Study, { seed, seeds = study.seedCount }: StudyCommandOptions): number[] {
  if (seeds < SEEDS_MIN || seeds > SEEDS_MAX)
    throw new UserError(`--seeds: expected ${SEEDS_MIN} to ${SEEDS_MAX}, found ${seeds}`);
  if (!Number.isSafeInteger(seed + seeds)) throw new UserError(`--seed: ${seed} leaves no room for ${seeds} seeds`);
  return Array.from({ length: seeds }, (_, index) => seed + index);
}

function lanesOf(workers = Math.min(availableParallelism(), WORKERS_MAX)): number {
  if (workers < 1 || workers > WORKERS_MAX)
    throw new UserError(`--workers: expected 1 to ${WORKERS_MAX}, found ${workers}`);
  return workers;
}

/** What makes the study again; it does not say on how many threads, which changes nothing. */
function commandText(study: Study, { set }: StudyCommandOptions, seeds: readonly number[]): string {
  const settings = set.map((setting) => ` --set ${shellWord(setting)}`).join("");
  return `tradeswarm study ${study.name} --seed ${seeds[0]} --seeds ${seeds.length}${settings}`;
}
