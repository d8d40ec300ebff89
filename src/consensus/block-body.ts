import { assert } from "../core/assert.ts";
import type { Digest } from "./digest.ts";
import { digestOf } from "./digest.ts";
import type { SignedTransaction } from "./transaction.ts";
import { readTransaction, SIGNED_TRANSACTION_WORDS, writeTransaction } from "./transaction.ts";

/** What a block of any protocol is for: transactions, to be executed one after the other. */
export type BlockBody = readonly SignedTransaction[];

/** So that a block, what its protocol says about it and a signature fill no more than one message. */
export const BLOCK_TRANSACTIONS_MAX = 30;

/** Words of the largest body. */
export const BODY_WORDS_MAX = BLOCK_TRANSACTIONS_MAX * SIGNED_TRANSACTION_WORDS;

export function bodyWords(body: BlockBody): number {
  return body.length * SIGNED_TRANSACTION_WORDS;
}

/** @returns the words written */
export function writeBody(body: BlockBody, words: Int32Array, at: number): number {
  assert(body.length <= BLOCK_TRANSACTIONS_MAX, "a block has too many transactions");
  for (const [place, transaction] of body.entries()) {
    writeTransaction(transaction, words, at + place * SIGNED_TRANSACTION_WORDS);
  }
  return bodyWords(body);
}

/**
 * Reads a body of as many transactions as somebody says.
 * @returns undefined when that cannot be: the words may be torn, or come from a liar
 */
export function readBody(count: number | undefined, words: Int32Array, at: number): BlockBody | undefined {
  if (count === undefined || count < 0 || count > BLOCK_TRANSACTIONS_MAX) return undefined;
  if (at + count * SIGNED_TRANSACTION_WORDS > words.length) return undefined;
  return Array.from({ length: count }, (_, place) => readTransaction(words, at + place * SIGNED_TRANSACTION_WORDS));
}

/** The SHA-256 of a body, signatures included. */
export function digestOfBody(body: BlockBody): Digest {
  const words = new Int32Array(bodyWords(body));
  writeBody(body, words, 0);
  return digestOf(words);
}
