import { TRANSACTION_WORDS } from "./replica.ts";
import type { SignedTransaction } from "./transaction.ts";
import { readTransaction, SIGNED_TRANSACTION_WORDS, writeTransaction } from "./transaction.ts";

/** A client, or a replica that heard it from a client, hands in a transaction. */
export interface Submission {
  readonly kind: "submission";
  readonly transaction: SignedTransaction;
}

/** To a client: the transaction that is final under the account and nonce of the one that it handed in. */
export interface Outcome {
  readonly kind: "outcome";
  readonly words: Int32Array;
  /** Of the block that holds it. */
  readonly height: number;
  /** What the machine answered. */
  readonly result: number;
}

/** Words behind a message's kind. */
export const SUBMISSION_WORDS = SIGNED_TRANSACTION_WORDS;
export const OUTCOME_WORDS = 2 + TRANSACTION_WORDS;

export function writeSubmission({ transaction }: Submission, words: Int32Array, at: number): void {
  writeTransaction(transaction, words, at);
}

/** @returns undefined when the words end before it does */
export function readSubmission(words: Int32Array, at: number): Submission | undefined {
  if (at + SUBMISSION_WORDS > words.length) return undefined;
  return { kind: "submission", transaction: readTransaction(words, at) };
}

export function writeOutcome({ height, result, words: told }: Outcome, words: Int32Array, at: number): void {
  words[at] = height;
  words[at + 1] = result;
  words.set(told, at + 2);
}

/** @returns undefined when the words end before it does */
export function readOutcome(words: Int32Array, at: number): Outcome | undefined {
  if (at + OUTCOME_WORDS > words.length) return undefined;
  return {
    kind: "outcome",
    height: words[at],
    result: words[at + 1],
    words: words.slice(at + 2, at + OUTCOME_WORDS),
  };
}
