import { UserError } from "../../core/errors.ts";
import { newColumn } from "./column.ts";
import { DatasetError } from "./dataset-error.ts";
import { type DatasetFooter, readDatasetSummary } from "./dataset-footer.ts";
import type { DatasetHeader } from "./dataset-header.ts";
import { DatasetReader } from "./dataset-reader.ts";
import { RECORDING_COLUMNS, type RecordingChunk } from "./recording-chunk.ts";
import { areRecordingColumns, columnsOfRecording } from "./recording-columns.ts";

/** Most rows that `readDataset` takes into memory at once: 47 bytes each, so about 2.4 GB. */
export const ROWS_IN_MEMORY_MAX = 50_000_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads a market recording chunk by chunk. */
export class RecordingReader {
  readonly header: DatasetHeader;
  readonly #dataset: DatasetReader;
  readonly #chunk: Mutable<RecordingChunk>;

  /** @throws {DatasetError} where the file is no dataset, damaged at its start, or holds something else. */
  constructor(path: string) {
    this.#dataset = new DatasetReader(path);
    this.header = this.#dataset.header;
    if (!areRecordingColumns(this.header.columns)) {
      this.#dataset.close();
      const found = this.header.columns.map(({ name, type }) => `${name} ${type}`).join(", ");
      throw new DatasetError({ path, byteOffset: 0, what: `is no market recording: it has the columns ${found}` });
    }
    this.#chunk = { rows: 0, firstRow: 0, ...columnsOfRecording(this.#dataset.columns) };
  }

  /** What the file's end says; undefined until `nextChunk` gave undefined. */
  get footer(): DatasetFooter | undefined {
    return this.#dataset.footer;
  }

  /**
   * The next rows, in the same object and the same arrays every time; undefined after the last ones.
   * @throws {DatasetError} where the file is truncated or altered, after all rows before that were delivered.
   */
  nextChunk(): RecordingChunk | undefined {
    const chunk = this.#chunk;
    const firstRow = this.#dataset.rows;
    const rows = this.#dataset.nextChunk();
    if (rows === 0) return undefined;
    chunk.rows = rows;
    chunk.firstRow = firstRow;
    return chunk;
  }

  close(): void {
    this.#dataset.close();
  }
}

/** A whole market recording in memory. */
export interface Recording extends RecordingChunk {
  readonly header: DatasetHeader;
  readonly footer: DatasetFooter;
}

/** Opens a market recording to be read chunk by chunk, in constant memory. Close it in the end. */
export function openDataset(path: string): RecordingReader {
  return new RecordingReader(path);
}

/**
 * Reads a whole market recording into memory, as one chunk.
 * @throws {DatasetError} where the file is no dataset, truncated or altered.
 * @throws {UserError} where it has more than `rowsMax` rows, which is `ROWS_IN_MEMORY_MAX` unless told.
 */
export function readDataset(path: string, options: { rowsMax?: number } = {}): Recording {
  const { rowsMax = ROWS_IN_MEMORY_MAX } = options;
  const rows = rowsOf(path);
  if (rows > rowsMax) {
    throw new UserError(`${path}: has ${rows} rows, at most ${rowsMax} are read into memory at once`);
  }
  const reader = openDataset(path);
  try {
    const arrays = RECORDING_COLUMNS.map(({ type }) => newColumn(type, rows));
    const whole = columnsOfRecording(arrays);
    for (let chunk = reader.nextChunk(); chunk !== undefined; chunk = reader.nextChunk()) {
      for (const { name } of RECORDING_COLUMNS) whole[name].set(chunk[name].subarray(0, chunk.rows), chunk.firstRow);
    }
    const { footer } = reader;
    if (footer === undefined) throw new UserError(`${path}: has no footer`);
    return { header: reader.header, footer, rows, firstRow: 0, ...whole };
  } finally {
    reader.close();
  }
}

function rowsOf(path: string): number {
  try {
    return readDatasetSummary(path).footer.rows;
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    // Without its end, a file does not say how far it is good. Reading on to the fault finds out, and throws there.
    const reader = openDataset(path);
    try {
      while (reader.nextChunk() !== undefined);
    } finally {
      reader.close();
    }
    throw error;
  }
}
