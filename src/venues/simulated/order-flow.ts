import type { Nanos } from "../../core/units.ts";
import type { FastBook } from "../../market/fast-book.ts";

/** Executes the command at the beginning of `words`, as if it had arrived at the venue just now. */
export type Execute = (words: Int32Array, doubles: Float64Array) => void;

/** What a flow asks of the book that it feeds. */
export type FlowBook = Pick<
  FastBook,
  | "rules"
  | "bestPriceTicks"
  | "levelLots"
  | "levelOrders"
  | "nextPriceTicks"
  | "orderCount"
  | "peek"
  | "position"
  | "tradeCount"
>;

/** Orders that come to a book by themselves, such as recorded ones: without an agent, and without a way to travel. */
export interface OrderFlow {
  /** When the next orders come; Infinity when there are no more. */
  readonly nextTimeNs: Nanos;
  /** Sends all orders that are due at `nowNs`. */
  emit(nowNs: Nanos, book: FlowBook, execute: Execute): void;
}
