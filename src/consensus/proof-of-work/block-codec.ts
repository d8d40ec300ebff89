import { BODY_WORDS_MAX, readBody, writeBody, digestOfBody } from "../block-body.ts";
import { DIGEST_WORDS, readDigest } from "../digest.ts";
import { readSafeInteger } from "../safe-integer.ts";
import type { Block } from "./block.ts";
import { HEADER_WORDS, makeBlock, writeHeader } from "./block.ts";

const BODY = HEADER_WORDS + 1;
/** Words of the largest block: header, number of transactions, and these. */
export const BLOCK_WORDS_MAX = BODY + BODY_WORDS_MAX;

/** @returns the words written */
export function writeBlock(block: Block, words: Int32Array, at: number): number {
  writeHeader(block, words, at);
  words[at + HEADER_WORDS] = block.transactions.length;
  return BODY + writeBody(block.transactions, words, at + BODY);
}

/** Reads a block. @returns undefined when the words are none, or when its header is that of another block's transactions */
export function readBlock(words: Int32Array, at: number): Block | undefined {
  const transactions = readBody(words[at + HEADER_WORDS], words, at + BODY);
  if (transactions === undefined) return undefined;
  const header = {
    height: words[at],
    parent: readDigest(words, at + 1),
    body: readDigest(words, at + 1 + DIGEST_WORDS),
    difficulty: words[at + 1 + 2 * DIGEST_WORDS],
    timeNs: readSafeInteger(words, at + 2 + 2 * DIGEST_WORDS),
    miner: words[at + 4 + 2 * DIGEST_WORDS],
    nonce: words[at + 5 + 2 * DIGEST_WORDS],
  };
  if (header.height < 0 || header.difficulty < 1 || header.miner < 0) return undefined;
  if (!Number.isSafeInteger(header.timeNs) || header.timeNs < 0) return undefined;
  // Only a block whose transactions are its own may be judged by its id: else a liar could spoil another's block.
  return digestOfBody(transactions) === header.body ? makeBlock(header, transactions) : undefined;
}
