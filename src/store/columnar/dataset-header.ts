import { z } from "zod";

import { decimalGrid } from "../../core/decimal.ts";
import { CHUNK_ROWS_MAX, COLUMNS_MAX } from "./dataset-layout.ts";

const gridText = z.string().refine(isGrid, "expected the step of a grid, such as 0.01");

const sourceFile = z.object({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(0) });

const instrument = z.object({
  symbol: z.string().min(1),
  venue: z.string().min(1),
  /** One step of a price and of a quantity, as decimal text: every price of the dataset is a whole number of ticks. */
  tick: gridText,
  lot: gridText,
  /** "observed": the coarsest step that every number of the recording is a multiple of. "given": by whoever imported. */
  tickFrom: z.enum(["observed", "given"]),
  lotFrom: z.enum(["observed", "given"]),
  /** The coarsest step of the prices at which orders rest. Trades may stand between, as midpoint executions do. */
  bookTick: gridText,
});

const column = z.object({ name: z.string().min(1), type: z.enum(["f64", "i32", "u8"]), unit: z.string() });

/** What stands at the start of a dataset file, as JSON. */
export const datasetHeaderSchema = z.object({
  source: z.object({ kind: z.string().min(1), files: z.array(sourceFile).min(1) }),
  instrument,
  /** Time 0 of the dataset: nanoseconds since 1970-01-01 UTC, as text because it passes 2^53. */
  startUnixNs: z.string().regex(/^[0-9]{1,19}$/),
  /** How the source's times became these: clock, zone, what is unknown. */
  timeNote: z.string(),
  rowsPerChunk: z.int().min(1).max(CHUNK_ROWS_MAX),
  columns: z.array(column).min(1).max(COLUMNS_MAX),
});
export type DatasetHeader = z.infer<typeof datasetHeaderSchema>;

/** What is known only once all rows are written, as JSON in the footer. */
export const datasetClosingSchema = z.object({
  /** Least and greatest of each time, in ns since the dataset's start; null without rows. */
  times: z
    .object({
      eventTimeMin: z.number(),
      eventTimeMax: z.number(),
      receiveTimeMin: z.number(),
      receiveTimeMax: z.number(),
    })
    .nullable(),
  /** The importer's counts: frames, rows and oddities by name. */
  counts: z.record(z.string(), z.int().min(0)),
});
export type DatasetClosing = z.infer<typeof datasetClosingSchema>;

/** Reads the JSON of a header or a footer. */
export function parseDatasetJson<S extends z.ZodType>(schema: S, text: string): z.infer<S> | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "no JSON" };
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  return { problem: result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") };
}

function isGrid(text: string): boolean {
  try {
    decimalGrid(text);
    return true;
  } catch {
    return false;
  }
}
