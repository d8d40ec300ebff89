import { relative } from "node:path";
import { ExitCode, UserError } from "../core/errors.ts";
import { ActorFailure } from "../kernel/actor-failure.ts";
import { systemClock } from "../kernel/system-clock.ts";
import { DecimalScales } from "../lab/compliance-log/decimal-scales.ts";
import type { Exported } from "../lab/compliance-log/export-run.ts";
import { exportRun } from "../lab/compliance-log/export-run.ts";
import type { LogWriter } from "../lab/compliance-log/log-row.ts";
import { parseQuery } from "../lab/compliance-log/log-query.ts";
import { NdjsonWriter } from "../lab/compliance-log/ndjson-writer.ts";
import { ParquetLogWriter } from "../lab/compliance-log/parquet-writer.ts";
import { grouped } from "../lab/grouped.ts";
import { Divergence } from "../lab/journal-verifier.ts";
import { reloadFiles } from "../lab/load-files.ts";
import { readOutline } from "../lab/replay-run.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import { PartialFile } from "../store/columnar/partial-file.ts";
import type { World } from "../world/world.ts";
import { onInterrupt } from "./interrupt.ts";
import { ProgressBar, showRun } from "./progress.ts";
import { diverged } from "./proof-text.ts";
import { failed } from "./recorded-flight.ts";
import { parseRunTime } from "./replay-point.ts";
import { StdoutSink, isReaderGone } from "./stdout-sink.ts";
import { createTerminal, seconds, styled } from "./terminal.ts";

export interface ExportCommandOptions {
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly agent: readonly string[];
  readonly instrument: readonly string[];
  readonly venue: readonly string[];
  readonly kind: readonly string[];
  readonly source?: string | undefined;
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** `tradeswarm export <run>` @returns the exit code */
export async function exportCommand(run: string, options: ExportCommandOptions): Promise<number> {
  const { out, json, quiet } = options;
  const format = options.format ?? (out?.endsWith(".parquet") === true ? "parquet" : "ndjson");
  if (out === undefined && format === "parquet") throw new UserError("--format parquet needs --out: a file to write");
  if (out === undefined && json === true) throw new UserError("--json needs --out: the log itself goes to stdout");
  const directory = RunDirectory.open(run);
  const name = relative(process.cwd(), directory.path);
  const outline = readOutline(directory.journal);
  const { manifest } = outline;
  const { scenario } = manifest;
  const time = (option: "from" | "to"): number | undefined => {
    const text = options[option];
    return text === undefined ? undefined : parseRunTime(text, scenario, { option: `--${option}` });
  };
  const query = parseQuery({ ...options, fromNs: time("from"), toNs: time("to") }, scenario);
  const loaded = await reloadFiles(scenario, manifest.files, options.data);
  const terminal = createTerminal({ quiet });
  const bar = new ProgressBar(terminal);
  const interrupt = onInterrupt();
  const startMs = performance.now();
  try {
    const exported = await exportRun(directory.journal, outline, {
      factories: loaded.factories,
      recording: loaded.recording,
      clock: systemClock,
      signal: interrupt.signal,
      query,
      createWriter: (world) => createWriter(world, { format, out }),
      onProgress: showRun(bar, scenario),
    });
    bar.clear();
    const wallMs = performance.now() - startMs;
    if (interrupt.signal.aborted) {
      terminal.say(out === undefined ? "interrupted: the log is not whole" : "interrupted: nothing was written");
      return ExitCode.interrupted;
    }
    if (out === undefined) terminal.say(exportText(exported, wallMs));
    else if (json === true) terminal.outJson({ ...summaryOf(exported), out, format, wallMs });
    else terminal.out(`${exportText(exported, wallMs)}\nwritten to ${out}`);
    return exported.isProven ? ExitCode.ok : ExitCode.inconclusive;
  } catch (error) {
    if (isReaderGone(error)) return ExitCode.ok;
    if (error instanceof Divergence) throw diverged(name, error, manifest);
    if (error instanceof ActorFailure) throw failed(error, manifest.command, name);
    throw error;
  } finally {
    bar.clear();
    interrupt.release();
  }
}

function createWriter(
  world: World,
  { format, out }: { readonly format: string; readonly out: string | undefined },
): LogWriter {
  const decimalsOf = (asset: number): number => world.assets.assets[asset].decimals;
  if (out === undefined) return new NdjsonWriter(new StdoutSink(), { decimalsOf });
  if (format === "ndjson") return new NdjsonWriter(new PartialFile(out), { decimalsOf });
  const scales = new DecimalScales(
    world.venues.flatMap(({ venue }) => venue.listed),
    world.assets,
  );
  return new ParquetLogWriter(new PartialFile(out), { scales });
}

function summaryOf({ replayed, rowsInAll, rows, isProven }: Exported): Record<string, unknown> {
  const { kernel } = replayed.world;
  return { rows, rowsInAll, proven: isProven, entriesCompared: replayed.compared, tape: kernel.tape.digest() };
}

function exportText({ replayed, rowsInAll, rows, isProven }: Exported, wallMs: number): string {
  const verdict = isProven ? styled("green", "proven") : styled("yellow", "proven as far as the journal goes");
  const compared = `${grouped(String(replayed.compared))} journal entries compared`;
  return `${verdict}: ${grouped(String(rows))} of ${grouped(String(rowsInAll))} rows, ${compared}, ${seconds(wallMs)}`;
}
