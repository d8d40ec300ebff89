import { basename } from "node:path";
import { ExitCode } from "../core/errors.ts";
import { grouped } from "../lab/grouped.ts";
import { importRecording } from "../store/import/import-recording.ts";
import type { ImportSummary } from "../store/import/import-types.ts";
import { onInterrupt } from "./interrupt.ts";
import { ProgressBar } from "./progress.ts";
import { createTerminal, seconds, styled, table } from "./terminal.ts";

export interface ImportCommandOptions {
  readonly out?: string | undefined;
  readonly symbol?: string | undefined;
  readonly tick?: string | undefined;
  readonly lot?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** `tradeswarm import <recording>` @returns the exit code */
export async function importCommand(file: string, options: ImportCommandOptions): Promise<number> {
  const terminal = createTerminal({ quiet: options.quiet });
  const bar = new ProgressBar(terminal);
  const interrupt = onInterrupt();
  const startMs = performance.now();
  try {
    const { symbol, tick, lot } = options;
    const summary = await importRecording({
      inputPath: file,
      outputPath: options.out ?? `${basename(file).replace(/(\.raw)?\.(gz|zip|txt|ndjson|jsonl)$/, "")}.tsd`,
      ...(symbol === undefined ? {} : { symbol }),
      ...(tick === undefined ? {} : { tick }),
      ...(lot === undefined ? {} : { lot }),
      signal: interrupt.signal,
      onProgress: ({ phase, bytesRead, bytesTotal, rows }) =>
        bar.update(bytesTotal === 0 ? 0 : bytesRead / bytesTotal, `${phase}  ${grouped(String(rows))} rows`),
    });
    bar.clear();
    const wallMs = performance.now() - startMs;
    if (options.json === true) terminal.outJson({ ...summary, wallMs });
    else terminal.out(importText(summary, wallMs));
    return ExitCode.ok;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    bar.clear();
    terminal.say("interrupted: nothing was written");
    return ExitCode.interrupted;
  } finally {
    bar.clear();
    interrupt.release();
  }
}

function importText(summary: ImportSummary, wallMs: number): string {
  const { header, counts, quarantine, gaps, warnings } = summary;
  const { symbol, venue, tick, lot } = header.instrument;
  const rows = [
    ["tick, lot", `${tick}, ${lot}`],
    ...Object.entries(counts).map(([what, count]) => [what, grouped(String(count))]),
    ["gaps in the chain", grouped(String(counts["gaps"] ?? gaps.length))],
    ["quarantined lines", quarantine.path === undefined ? "0" : `${quarantine.lines}, see ${quarantine.path}`],
  ];
  return [
    styled("bold", `${symbol} of ${venue}: ${grouped(String(summary.rows))} rows in ${seconds(wallMs)}`),
    table(rows, { indent: "  " }),
    ...warnings.map((warning) => `  ${styled("yellow", "note")}: ${warning}`),
    `written to ${summary.outputPath}`,
  ].join("\n");
}
