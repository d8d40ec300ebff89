const HIGH_WORD = 0x1_0000_0000;

/** Words of a whole number. */
export const SAFE_INTEGER_WORDS = 2;

/** Writes a whole number of at most 53 bits, and its sign, to two words: the low half first. */
export function writeSafeInteger(value: number, words: Int32Array, at: number): void {
  words[at] = (value % HIGH_WORD) | 0;
  words[at + 1] = Math.floor(value / HIGH_WORD);
}

/** Reads what `writeSafeInteger` wrote; of other words it makes a number that may be no safe integer. */
export function readSafeInteger(words: Int32Array, at: number): number {
  return words[at + 1] * HIGH_WORD + (words[at] >>> 0);
}
