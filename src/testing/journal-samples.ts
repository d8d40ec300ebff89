import fc from "fast-check";

import { RECORD_WORDS } from "../model/record.ts";
import { MemorySource } from "../store/journal/byte-source.ts";
import { EntryKind, isRecordEntryKind } from "../store/journal/entry-kind.ts";
import type { JsonEntryKind, RecordEntryKind } from "../store/journal/entry-kind.ts";
import { JournalReader } from "../store/journal/journal-reader.ts";
import type { JournalEntry } from "../store/journal/journal-reader.ts";
import type { JournalSink } from "../store/journal/journal-sink.ts";
import { JournalWriter } from "../store/journal/journal-writer.ts";

export interface RecordSample {
  readonly kind: RecordEntryKind;
  readonly timeNs: number;
  readonly words: readonly number[];
}

export interface JsonSample {
  readonly kind: JsonEntryKind;
  readonly timeNs: number;
  readonly json: unknown;
}

/** An entry as plain data, to write and to compare with what was read. */
export type SampleEntry = RecordSample | JsonSample;

/** Keeps what a writer writes, piece by piece: the file header, then one piece per segment. */
export class MemorySink implements JournalSink {
  readonly name = "journal in memory";
  readonly pieces: Uint8Array[] = [];
  syncs = 0;
  closed = false;

  write(bytes: Uint8Array): void {
    this.pieces.push(bytes.slice());
  }

  sync(): void {
    this.syncs++;
  }

  close(): void {
    this.closed = true;
  }

  get bytes(): Uint8Array {
    return joinBytes(this.pieces);
  }
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces));
}

export function appendSample(writer: JournalWriter, entry: SampleEntry): void {
  if ("words" in entry) writer.appendRecord(entry.kind, entry.timeNs, Int32Array.from(entry.words), 0);
  else writer.appendJson(entry.kind, entry.timeNs, entry.json);
}

/** A journal in pieces, one segment for each list of entries. */
export function journalOf(...segments: readonly (readonly SampleEntry[])[]): Uint8Array[] {
  const sink = new MemorySink();
  const writer = JournalWriter.startOn(sink);
  for (const entries of segments) {
    for (const entry of entries) appendSample(writer, entry);
    if (entries.at(-1)?.kind !== EntryKind.end) writer.flush();
  }
  writer.close();
  return sink.pieces;
}

export function copyOf(entry: JournalEntry): SampleEntry {
  const { entryKind: kind, timeNs } = entry;
  if (!isRecordEntryKind(kind)) return { kind, timeNs, json: entry.json };
  return { kind, timeNs, words: Array.from(entry.words.subarray(entry.at, entry.at + RECORD_WORDS)) };
}

/** Reads a journal to its end or to the error that stops it. */
export function readAll(bytes: Uint8Array): {
  readonly entries: readonly SampleEntry[];
  readonly reader: JournalReader;
  readonly error: unknown;
} {
  const reader = new JournalReader(new MemorySource(bytes));
  const entries: SampleEntry[] = [];
  try {
    for (const entry of reader) entries.push(copyOf(entry));
  } catch (error) {
    return { entries, reader, error };
  }
  return { entries, reader, error: undefined };
}

/** A command whose fields are easy to tell apart in a dump. */
export function command(timeNs: number, ...words: readonly number[]): RecordSample {
  return { kind: EntryKind.command, timeNs, words: sixteen(words) };
}

function sixteen(words: readonly number[]): number[] {
  return Array.from({ length: RECORD_WORDS }, (_, i) => words[i] ?? 0);
}

const word = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: -300, max: 300 }) },
  { weight: 2, arbitrary: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) },
  { weight: 1, arbitrary: fc.constantFrom(255, 256, 65_535, 65_536, 2 ** 24 - 1, 2 ** 24, 2 ** 31 - 1, -(2 ** 31)) },
);

const words = fc
  .tuple(fc.integer({ min: 0, max: 70 }), fc.array(word, { maxLength: RECORD_WORDS - 1 }))
  .map(([kind, rest]) => sixteen([kind, ...rest]));

const timeNs = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.maxSafeNat(),
  fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 53 + 2),
  // Not what a kernel sends, but a recorder records it as it is. Its sign of zero is not kept.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((time) => time + 0),
);

// Negative zero is no JSON value: its text is that of zero.
const json = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

/** Any entry but the end. */
export const arbitraryEntry: fc.Arbitrary<SampleEntry> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom(EntryKind.command, EntryKind.checkpoint), timeNs, words }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom(EntryKind.manifest, EntryKind.input), timeNs, json }),
  },
);
