import { assert } from "../../core/assert.ts";
import type { Units } from "../../core/units.ts";
import { TRANSACTION_WORDS } from "../replica.ts";

/** Words of a transaction. The words behind these are the sender's own, and the ledger does not look at them. */
export const TransactionWord = { kind: 0, sender: 1, receiver: 2, amount: 3, fee: 4, nonce: 5, memo: 6 } as const;

export const TransactionKind = {
  /** `amount` goes from sender to receiver, `fee` to the miner. */
  pay: 1,
  /** A block's reward and fees go to its miner. The chain makes it at the end of a block; nobody can send it. */
  reward: 2,
} as const;

export interface Payment {
  readonly sender: number;
  readonly receiver: number;
  readonly amount: Units;
  readonly fee: Units;
  /** Counts the sender's transactions from 0: it makes each take effect once, and in order. */
  readonly nonce: number;
  readonly memo?: number;
}

export function payment(fields: Payment): Int32Array {
  const words = new Int32Array(TRANSACTION_WORDS);
  words[TransactionWord.kind] = TransactionKind.pay;
  words[TransactionWord.sender] = fields.sender;
  words[TransactionWord.receiver] = fields.receiver;
  words[TransactionWord.amount] = fields.amount;
  words[TransactionWord.fee] = fields.fee;
  words[TransactionWord.nonce] = fields.nonce;
  words[TransactionWord.memo] = fields.memo ?? 0;
  assert(isPayment(words, 0), "a payment's fields are whole numbers from 0 to 2^31 - 1, and its nonce less than that");
  assert(words[TransactionWord.amount] === fields.amount, "an amount does not fit into a word");
  return words;
}

/** Says whether the words are a payment by their form. Whether there is money for it is the ledger's to say. */
export function isPayment(words: Int32Array, at: number): boolean {
  return (
    words[at + TransactionWord.kind] === TransactionKind.pay &&
    words[at + TransactionWord.sender] >= 0 &&
    words[at + TransactionWord.receiver] >= 0 &&
    words[at + TransactionWord.amount] >= 0 &&
    words[at + TransactionWord.fee] >= 0 &&
    words[at + TransactionWord.nonce] >= 0 &&
    words[at + TransactionWord.nonce] < 0x7fff_ffff
  );
}

const HIGH_WORD = 0x1_0000_0000;

/** Writes a whole number below 2^53 to two words. */
export function writeSafeInteger(value: number, words: Int32Array, at: number): void {
  words[at] = (value % HIGH_WORD) | 0;
  words[at + 1] = Math.floor(value / HIGH_WORD);
}

/** Reads what `writeSafeInteger` wrote; of other words it makes a number that may be no safe integer. */
export function readSafeInteger(words: Int32Array, at: number): number {
  return words[at + 1] * HIGH_WORD + (words[at] >>> 0);
}
