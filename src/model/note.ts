import type { Nanos } from "../core/units.ts";
import { RecordKind } from "./record.ts";

/** Where the fields of a `note` stand: `sentNs` and the values are float64 over two words each. */
export const NoteWord = { kind: 0, topic: 1, values: 2, sentNs: 4, firstValue: 6 } as const;

/** Values that fit behind the other fields of a record. */
export const NOTE_VALUES_MAX = 5;

/** What one agent tells others. The values mean what those who use the topic have agreed on. */
export interface NoteContent {
  readonly topic: number;
  readonly values: readonly number[];
  readonly sentNs: Nanos;
}

/** Writes a note into 16 zeroed words. */
export function writeNote(words: Int32Array, doubles: Float64Array, at: number, note: NoteContent): void {
  words[at + NoteWord.kind] = RecordKind.note;
  words[at + NoteWord.topic] = note.topic;
  words[at + NoteWord.values] = note.values.length;
  doubles[(at + NoteWord.sentNs) >> 1] = note.sentNs;
  doubles.set(note.values, (at + NoteWord.firstValue) >> 1);
}

export function readNote(words: Int32Array, doubles: Float64Array, at: number): NoteContent {
  const first = (at + NoteWord.firstValue) >> 1;
  return {
    topic: words[at + NoteWord.topic],
    values: Array.from(doubles.subarray(first, first + words[at + NoteWord.values])),
    sentNs: doubles[(at + NoteWord.sentNs) >> 1],
  };
}
