/**
 * Bytes of one entry: a 32-bit head, then its time, then what it holds.
 *
 *     head  bits 0-2   entry kind
 *           bits 3-5   time: 0 to 4 bytes of whole nanoseconds since the entry before, or 7: a float64 of 8 bytes
 *     JSON  bits 6-31  bytes of UTF-8 text
 *     record
 *           bit  6     words 8 to 15 follow; otherwise they are zero
 *           bits 7-30  bytes (0 to 4) of each of the words 0 to 7, three bits a word
 *           bit  31    zero
 *     command in short
 *           bits 6-17  bytes (0 to 4) of name, order id, price and quantity, three bits each
 *           bits 18-30 flags
 *           bit  31    one
 *
 * A word is stored without the zero bytes at its top. A command in short is one of the four that name one order or one
 * owner's orders (kinds 1 to 4), with nothing in words 7 to 15: its kind less one (two bits), owner (twenty) and
 * instrument (ten) are one word, its name. It so takes 7 to 18 bytes of 64, and half as many steps as word for word.
 * That pays: the checksums and the write cost 1.2 ns a byte, the packing 2 ns a word. To store the difference from the
 * record before saves two more bytes a command, but costs as much time as it saves, and a state that a reader has to
 * rebuild.
 *
 * The time before is zero at the start of every segment, so a segment is read without those before it.
 */
export const ENTRY_HEAD_BYTES = 4;
export const ENTRY_KIND_MASK = 7;
export const TIME_SHIFT = 3;
export const TIME_MASK = 7;
/** In the place of a byte count: the time stands as a float64. */
export const TIME_ABSOLUTE = 7;
export const JSON_LENGTH_SHIFT = 6;

export const UPPER_WORDS_PRESENT = 1 << 6;
export const LOWER_LENGTHS_SHIFT = 7;
/** Eight lengths of three bits. */
export const LENGTHS_BITS = 24;
/** Words 0 to 7; the upper half is mostly zero and then costs one bit. */
export const LOWER_WORDS = 8;
export const UPPER_LENGTHS_BYTES = 4;

/** In short: three-bit lengths of four words, then the flags. */
export const SHORT_LENGTHS_SHIFT = 6;
export const SHORT_LENGTHS_MASK = 0xfff;
export const SHORT_FLAGS_SHIFT = 18;
export const SHORT_FLAGS_BITS = 13;
export const SHORT = 1 << 31;
/** A name: the command's kind less one, its owner, its instrument. */
export const NAME_KIND_BITS = 2;
export const NAME_OWNER_BITS = 20;
export const NAME_INSTRUMENT_BITS = 10;

/** Head, absolute time, words 0 to 7, lengths of the upper words, words 8 to 15. */
export const MAX_RECORD_ENTRY_BYTES = ENTRY_HEAD_BYTES + 8 + 8 * 4 + UPPER_LENGTHS_BYTES + 8 * 4;
/** A word is stored and loaded four bytes at a time, whatever its length, so up to four bytes past an entry are touched. */
export const ENTRY_SLACK_BYTES = 4;

/** How many of a word's four bytes are left when the zero bytes at its top are dropped: 0 to 4. */
export function significantBytes(word: number): number {
  return (39 - Math.clz32(word)) >> 3;
}

/** True when `lengths` is not made of eight 3-bit numbers from 0 to 4, as every writer makes it. */
export function hasBadLength(lengths: number): boolean {
  const low = 0o11111111;
  return lengths >>> LENGTHS_BITS !== 0 || ((lengths >>> 2) & ((lengths >>> 1) | lengths) & low) !== 0;
}
