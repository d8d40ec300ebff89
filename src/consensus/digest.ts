import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** A SHA-256 as 64 hexadecimal digits: blocks are told apart and found by it. */
export type Digest = string;

/** Words of a digest in a record. */
export const DIGEST_WORDS = 8;

const DIGITS_PER_WORD = 8;
const DIGIT_0 = 0x30;
const LETTER_A = 0x61;

/** The SHA-256 of int32 words, each as four bytes, the lowest first, whatever the machine. */
export function digestOf(words: Int32Array): Digest {
  return bytesToHex(sha256(bytesOf(words)));
}

/** Int32 words as bytes, the lowest of each word first. */
export function bytesOf(words: Int32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    bytes[4 * i] = word;
    bytes[4 * i + 1] = word >>> 8;
    bytes[4 * i + 2] = word >>> 16;
    bytes[4 * i + 3] = word >>> 24;
  }
  return bytes;
}

/** Bytes, a multiple of four, as int32 words: what `bytesOf` undoes. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(bytes.length / 4);
  for (let i = 0; i < words.length; i++) {
    const at = 4 * i;
    words[i] = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  }
  return words;
}

export function writeDigest(digest: Digest, words: Int32Array, at: number): void {
  for (let i = 0; i < DIGEST_WORDS; i++) {
    let word = 0;
    for (let place = i * DIGITS_PER_WORD; place < (i + 1) * DIGITS_PER_WORD; place++) {
      const code = digest.charCodeAt(place);
      word = (word << 4) | (code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10);
    }
    words[at + i] = word;
  }
}

export function readDigest(words: Int32Array, at: number): Digest {
  let digest = "";
  for (let i = 0; i < DIGEST_WORDS; i++) digest += (words[at + i] >>> 0).toString(16).padStart(DIGITS_PER_WORD, "0");
  return digest;
}
