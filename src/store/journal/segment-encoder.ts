import { hash } from "node:crypto";

import { assert } from "../../core/assert.ts";
import { crc32c } from "../../core/crc32c.ts";
import { RECORD_WORDS } from "../../model/record.ts";
import type { JsonEntryKind, RecordEntryKind } from "./entry-kind.ts";
import {
  ENTRY_HEAD_BYTES,
  ENTRY_SLACK_BYTES,
  JSON_LENGTH_SHIFT,
  LOWER_LENGTHS_SHIFT,
  LOWER_WORDS,
  MAX_RECORD_ENTRY_BYTES,
  TIME_ABSOLUTE,
  TIME_SHIFT,
  UPPER_LENGTHS_BYTES,
  UPPER_WORDS_PRESENT,
  significantBytes,
} from "./entry-layout.ts";
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

const MIN_BUFFER_BYTES = SEGMENT_HEADER_BYTES + MAX_RECORD_ENTRY_BYTES + ENTRY_SLACK_BYTES;
const NOW = 0;
const BEFORE = 1;

/**
 * Packs entries into segments, in memory: append while there is room, `seal` to get the segment's bytes, go on.
 * It does no I/O and allocates nothing per record.
 */
export class SegmentEncoder {
  readonly #ownBytes: Uint8Array;
  readonly #ownView: DataView;
  /** The buffer of the open segment: the own one, or a larger one for a single large JSON entry. */
  #bytes: Uint8Array;
  #view: DataView;
  #position = SEGMENT_HEADER_BYTES;
  /** A record fits while the position is not above this. */
  #lastRecordStart: number;
  #entries = 0;
  #segment: number;
  #sequence: number;
  #previousHash: Uint8Array;
  /** The time of the entry at hand and of the one before; in an array, as a float64 argument would be boxed. */
  readonly #clock = new Float64Array(2);

  constructor(start: ChainPosition, bufferBytes: number) {
    assert(bufferBytes >= MIN_BUFFER_BYTES, "the segment buffer does not hold one record");
    assert(bufferBytes <= SEGMENT_HEADER_BYTES + MAX_SEGMENT_PAYLOAD_BYTES, "the segment buffer is above the limit");
    this.#ownBytes = new Uint8Array(bufferBytes);
    this.#ownView = new DataView(this.#ownBytes.buffer);
    this.#bytes = this.#ownBytes;
    this.#view = this.#ownView;
    this.#lastRecordStart = bufferBytes - MAX_RECORD_ENTRY_BYTES - ENTRY_SLACK_BYTES;
    this.#segment = start.segment;
    this.#sequence = start.sequence;
    this.#previousHash = start.previousHash;
  }

  /** Entries in the open segment. */
  get entries(): number {
    return this.#entries;
  }

  /** Sequence of the next entry. */
  get nextSequence(): number {
    return this.#sequence + this.#entries;
  }

  /** Where the open segment stands in the chain. */
  get chain(): ChainPosition {
    return { segment: this.#segment, sequence: this.#sequence, previousHash: this.#previousHash };
  }

  /** False: seal first. */
  hasRoomForRecord(): boolean {
    return this.#position <= this.#lastRecordStart;
  }

  /** False: seal first. An empty segment has room for any JSON entry within `MAX_JSON_BYTES`. */
  hasRoomForJson(textBytes: number): boolean {
    return this.#entries === 0 || this.#position + MAX_ENTRY_HEAD_BYTES + textBytes <= this.#bytes.length;
  }

  /** Appends the 16 words at `at`. There must be room. */
  appendRecord(kind: RecordEntryKind, timeNs: number, words: Int32Array, at: number): void {
    this.#clock[NOW] = timeNs;
    this.#packRecord(kind, words, at);
  }

  #packRecord(kind: RecordEntryKind, words: Int32Array, at: number): void {
    assert(this.#position <= this.#lastRecordStart, "the segment has no room for a record");
    assert(at >= 0 && at + RECORD_WORDS <= words.length, "a record outside its array");
    const view = this.#view;
    const upper =
      words[at + 15] |
      words[at + 14] |
      words[at + 13] |
      words[at + 12] |
      words[at + 11] |
      words[at + 10] |
      words[at + 9] |
      words[at + 8];
    const start = this.#position;
    const timeStart = start + ENTRY_HEAD_BYTES;
    const end = this.#packTime(timeStart);
    const time = Math.min(end - timeStart, TIME_ABSOLUTE);
    // No branch, because how long a word is is what the processor cannot foresee; no loop, because it costs 10 ns.
    const end0 = packWord(view, end, words[at]);
    const end1 = packWord(view, end0, words[at + 1]);
    const end2 = packWord(view, end1, words[at + 2]);
    const end3 = packWord(view, end2, words[at + 3]);
    const end4 = packWord(view, end3, words[at + 4]);
    const end5 = packWord(view, end4, words[at + 5]);
    const end6 = packWord(view, end5, words[at + 6]);
    const end7 = packWord(view, end6, words[at + 7]);
    const lengths =
      (end0 - end) |
      ((end1 - end0) << 3) |
      ((end2 - end1) << 6) |
      ((end3 - end2) << 9) |
      ((end4 - end3) << 12) |
      ((end5 - end4) << 15) |
      ((end6 - end5) << 18) |
      ((end7 - end6) << 21);
    const head = kind | (time << TIME_SHIFT) | (lengths << LOWER_LENGTHS_SHIFT);
    if (upper === 0) {
      view.setInt32(start, head, true);
      this.#position = end7;
    } else {
      view.setInt32(start, head | UPPER_WORDS_PRESENT, true);
      this.#position = packUpperWords(view, end7, words, at);
    }
    this.#entries++;
  }

  /** Appends a JSON text. There must be room. */
  appendJson(kind: JsonEntryKind, timeNs: number, text: Uint8Array): void {
    assert(text.length <= MAX_JSON_BYTES, "a JSON entry above MAX_JSON_BYTES");
    assert(this.hasRoomForJson(text.length), "the segment has no room for this JSON entry");
    const entryBytesMax = MAX_ENTRY_HEAD_BYTES + text.length;
    if (this.#position + entryBytesMax > this.#bytes.length) {
      this.#useBuffer(new Uint8Array(SEGMENT_HEADER_BYTES + entryBytesMax));
    }
    this.#clock[NOW] = timeNs;
    const timeStart = this.#position + ENTRY_HEAD_BYTES;
    const textStart = this.#packTime(timeStart);
    const time = Math.min(textStart - timeStart, TIME_ABSOLUTE);
    this.#view.setInt32(this.#position, kind | (time << TIME_SHIFT) | (text.length << JSON_LENGTH_SHIFT), true);
    this.#bytes.set(text, textStart);
    this.#position = textStart + text.length;
    this.#entries++;
  }

  /** Writes the time at `position`; returns the position behind it. */
  #packTime(position: number): number {
    const clock = this.#clock;
    const elapsed = (clock[NOW] - clock[BEFORE]) >>> 0;
    // Asks whether a reader gets exactly this time back: not so when time ran backwards, far ahead, or between nanoseconds.
    const relative = clock[BEFORE] + elapsed === clock[NOW];
    clock[BEFORE] = clock[NOW];
    if (relative) {
      this.#view.setInt32(position, elapsed, true);
      return position + significantBytes(elapsed);
    }
    assert(Number.isFinite(clock[NOW]), "an entry's time is not a finite number");
    this.#view.setFloat64(position, clock[NOW], true);
    return position + 8;
  }

  /**
   * Closes the open segment, which must hold an entry, and starts the next.
   *
   * @returns header and payload: a view that the next append overwrites.
   */
  seal(): Uint8Array {
    assert(this.#entries > 0, "an empty segment is not sealed");
    const sealed = this.#bytes.subarray(0, this.#position);
    writeSegmentHeader(sealed, {
      payloadBytes: sealed.length - SEGMENT_HEADER_BYTES,
      payloadCrc: crc32c(sealed, SEGMENT_HEADER_BYTES),
      segment: this.#segment,
      firstSequence: this.#sequence,
      entryCount: this.#entries,
      previousHash: this.#previousHash,
    });
    this.#previousHash = hash("sha256", sealed, "buffer");
    this.#segment++;
    this.#sequence += this.#entries;
    this.#entries = 0;
    this.#position = SEGMENT_HEADER_BYTES;
    this.#useBuffer(this.#ownBytes);
    this.#clock.fill(0);
    return sealed;
  }

  /** Leaves no room for anything, so that the hot path needs no further check to notice a closed or failed journal. */
  shut(): void {
    this.#lastRecordStart = -1;
  }

  #useBuffer(bytes: Uint8Array): void {
    const own = bytes === this.#ownBytes;
    this.#bytes = bytes;
    this.#view = own ? this.#ownView : new DataView(bytes.buffer);
    this.#lastRecordStart = bytes.length - MAX_RECORD_ENTRY_BYTES - ENTRY_SLACK_BYTES;
  }
}

/** Packs a word at `position`; returns the position behind it. */
function packWord(view: DataView, position: number, word: number): number {
  view.setInt32(position, word, true);
  return position + significantBytes(word);
}

/** Packs the lengths of words 8 to 15, then the words; returns the position behind them. */
function packUpperWords(view: DataView, start: number, words: Int32Array, at: number): number {
  let position = start + UPPER_LENGTHS_BYTES;
  let lengths = 0;
  for (let i = LOWER_WORDS; i < RECORD_WORDS; i++) {
    const end = packWord(view, position, words[at + i]);
    lengths |= (end - position) << (3 * (i - LOWER_WORDS));
    position = end;
  }
  view.setInt32(start, lengths, true);
  return position;
}
