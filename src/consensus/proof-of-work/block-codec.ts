import { TRANSACTION_WORDS } from "../replica.ts";
import type { Block } from "./block.ts";
import {
  BLOCK_TRANSACTIONS_MAX,
  HEADER_WORDS,
  hashTransactions,
  ID_WORDS,
  makeBlock,
  readId,
  transactionCount,
  writeHeader,
} from "./block.ts";
import { readSafeInteger } from "./transaction.ts";

/** Words of the largest block: header, number of transactions, transactions. */
export const BLOCK_WORDS_MAX = HEADER_WORDS + 1 + BLOCK_TRANSACTIONS_MAX * TRANSACTION_WORDS;

/** @returns the words written */
export function writeBlock(block: Block, words: Int32Array, at: number): number {
  writeHeader(block, words, at);
  words[at + HEADER_WORDS] = transactionCount(block);
  words.set(block.transactions, at + HEADER_WORDS + 1);
  return HEADER_WORDS + 1 + block.transactions.length;
}

/** Reads a block. @returns undefined when the words are none, or when its header is that of another block's transactions */
export function readBlock(words: Int32Array, at: number): Block | undefined {
  const count = words[at + HEADER_WORDS];
  const first = at + HEADER_WORDS + 1;
  // A torn record may end anywhere: what is not there reads as undefined, which is no count.
  if (!(count >= 0 && count <= BLOCK_TRANSACTIONS_MAX) || first + count * TRANSACTION_WORDS > words.length) {
    return undefined;
  }
  const header = {
    height: words[at],
    parent: readId(words, at + 1),
    body: readId(words, at + 1 + ID_WORDS),
    difficulty: words[at + 1 + 2 * ID_WORDS],
    timeNs: readSafeInteger(words, at + 2 + 2 * ID_WORDS),
    miner: words[at + 4 + 2 * ID_WORDS],
    nonce: words[at + 5 + 2 * ID_WORDS],
  };
  if (header.height < 0 || header.difficulty < 1 || header.miner < 0) return undefined;
  if (!Number.isSafeInteger(header.timeNs) || header.timeNs < 0) return undefined;
  const transactions = words.slice(first, first + count * TRANSACTION_WORDS);
  // Only a block whose transactions are its own may be judged by its id: else a liar could spoil another's block.
  return hashTransactions(transactions) === header.body ? makeBlock(header, transactions) : undefined;
}
