import type { Nanos } from "../../core/units.ts";

/** Sees what happens at a venue, record by record, as it happens. It looks on, and must change nothing. */
export interface VenueWitness {
  /**
   * A command that the venue executes now, a report of what came of it, or a change of the public book: 16 words from
   * `at`, of which those that its kind gives a meaning are set. `doubles` is the same memory as float64.
   */
  happened(words: Int32Array, doubles: Float64Array, at: number): void;
}

/** Sees what a venue is told, before it is done, and what comes of it, with the times; it changes nothing either. */
export interface VenueWatcher {
  /** A command that is about to be executed: 16 words from `at`, with its owner. */
  command(timeNs: Nanos, words: Int32Array, at: number): void;
  /** A report, settled: 16 words from `at`. */
  report(timeNs: Nanos, words: Int32Array, at: number): void;
}
