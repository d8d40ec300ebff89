/** Sets of small numbers as bits, 1024 to a block: 32 words and a 33rd that says which of them are not 0. */

const SUMMARY = 32;

/** @returns true when the block was empty before */
export function setBit(words: Int32Array, block: number, bit: number): boolean {
  const summary = words[block + SUMMARY];
  words[block + (bit >>> 5)] |= 1 << (bit & 31);
  words[block + SUMMARY] = summary | (1 << (bit >>> 5));
  return summary === 0;
}

/** @returns true when the block is empty afterwards */
export function clearBit(words: Int32Array, block: number, bit: number): boolean {
  const word = (words[block + (bit >>> 5)] &= ~(1 << (bit & 31)));
  if (word !== 0) return false;
  return (words[block + SUMMARY] &= ~(1 << (bit >>> 5))) === 0;
}

/** The lowest number above `bit`, which may be -1; -1 when there is none. */
export function nextBit(words: Int32Array, block: number, bit: number): number {
  const from = bit + 1;
  if (from > 1023) return -1;
  const word = from >>> 5;
  const rest = words[block + word] & (-1 << (from & 31));
  if (rest !== 0) return (word << 5) | lowestBit(rest);
  const later = word === 31 ? 0 : words[block + SUMMARY] & (-1 << (word + 1));
  if (later === 0) return -1;
  const found = lowestBit(later);
  return (found << 5) | lowestBit(words[block + found]);
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
