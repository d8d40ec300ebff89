import { RECORD_WORDS } from "../core/hash.ts";
import type { RollingHash } from "../core/hash.ts";

/** A checkpoint as a record: events so far (float64 over words 0 and 1), and the four words of the tape's hash. */
export const CheckpointWord = { events: 0, tape: 2 } as const;

/** Writes a checkpoint over the 16 words. */
export function writeCheckpoint(words: Int32Array, doubles: Float64Array, events: number, tape: RollingHash): void {
  words.fill(0, 0, RECORD_WORDS);
  doubles[CheckpointWord.events >> 1] = events;
  for (const index of [0, 1, 2, 3] as const) words[CheckpointWord.tape + index] = tape.word(index);
}

/** Reads a checkpoint's events. */
export function checkpointEventsOf(words: Int32Array, at: number): number {
  const copy = words.slice(at, at + RECORD_WORDS);
  return new Float64Array(copy.buffer)[CheckpointWord.events >> 1];
}
