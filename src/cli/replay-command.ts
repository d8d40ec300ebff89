import { relative } from "node:path";
import { ExitCode, UserError } from "../core/errors.ts";
import { systemClock } from "../kernel/system-clock.ts";
import { reloadFiles } from "../lab/load-files.ts";
import { readOutline, replayRun } from "../lab/replay-run.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import { stateOf } from "../lab/state.ts";
import { forkRun } from "./fork.ts";
import { onInterrupt } from "./interrupt.ts";
import { ProgressBar, showRun } from "./progress.ts";
import { proofOf, proofText } from "./proof-text.ts";
import { replayFailure } from "./replay-failure.ts";
import { parsePoint } from "./replay-point.ts";
import { stateText } from "./state-text.ts";
import { createTerminal } from "./terminal.ts";

export interface ReplayCommandOptions {
  readonly until?: string | undefined;
  readonly fork?: boolean | undefined;
  readonly set: readonly string[];
  readonly data?: string | undefined;
  readonly runs: string;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** `tradeswarm replay <run>` @returns the exit code */
export async function replayCommand(run: string, options: ReplayCommandOptions): Promise<number> {
  const { until, fork, set, data, json, quiet } = options;
  if (fork === true && until === undefined)
    throw new UserError("--fork needs --until: where does the new run part from the old one?");
  if (fork !== true && set.length > 0) throw new UserError("--set needs --fork: a replay changes nothing");
  const directory = RunDirectory.open(run);
  // Not `runs/latest`, which will point elsewhere.
  const name = relative(process.cwd(), directory.path);
  const outline = readOutline(directory.journal);
  const { manifest } = outline;
  const { scenario } = manifest;
  const point = until === undefined ? {} : parsePoint(until, scenario);
  const loaded = await reloadFiles(scenario, manifest.files, data);
  const terminal = createTerminal({ quiet });
  const bar = new ProgressBar(terminal);
  const interrupt = onInterrupt();
  const startMs = performance.now();
  try {
    const replayed = await replayRun(directory.journal, outline, {
      factories: loaded.factories,
      recording: loaded.recording,
      clock: systemClock,
      signal: interrupt.signal,
      ...point,
      onProgress: showRun(bar, scenario),
    });
    bar.clear();
    const isInterrupted = interrupt.signal.aborted;
    if (fork === true && !isInterrupted) {
      return await forkRun({ run: name, outline, loaded, replayed, options, terminal, signal: interrupt.signal });
    }
    const wallMs = performance.now() - startMs;
    const state = until === undefined ? undefined : stateOf(replayed.world);
    if (json === true) terminal.outJson({ ...proofOf(outline, replayed), wallMs, state });
    else
      terminal.out(
        [...(state === undefined ? [] : [stateText(state)]), proofText(outline, replayed, wallMs)].join("\n"),
      );
    if (isInterrupted) return ExitCode.interrupted;
    // A journal without an end proves what was asked for where it goes on beyond that.
    const isReached = outline.end !== undefined || replayed.world.kernel.nowNs < outline.lastTimeNs;
    const isAsAsked = replayed.proof === "equal" || (until !== undefined && isReached);
    return isAsAsked ? ExitCode.ok : ExitCode.inconclusive;
  } catch (error) {
    throw replayFailure(error, directory, manifest);
  } finally {
    bar.clear();
    interrupt.release();
  }
}
