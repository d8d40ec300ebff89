import type { AgentFactory } from "../agents/port.ts";
import { systemClock } from "../kernel/system-clock.ts";
import { DecimalScales } from "../lab/compliance-log/decimal-scales.ts";
import type { Exported } from "../lab/compliance-log/export-run.ts";
import { exportRun } from "../lab/compliance-log/export-run.ts";
import type { LogQuery } from "../lab/compliance-log/log-filter.ts";
import type { ByteSink } from "../lab/compliance-log/ndjson-writer.ts";
import { NdjsonWriter } from "../lab/compliance-log/ndjson-writer.ts";
import { ParquetLogWriter } from "../lab/compliance-log/parquet-writer.ts";
import { readOutline } from "../lab/replay-run.ts";
import type { ReplayOptions } from "../lab/replay-run.ts";
import { joinBytes } from "./journal-samples.ts";

/** A row of NDJSON. */
export type LogObject = Readonly<Record<string, unknown>>;

/** Keeps what is written, and whether it was meant to be kept. */
export class MemoryByteSink implements ByteSink {
  readonly pieces: Uint8Array[] = [];
  state: "open" | "committed" | "discarded" = "open";

  write(bytes: Uint8Array): void {
    this.pieces.push(bytes.slice());
  }

  commit(): void {
    this.state = "committed";
  }

  discard(): void {
    this.state = "discarded";
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return joinBytes(this.pieces);
  }
}

/** Exports a run into memory. */
export async function exportTo(
  sink: ByteSink,
  options: {
    readonly journal: string;
    readonly format?: "ndjson" | "parquet";
    readonly query?: LogQuery;
    readonly factories?: Record<string, AgentFactory>;
    readonly recording?: ReplayOptions["recording"];
    readonly signal?: AbortSignal;
  },
): Promise<Exported> {
  const { journal, format = "ndjson", query = {}, factories = {}, recording, signal } = options;
  return exportRun(journal, readOutline(journal), {
    clock: systemClock,
    factories: new Map(Object.entries(factories)),
    recording,
    signal,
    query,
    createWriter: (world) => {
      if (format === "ndjson")
        return new NdjsonWriter(sink, { decimalsOf: (asset) => world.assets.assets[asset].decimals });
      const listed = world.venues.flatMap(({ venue }) => venue.listed);
      return new ParquetLogWriter(sink, { scales: new DecimalScales(listed, world.assets) });
    },
  });
}

/** The rows of a run's log. */
export async function exportedRows(options: Parameters<typeof exportTo>[1]): Promise<LogObject[]> {
  const sink = new MemoryByteSink();
  await exportTo(sink, options);
  return rowsOf(sink.bytes);
}

export function rowsOf(bytes: Uint8Array): LogObject[] {
  const text = new TextDecoder().decode(bytes);
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as LogObject]));
}
