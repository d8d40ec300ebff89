import { assert } from "../../core/assert.ts";
import type { Configuration } from "./configuration.ts";
import { readConfiguration, writeConfiguration } from "./configuration.ts";
import type { EntryId } from "./entry.ts";
import { SNAPSHOT_WORDS_MAX } from "./limits.ts";
import { UnreadableWords, WordReader, WordWriter } from "./word-stream.ts";

/** What all entries up to an index have led to: it stands for them once they are compacted away. */
export interface Snapshot extends EntryId {
  /** The configuration in force there. */
  readonly configuration: Configuration;
  /** The clients' sessions and the replicated machine. */
  readonly state: Int32Array;
}

/** Index, term, the state's length, and a configuration: four lists of at most 64 members with their lengths. */
const SNAPSHOT_HEADER_WORDS = 512;

const SNAPSHOT_STATE_WORDS_MAX = SNAPSHOT_WORDS_MAX - SNAPSHOT_HEADER_WORDS;

export function encodeSnapshot(snapshot: Snapshot): Int32Array {
  assert(snapshot.state.length <= SNAPSHOT_STATE_WORDS_MAX, "the replicated state is too large for a snapshot");
  const writer = new WordWriter(new Int32Array(SNAPSHOT_HEADER_WORDS + snapshot.state.length), 0);
  writer.word(snapshot.index);
  writer.word(snapshot.term);
  writeConfiguration(writer, snapshot.configuration);
  writer.list(snapshot.state);
  return writer.words.slice(0, writer.length);
}

/** @returns undefined when the words are no snapshot */
export function decodeSnapshot(words: Int32Array): Snapshot | undefined {
  try {
    const reader = new WordReader(words, 0, words.length);
    const index = reader.count();
    const term = reader.count();
    const configuration = readConfiguration(reader);
    return { index, term, configuration, state: reader.counted(SNAPSHOT_WORDS_MAX) };
  } catch (error) {
    if (error instanceof UnreadableWords) return undefined;
    throw error;
  }
}
