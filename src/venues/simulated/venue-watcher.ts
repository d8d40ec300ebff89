import type { Nanos } from "../../core/units.ts";

/** Sees what a venue is told and what comes of it, and changes nothing. */
export interface VenueWatcher {
  /** A command that is about to be executed: 16 words from `at`, with its owner. */
  command(timeNs: Nanos, words: Int32Array, at: number): void;
  /** A report, settled: 16 words from `at`. */
  report(timeNs: Nanos, words: Int32Array, at: number): void;
}
