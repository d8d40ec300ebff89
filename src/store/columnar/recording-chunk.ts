import type { ColumnSpec } from "./column.ts";

/**
 * What a row of a market recording says. 0 is no kind, so that zeroed memory is never mistaken for a row.
 * `side` is that of the resting order or the book's side, except where the table says otherwise.
 *
 * | kind | price | qty | side, sequence |
 * |---|---|---|---|
 * | clear | 0 | 0 | the book is empty from here on; the rows of a snapshot follow |
 * | snapshotLevel | level | at the level | sequence of the snapshot |
 * | level | level | at the level from now on, 0 removes it | last update id of the frame |
 * | gap | 0 | missing update ids, 0 when unknown | last update id before; levels are unreliable until `clear` |
 * | trade | traded | traded | side of the aggressor; trade id |
 * | quoteBid, quoteAsk | best price | at the best price | update id |
 * | orderAdd | limit | shown | row of the source file |
 * | orderReduce | of the order | taken away | priority kept |
 * | orderDelete | of the order | what was left of it | |
 * | orderExecute | of the order | traded | |
 * | hiddenExecute | traded | traded | side of the hidden order; orderId 0 |
 * | crossTrade | traded | traded | auction |
 * | halt, quoteResume, tradeResume | 0 | 0 | |
 * | windowLevel | level | at the level | a level that came into the recorded window from beyond its edge |
 */
export const RowKind = {
  clear: 1,
  snapshotLevel: 2,
  level: 3,
  gap: 4,
  trade: 5,
  quoteBid: 6,
  quoteAsk: 7,
  orderAdd: 8,
  orderReduce: 9,
  orderDelete: 10,
  orderExecute: 11,
  hiddenExecute: 12,
  crossTrade: 13,
  halt: 14,
  quoteResume: 15,
  tradeResume: 16,
  windowLevel: 17,
} as const;
export type RowKind = (typeof RowKind)[keyof typeof RowKind];
export type RowKindName = keyof typeof RowKind;

/** Bits of `flags`. */
export const RowFlag = {
  /** Last row of its frame: the book is consistent after it. */
  lastOfFrame: 1,
  /** Part of a snapshot. */
  snapshot: 2,
  /** Before the first snapshot, or between a gap and the next snapshot: the book that these rows make is not the venue's. */
  unsynchronised: 4,
  /** A diff that had arrived before the snapshot and takes effect only after it. Its receiveTime is the snapshot's. */
  released: 8,
  /** The venue gave no time; eventTime holds receiveTime. */
  eventTimeUnknown: 16,
  /** The order was not added within the recording: it rested before the start, or beyond the recorded levels. */
  unknownOrder: 32,
} as const;
export type RowFlag = (typeof RowFlag)[keyof typeof RowFlag];

/** One row, as the writer takes it. Reuse one object for all rows: the writer keeps no reference to it. */
export interface RecordingRow {
  eventTime: number;
  receiveTime: number;
  kind: RowKind;
  side: number;
  price: number;
  qty: number;
  orderId: number;
  sequence: number;
  flags: number;
}

/**
 * Consecutive rows of a market recording, column by column. Only `[0, rows)` of each array counts. The reader reuses the
 * arrays: what the next chunk holds overwrites them.
 */
export interface RecordingChunk {
  /** Rows in this chunk. */
  readonly rows: number;
  /** Number of its first row in the dataset, from 0. */
  readonly firstRow: number;
  /** Venue's time in ns since the dataset's start. A whole number; it may be below 0 and may step back. */
  readonly eventTime: Float64Array;
  /** Recorder's time on the same scale; equals eventTime when unknown. Rows stand in the order in which they were received. */
  readonly receiveTime: Float64Array;
  /** A `RowKind`. */
  readonly kind: Uint8Array;
  /** 0 buy or bid, 1 sell or ask: see `Side`. */
  readonly side: Uint8Array;
  /** In ticks. */
  readonly price: Int32Array;
  /** In lots. A whole number; level quantities may pass 2^31. */
  readonly qty: Float64Array;
  /** The venue's number of the order; 0 where the recording knows no orders. */
  readonly orderId: Float64Array;
  /** The venue's update id or trade id; for LOBSTER the row of the message file, from 1. */
  readonly sequence: Float64Array;
  /** `RowFlag`s added up. */
  readonly flags: Uint8Array;
}

/** The columns of every market recording, in file order. */
export const RECORDING_COLUMNS = [
  { name: "eventTime", type: "f64", unit: "ns since dataset start" },
  { name: "receiveTime", type: "f64", unit: "ns since dataset start" },
  { name: "kind", type: "u8", unit: "row kind" },
  { name: "side", type: "u8", unit: "0 buy or bid, 1 sell or ask" },
  { name: "price", type: "i32", unit: "ticks" },
  { name: "qty", type: "f64", unit: "lots" },
  { name: "orderId", type: "f64", unit: "venue order id" },
  { name: "sequence", type: "f64", unit: "venue sequence" },
  { name: "flags", type: "u8", unit: "bit set" },
] as const satisfies readonly ColumnSpec[];
