import { CommandWord } from "../../model/command.ts";
import { RECORD_WORDS } from "../../model/record.ts";
import { EntryKind, isEntryKind, isRecordEntryKind } from "./entry-kind.ts";
import {
  ENTRY_HEAD_BYTES,
  ENTRY_KIND_MASK,
  JSON_LENGTH_SHIFT,
  LOWER_LENGTHS_SHIFT,
  LOWER_WORDS,
  MAX_RECORD_ENTRY_BYTES,
  NAME_KIND_BITS,
  NAME_OWNER_BITS,
  SHORT_FLAGS_BITS,
  SHORT_FLAGS_SHIFT,
  SHORT_LENGTHS_MASK,
  SHORT_LENGTHS_SHIFT,
  TIME_ABSOLUTE,
  TIME_MASK,
  TIME_SHIFT,
  UPPER_LENGTHS_BYTES,
  UPPER_WORDS_PRESENT,
  hasBadLength,
} from "./entry-layout.ts";

/** So far behind a payload's end may the decoder look before it notices that an entry ends outside. */
export const PAYLOAD_SLACK_BYTES = MAX_RECORD_ENTRY_BYTES;

/** Keeps the lowest 0 to 4 bytes of a word that was loaded whole. */
const KEEP_BYTES = Int32Array.of(0, 0xff, 0xffff, 0xff_ffff, -1);

/**
 * Unpacks the entries of one segment's payload, one at a time, into its own fields: what it shows is overwritten by
 * the next entry. It allocates nothing per record, and reads any bytes whatever without throwing.
 */
export class SegmentDecoder {
  /** The kind of the entry at hand. */
  entryKind: EntryKind = EntryKind.manifest;
  /** The words of the record at hand; all of them, from index 0. */
  readonly words = new Int32Array(RECORD_WORDS);
  /** The UTF-8 text of the JSON entry at hand. */
  text = new Uint8Array(0);
  /** What is wrong with the payload, once `next` returned false because of it. */
  problem: { readonly expected: string; readonly found: string } | undefined;

  #bytes = new Uint8Array(0);
  #view = new DataView(new ArrayBuffer(0));
  #position = 0;
  #end = 0;
  readonly #clock = new Float64Array(1);

  /** The time of the entry at hand, in nanoseconds since the run's start. */
  get timeNs(): number {
    return this.#clock[0];
  }

  /**
   * Starts on the payload in `bytes[start, end)`, which must stay unchanged while it is read. The array must go on
   * for `PAYLOAD_SLACK_BYTES` behind the end; what stands there does not matter.
   */
  load(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.#position = start;
    this.#end = end;
    this.problem = undefined;
    this.#clock[0] = 0;
  }

  /** Goes to the next entry. False at the payload's end, and when the payload is malformed: then `problem` says how. */
  next(): boolean {
    const start = this.#position;
    if (start >= this.#end) return false;
    const head = this.#view.getInt32(start, true);
    const kind = head & ENTRY_KIND_MASK;
    this.#position = start + ENTRY_HEAD_BYTES;
    if (!isEntryKind(kind)) return this.#malformed("an entry kind from 1 to 5", String(kind));
    if (!this.#unpackTime((head >>> TIME_SHIFT) & TIME_MASK)) return false;
    this.entryKind = kind;
    if (isRecordEntryKind(kind)) {
      if (!this.#unpackRecord(head)) return this.#malformed("words of 0 to 4 bytes", "a longer one");
    } else {
      const textStart = this.#position;
      this.#position += head >>> JSON_LENGTH_SHIFT;
      this.text = this.#bytes.subarray(textStart, Math.min(this.#position, this.#end));
    }
    if (this.#position <= this.#end) return true;
    return this.#malformed(
      "an entry that ends in its segment",
      `one that ends ${this.#position - this.#end} bytes behind`,
    );
  }

  #unpackTime(code: number): boolean {
    const view = this.#view;
    const clock = this.#clock;
    if (code < KEEP_BYTES.length) {
      clock[0] += (view.getInt32(this.#position, true) & KEEP_BYTES[code]) >>> 0;
      this.#position += code;
      return true;
    }
    if (code !== TIME_ABSOLUTE) return this.#malformed("a time of 0 to 4 or of 8 bytes", `code ${code}`);
    clock[0] = view.getFloat64(this.#position, true);
    this.#position += 8;
    return Number.isFinite(clock[0]) || this.#malformed("a finite time", String(clock[0]));
  }

  #unpackRecord(head: number): boolean {
    if (head < 0 && this.entryKind === EntryKind.command) return this.#unpackShort(head);
    if (!this.#unpackWords(0, head >>> LOWER_LENGTHS_SHIFT)) return false;
    if ((head & UPPER_WORDS_PRESENT) === 0) {
      this.words.fill(0, LOWER_WORDS);
      return true;
    }
    const lengths = this.#view.getInt32(this.#position, true);
    this.#position += UPPER_LENGTHS_BYTES;
    return this.#unpackWords(LOWER_WORDS, lengths);
  }

  /** A command in short. */
  #unpackShort(head: number): boolean {
    const { words } = this;
    if (!this.#unpackWords(LOWER_WORDS, (head >>> SHORT_LENGTHS_SHIFT) & SHORT_LENGTHS_MASK)) return false;
    const name = words[LOWER_WORDS];
    words[CommandWord.orderId] = words[LOWER_WORDS + 1];
    words[CommandWord.priceTicks] = words[LOWER_WORDS + 2];
    words[CommandWord.qtyLots] = words[LOWER_WORDS + 3];
    words[CommandWord.kind] = 1 + (name & ((1 << NAME_KIND_BITS) - 1));
    words[CommandWord.owner] = (name >>> NAME_KIND_BITS) & ((1 << NAME_OWNER_BITS) - 1);
    words[CommandWord.instrument] = name >>> (NAME_KIND_BITS + NAME_OWNER_BITS);
    words[CommandWord.flags] = (head >>> SHORT_FLAGS_SHIFT) & ((1 << SHORT_FLAGS_BITS) - 1);
    words.fill(0, CommandWord.qtyLots + 1);
    return true;
  }

  #unpackWords(first: number, wordLengths: number): boolean {
    if (hasBadLength(wordLengths)) return false;
    const view = this.#view;
    const words = this.words;
    let position = this.#position;
    let lengths = wordLengths;
    for (let i = first; i < first + LOWER_WORDS; i++) {
      const length = lengths & 7;
      words[i] = view.getInt32(position, true) & KEEP_BYTES[length];
      position += length;
      lengths >>>= 3;
    }
    this.#position = position;
    return true;
  }

  #malformed(expected: string, found: string): false {
    this.problem = { expected, found };
    this.#end = this.#position;
    return false;
  }
}
