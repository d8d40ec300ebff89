import type { ByteSource } from "./byte-source.ts";
import { EntryKind, entryKindName, isRecordEntryKind } from "./entry-kind.ts";
import { JournalCorrupt } from "./journal-error.ts";
import { decodeJson } from "./json-entry.ts";
import { SEGMENT_HEADER_BYTES } from "./layout.ts";
import { SegmentDecoder } from "./segment-decoder.ts";
import type { ChainPosition } from "./segment-encoder.ts";
import { SegmentReader } from "./segment-reader.ts";
import type { JournalTail } from "./segment-reader.ts";

/**
 * An entry of a journal. It is a view on the reader, overwritten by the next entry: take what you keep.
 * `words` and `at` are for records (commands and checkpoints), `json` for all others; see `ENTRY_KINDS`.
 */
export interface JournalEntry {
  /** Counts the journal's entries from 0. */
  readonly sequence: number;
  readonly entryKind: EntryKind;
  /** Nanoseconds since the run's start. */
  readonly timeNs: number;
  /** Holds the record's 16 words from index `at` on. */
  readonly words: Int32Array<ArrayBuffer>;
  readonly at: number;
  /** The JSON entry's value, parsed anew at each read. */
  readonly json: unknown;
}

/**
 * Reads a journal's entries in order, in constant memory, and checks everything on the way. The reader is itself the
 * entry at hand:
 *
 *     while (reader.advance()) if (reader.entryKind === EntryKind.command) venue.take(reader.words, reader.at);
 *     if (!reader.complete) …  // the run was cut off; reader.tail says where
 */
export class JournalReader implements JournalEntry {
  readonly at = 0;
  readonly #source: ByteSource;
  readonly #segments: SegmentReader;
  readonly #decoder = new SegmentDecoder();
  #sequence = -1;
  #ended = false;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#segments = new SegmentReader(source);
  }

  /**
   * Goes to the next entry. False when there is none.
   *
   * @throws {JournalCorrupt} when the journal is damaged here and not merely torn off at its end.
   */
  advance(): boolean {
    if (!this.#decoder.next() && !this.#nextSegment()) return false;
    if (this.#ended)
      this.#refuse(this.#sequence + 1, "entry", "none behind the end entry", entryKindName(this.entryKind));
    this.#sequence++;
    if (this.entryKind === EntryKind.end) this.#ended = true;
    return true;
  }

  /** The same entries for a `for … of` loop; each is this reader. */
  *[Symbol.iterator](): Generator<JournalEntry, void, undefined> {
    while (this.advance()) yield this;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get entryKind(): EntryKind {
    return this.#decoder.entryKind;
  }

  get timeNs(): number {
    return this.#decoder.timeNs;
  }

  get words(): Int32Array<ArrayBuffer> {
    return this.#decoder.words;
  }

  get json(): unknown {
    if (isRecordEntryKind(this.entryKind)) return undefined;
    const value = decodeJson(this.#decoder.text);
    if (value === undefined) {
      this.#refuse(this.#sequence, `${entryKindName(this.entryKind)} entry`, "JSON in UTF-8", "other bytes");
    }
    return value;
  }

  /** How the file ends; undefined until `advance` has returned false. */
  get tail(): JournalTail | undefined {
    return this.#segments.tail;
  }

  /** True once the end entry was read and nothing was found behind it: the run was journalled to its end. */
  get complete(): boolean {
    return this.#ended && this.tail?.kind === "whole";
  }

  /** Where a writer would go on: the chain behind the last whole segment read. */
  get chain(): ChainPosition {
    return this.#segments.chain;
  }

  /** First byte behind the last whole segment read. */
  get byteOffset(): number {
    return this.#segments.byteOffset;
  }

  close(): void {
    this.#source.close();
  }

  #nextSegment(): boolean {
    this.#checkEndOfSegment();
    const header = this.#segments.next();
    if (header === undefined) return false;
    this.#decoder.load(this.#segments.bytes, SEGMENT_HEADER_BYTES, SEGMENT_HEADER_BYTES + header.payloadBytes);
    return this.#decoder.next() || this.#nextSegment();
  }

  #checkEndOfSegment(): void {
    const { problem } = this.#decoder;
    const next = this.#sequence + 1;
    if (problem !== undefined) this.#refuse(next, "entry", problem.expected, problem.found);
    const { chain, byteOffset, bytesLeft } = this.#segments;
    if (next !== chain.sequence) {
      this.#refuse(next, "entries to the segment's end", String(chain.sequence), String(next));
    }
    // A writer stops at the end entry, so what stands behind it can not be a torn tail.
    if (this.#ended && bytesLeft > 0) {
      throw new JournalCorrupt({
        path: this.#source.name,
        byteOffset,
        segment: chain.segment,
        sequence: next,
        what: "file",
        expected: "no byte behind the end entry",
        found: `${bytesLeft}`,
      });
    }
  }

  /** Refuses an entry of the segment at hand. */
  #refuse(sequence: number, what: string, expected: string, found: string): never {
    throw new JournalCorrupt({
      path: this.#source.name,
      byteOffset: this.#segments.segmentOffset,
      segment: this.#segments.chain.segment - 1,
      sequence,
      what,
      expected,
      found,
    });
  }
}
