import type { RollingHash } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";

/** Where a run is written down, or, in a replay, compared with what was written. */
export interface JournalPort {
  /** A message of whole records that enters the kernel from outside, when it does; it arrives at `timeNs`. */
  input(timeNs: Nanos, to: number, records: Int32Array): void;
  /** A directive for the carrier, when it takes effect. */
  directive(timeNs: Nanos, directive: unknown): void;
  /** A command that reached a venue: 16 words from `at`. */
  command(timeNs: Nanos, words: Int32Array, at: number): void;
  /** The hash of everything delivered so far, every `CHECKPOINT_EVENTS` events and at the end. */
  checkpoint(timeNs: Nanos, events: number, tape: RollingHash): void;
}

/** Events between two checkpoints. */
export const CHECKPOINT_EVENTS = 65_536;

/** Writes nothing: for tests, benches and runs that nobody will replay. */
export const discardingJournal: JournalPort = {
  input: () => undefined,
  directive: () => undefined,
  command: () => undefined,
  checkpoint: () => undefined,
};
