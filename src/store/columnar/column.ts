/** What a column holds: 64-bit floats (here always whole numbers), 32-bit integers, or bytes. */
export type ColumnType = "f64" | "i32" | "u8";

/** One column of a dataset. Every column holds whole numbers; `unit` says of what. */
export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** What one step of the number means, for people: "ns since dataset start", "ticks", "lots". */
  readonly unit: string;
}

export type ColumnArray = Float64Array | Int32Array | Uint8Array;

export const BYTES_PER_VALUE: Readonly<Record<ColumnType, number>> = { f64: 8, i32: 4, u8: 1 };

export function newColumn(type: ColumnType, rows: number): ColumnArray {
  if (type === "f64") return new Float64Array(rows);
  return type === "i32" ? new Int32Array(rows) : new Uint8Array(rows);
}
