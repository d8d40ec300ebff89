import { hash } from "node:crypto";

import { assert } from "../../core/assert.ts";
import { crc32c } from "../../core/crc32c.ts";
import { CommandWord } from "../../model/command.ts";
import { RECORD_WORDS } from "../../model/record.ts";
import { EntryKind } from "./entry-kind.ts";
import type { JsonEntryKind, RecordEntryKind } from "./entry-kind.ts";
import * as layout from "./entry-layout.ts";
import {
  MAX_ENTRY_HEAD_BYTES,
  MAX_JSON_BYTES,
  MAX_SEGMENT_PAYLOAD_BYTES,
  SEGMENT_HEADER_BYTES,
  writeSegmentHeader,
} from "./layout.ts";

/** Where the next segment continues: its number, its first entry's sequence, and the hash of what stands before it. */
export interface ChainPosition {
  readonly segment: number;
  readonly sequence: number;
  readonly previousHash: Uint8Array;
}

// Plain constants of this module: V8 folds them into the code, but reads imported ones anew at each use.
const check: typeof assert = assert;
const WORDS = RECORD_WORDS;
const COMMAND = EntryKind.command;
const {
  instrument: INSTRUMENT,
  owner: OWNER,
  orderId: ORDER_ID,
  flags: FLAGS,
  priceTicks: PRICE_TICKS,
  qtyLots: QTY_LOTS,
} = CommandWord;
const {
  ENTRY_HEAD_BYTES,
  ENTRY_SLACK_BYTES,
  JSON_LENGTH_SHIFT,
  LOWER_LENGTHS_SHIFT,
  LOWER_WORDS,
  MAX_RECORD_ENTRY_BYTES,
  NAME_INSTRUMENT_BITS,
  NAME_KIND_BITS,
  NAME_OWNER_BITS,
  SHORT,
  SHORT_FLAGS_BITS,
  SHORT_FLAGS_SHIFT,
  SHORT_LENGTHS_SHIFT,
  TIME_SHIFT,
  UPPER_LENGTHS_BYTES,
  UPPER_WORDS_PRESENT,
} = layout;

const MIN_BUFFER_BYTES = SEGMENT_HEADER_BYTES + MAX_RECORD_ENTRY_BYTES + ENTRY_SLACK_BYTES;

/**
 * Packs entries into segments, in memory: append while there is room, `seal` to get the segment's bytes, go on.
 * It does no I/O and allocates nothing per record.
 */
export class SegmentEncoder {
  declare private readonly ownBytes: Uint8Array;
  declare private readonly ownView: DataView;
  /** The buffer of the open segment: the own one, or a larger one for a single large JSON entry. */
  declare private bytes: Uint8Array;
  declare private view: DataView;
  private position = SEGMENT_HEADER_BYTES;
  /** A record fits while the position is not above this. */
  declare private lastRecordStart: number;
  /** Entries in the open segment. */
  entries = 0;
  declare private segment: number;
  declare private sequence: number;
  declare private previousHash: Uint8Array;
  /** The time of the entry at hand and of the one before; a field, as a float64 argument would be boxed. */
  private nowNs = 0;
  private beforeNs = 0;
  /** Bytes of the eight words that were packed last, three bits each. */
  private lengths = 0;

  constructor(start: ChainPosition, bufferBytes: number) {
    assert(bufferBytes >= MIN_BUFFER_BYTES, "the segment buffer does not hold one record");
    assert(bufferBytes <= SEGMENT_HEADER_BYTES + MAX_SEGMENT_PAYLOAD_BYTES, "the segment buffer is above the limit");
    this.ownBytes = new Uint8Array(bufferBytes);
    this.ownView = new DataView(this.ownBytes.buffer);
    this.bytes = this.ownBytes;
    this.view = this.ownView;
    this.lastRecordStart = bufferBytes - MAX_RECORD_ENTRY_BYTES - ENTRY_SLACK_BYTES;
    this.segment = start.segment;
    this.sequence = start.sequence;
    this.previousHash = start.previousHash;
  }

  /** Sequence of the next entry. */
  get nextSequence(): number {
    return this.sequence + this.entries;
  }

  /** Where the open segment stands in the chain. */
  get chain(): ChainPosition {
    return { segment: this.segment, sequence: this.sequence, previousHash: this.previousHash };
  }

  /** False: seal first. */
  hasRoomForRecord(): boolean {
    return this.position <= this.lastRecordStart;
  }

  /** False: seal first. An empty segment has room for any JSON entry within `MAX_JSON_BYTES`. */
  hasRoomForJson(textBytes: number): boolean {
    return this.entries === 0 || this.position + MAX_ENTRY_HEAD_BYTES + textBytes <= this.bytes.length;
  }

  /** Appends the 16 words at `at`. There must be room. */
  appendRecord(kind: RecordEntryKind, timeNs: number, words: Int32Array, at: number): void {
    this.nowNs = timeNs;
    this.packRecord(kind, words, at);
  }

  /** Appends a JSON text. There must be room. */
  appendJson(kind: JsonEntryKind, timeNs: number, text: Uint8Array): void {
    assert(text.length <= MAX_JSON_BYTES, "a JSON entry above MAX_JSON_BYTES");
    assert(this.hasRoomForJson(text.length), "the segment has no room for this JSON entry");
    const entryBytesMax = MAX_ENTRY_HEAD_BYTES + text.length;
    if (this.position + entryBytesMax > this.bytes.length) {
      this.useBuffer(new Uint8Array(SEGMENT_HEADER_BYTES + entryBytesMax));
    }
    this.nowNs = timeNs;
    const timeStart = this.position + ENTRY_HEAD_BYTES;
    const textStart = this.packTime(timeStart);
    const time = timeCode(textStart - timeStart);
    this.view.setInt32(this.position, kind | (time << TIME_SHIFT) | (text.length << JSON_LENGTH_SHIFT), true);
    this.bytes.set(text, textStart);
    this.position = textStart + text.length;
    this.entries++;
  }

  /**
   * Closes the open segment, which must hold an entry, and starts the next.
   *
   * @returns header and payload: a view that the next append overwrites.
   */
  seal(): Uint8Array {
    assert(this.entries > 0, "an empty segment is not sealed");
    const sealed = this.bytes.subarray(0, this.position);
    writeSegmentHeader(sealed, {
      payloadBytes: sealed.length - SEGMENT_HEADER_BYTES,
      payloadCrc: crc32c(sealed, SEGMENT_HEADER_BYTES),
      segment: this.segment,
      firstSequence: this.sequence,
      entryCount: this.entries,
      previousHash: this.previousHash,
    });
    this.previousHash = hash("sha256", sealed, "buffer");
    this.segment++;
    this.sequence += this.entries;
    this.entries = 0;
    this.position = SEGMENT_HEADER_BYTES;
    this.useBuffer(this.ownBytes);
    this.beforeNs = 0;
    return sealed;
  }

  /** Leaves no room for anything, so that the hot path needs no further check to notice a closed or failed journal. */
  shut(): void {
    this.lastRecordStart = -1;
  }

  /** Packs a command in short, any other record word for word. */
  private packRecord(kind: RecordEntryKind, words: Int32Array, at: number): void {
    const start = this.position;
    check(start <= this.lastRecordStart, "the segment has no room for a record");
    const first: number | undefined = words[at];
    const last: number | undefined = words[(at + WORDS - 1) | 0];
    // Costs nothing: V8's own check of the index takes care of it, and leaves the fast code where it fails.
    check(first !== undefined && last !== undefined, "a record outside its array");
    this.entries++;
    const kindLess1 = (first - 1) | 0;
    const instrument = words[(at + INSTRUMENT) | 0];
    const owner = words[(at + OWNER) | 0];
    const flags = words[(at + FLAGS) | 0];
    const unfit =
      (kind ^ COMMAND) |
      (kindLess1 >>> NAME_KIND_BITS) |
      (owner >>> NAME_OWNER_BITS) |
      (instrument >>> NAME_INSTRUMENT_BITS) |
      (flags >>> SHORT_FLAGS_BITS) |
      words[(at + 7) | 0] |
      words[(at + 8) | 0] |
      words[(at + 9) | 0] |
      words[(at + 10) | 0] |
      words[(at + 11) | 0] |
      words[(at + 12) | 0] |
      words[(at + 13) | 0] |
      words[(at + 14) | 0] |
      last;
    if (unfit !== 0) {
      this.packWords(kind, words, at);
      return;
    }
    const { view } = this;
    const timeStart = (start + ENTRY_HEAD_BYTES) | 0;
    const end = this.packTime(timeStart);
    // No branch, because how long a word is is what the processor cannot foresee; no loop, because it costs 10 ns.
    const name = kindLess1 | (owner << NAME_KIND_BITS) | (instrument << (NAME_KIND_BITS + NAME_OWNER_BITS));
    const end0 = packWord(view, end, name);
    const end1 = packWord(view, end0, words[(at + ORDER_ID) | 0]);
    const end2 = packWord(view, end1, words[(at + PRICE_TICKS) | 0]);
    const end3 = packWord(view, end2, words[(at + QTY_LOTS) | 0]);
    const lengths = (end0 - end) | ((end1 - end0) << 3) | ((end2 - end1) << 6) | ((end3 - end2) << 9);
    const head =
      SHORT |
      COMMAND |
      (timeCode(end - timeStart) << TIME_SHIFT) |
      (lengths << SHORT_LENGTHS_SHIFT) |
      (flags << SHORT_FLAGS_SHIFT);
    view.setInt32(start, head, true);
    this.position = end3;
  }

  private packWords(kind: RecordEntryKind, words: Int32Array, at: number): void {
    const { view } = this;
    const start = this.position;
    const timeStart = start + ENTRY_HEAD_BYTES;
    const end = this.packTime(timeStart);
    const lowerEnd = this.packEight(end, words, at);
    const head = kind | (timeCode(end - timeStart) << TIME_SHIFT) | (this.lengths << LOWER_LENGTHS_SHIFT);
    let upper = 0;
    for (let i = LOWER_WORDS; i < WORDS; i++) upper |= words[at + i];
    if (upper === 0) {
      view.setInt32(start, head, true);
      this.position = lowerEnd;
      return;
    }
    view.setInt32(start, head | UPPER_WORDS_PRESENT, true);
    this.position = this.packEight(lowerEnd + UPPER_LENGTHS_BYTES, words, at + LOWER_WORDS);
    view.setInt32(lowerEnd, this.lengths, true);
  }

  /** Packs eight words at `position`, and keeps their `lengths`; returns the position behind them. */
  private packEight(position: number, words: Int32Array, at: number): number {
    const { view } = this;
    let start = position;
    let lengths = 0;
    for (let i = 0; i < LOWER_WORDS; i++) {
      const end = packWord(view, start, words[at + i]);
      lengths |= (end - start) << (3 * i);
      start = end;
    }
    this.lengths = lengths;
    return start;
  }

  /** Writes the time at `position`; returns the position behind it. */
  private packTime(position: number): number {
    const now = this.nowNs;
    const before = this.beforeNs;
    const elapsed = (now - before) >>> 0;
    this.beforeNs = now;
    // Asks whether a reader gets exactly this time back: not so when time ran backwards, far ahead, or between nanoseconds.
    if (before + elapsed === now) return packWord(this.view, position, elapsed);
    assert(Number.isFinite(now), "an entry's time is not a finite number");
    this.view.setFloat64(position, now, true);
    return position + 8;
  }

  private useBuffer(bytes: Uint8Array): void {
    const own = bytes === this.ownBytes;
    this.bytes = bytes;
    this.view = own ? this.ownView : new DataView(bytes.buffer);
    this.lastRecordStart = bytes.length - MAX_RECORD_ENTRY_BYTES - ENTRY_SLACK_BYTES;
  }
}

/** Packs a word at `position`; returns the position behind it. */
function packWord(view: DataView, position: number, word: number): number {
  view.setInt32(position, word, true);
  return (position + ((39 - Math.clz32(word)) >> 3)) | 0;
}

/** What a head says of a time of so many bytes: their number, 0 to 4, or 7 for 8. */
function timeCode(bytes: number): number {
  return bytes - (bytes >> 3);
}
