import { ExitCode } from "../core/errors.ts";
import { systemClock } from "../kernel/system-clock.ts";
import { summarizeAlerts } from "../lab/alerts.ts";
import { reloadFiles } from "../lab/load-files.ts";
import { readOutline, replayRun } from "../lab/replay-run.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import { alertsText } from "./alerts-text.ts";
import { onInterrupt } from "./interrupt.ts";
import { ProgressBar, showRun } from "./progress.ts";
import { replayFailure } from "./replay-failure.ts";
import { createTerminal } from "./terminal.ts";

export interface SurveilCommandOptions {
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** `tradeswarm surveil <run>`: makes the run again with every detector on. @returns the exit code */
export async function surveilCommand(run: string, { data, json, quiet }: SurveilCommandOptions): Promise<number> {
  const directory = RunDirectory.open(run);
  const outline = readOutline(directory.journal);
  const { manifest } = outline;
  const loaded = await reloadFiles(manifest.scenario, manifest.files, data);
  const terminal = createTerminal({ quiet });
  const bar = new ProgressBar(terminal);
  const interrupt = onInterrupt();
  try {
    const { world } = await replayRun(directory.journal, outline, {
      factories: loaded.factories,
      recording: loaded.recording,
      surveillance: "all",
      clock: systemClock,
      signal: interrupt.signal,
      onProgress: showRun(bar, manifest.scenario),
    });
    bar.clear();
    const found = summarizeAlerts(world) ?? { alerts: [], dropped: 0 };
    if (json === true) terminal.outJson(found);
    else terminal.out(alertsText(found));
    return interrupt.signal.aborted ? ExitCode.interrupted : ExitCode.ok;
  } catch (error) {
    throw replayFailure(error, directory, manifest);
  } finally {
    bar.clear();
    interrupt.release();
  }
}
