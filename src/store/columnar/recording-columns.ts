import { assert } from "../../core/assert.ts";
import type { ColumnArray, ColumnSpec } from "./column.ts";
import { RECORDING_COLUMNS, type RecordingChunk } from "./recording-chunk.ts";

/** The arrays of a `RecordingChunk`. */
export type RecordingColumns = Omit<RecordingChunk, "rows" | "firstRow">;

/** Whether a dataset's columns are those of a market recording: names and types, in order. */
export function areRecordingColumns(columns: readonly ColumnSpec[]): boolean {
  return (
    columns.length === RECORDING_COLUMNS.length &&
    RECORDING_COLUMNS.every(({ name, type }, i) => columns[i].name === name && columns[i].type === type)
  );
}

/** Names the arrays of a dataset that has the columns of a market recording. */
export function columnsOfRecording(columns: readonly ColumnArray[]): RecordingColumns {
  const [eventTime, receiveTime, kind, side, price, qty, orderId, sequence, flags] = columns;
  assert(eventTime instanceof Float64Array && receiveTime instanceof Float64Array, "times are f64");
  assert(kind instanceof Uint8Array && side instanceof Uint8Array && flags instanceof Uint8Array, "kinds are u8");
  assert(price instanceof Int32Array && qty instanceof Float64Array, "prices are i32, quantities f64");
  assert(orderId instanceof Float64Array && sequence instanceof Float64Array, "ids are f64");
  return { eventTime, receiveTime, kind, side, price, qty, orderId, sequence, flags };
}
