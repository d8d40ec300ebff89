import type { Units } from "../core/units.ts";
import { TRANSACTION_WORDS } from "./replica.ts";
import type { Signature, Signer, Verifier } from "./signature.ts";
import { sameSignature, SIGNATURE_WORDS } from "./signature.ts";

/** Words of a transaction that consensus reads; all others, and the kind in word 0, are the machine's. */
export const TransactionWord = { kind: 0, account: 1, nonce: 2, fee: 3 } as const;

/** The first word that consensus does not read. */
export const MACHINE_WORDS = 4;

/**
 * A transaction with its account's signature. An account's transactions are numbered from 0 without a gap by their
 * nonces, so each takes effect once, and of two with the same nonce at most one does.
 */
export interface SignedTransaction {
  /** `TRANSACTION_WORDS` words. */
  readonly words: Int32Array;
  readonly signature: Signature;
}

/** Words of a signed transaction in a message. */
export const SIGNED_TRANSACTION_WORDS = TRANSACTION_WORDS + SIGNATURE_WORDS;

/** Keeps a signature for a transaction apart from one for anything else. */
const STATEMENT = 0x74_78_6e_31;

export function signTransaction(words: Int32Array, signer: Signer): SignedTransaction {
  return { words, signature: signer.sign(statementOf(words)) };
}

export function isSigned({ words, signature }: SignedTransaction, accounts: Verifier): boolean {
  return accounts.verify(words[TransactionWord.account], statementOf(words), signature);
}

export function accountOf(transaction: SignedTransaction): number {
  return transaction.words[TransactionWord.account];
}

export function nonceOf(transaction: SignedTransaction): number {
  return transaction.words[TransactionWord.nonce];
}

/** What its account pays to have it in a block: of those that wait, the highest fee goes first. */
export function feeOf(transaction: SignedTransaction): Units {
  return transaction.words[TransactionWord.fee];
}

/** Names a transaction among those that can ever happen: of one account and nonce at most one does. */
export function transactionKey(words: Int32Array): string {
  return `${words[TransactionWord.account]}/${words[TransactionWord.nonce]}`;
}

export function sameTransaction(a: SignedTransaction, b: SignedTransaction): boolean {
  for (let i = 0; i < TRANSACTION_WORDS; i++) if (a.words[i] !== b.words[i]) return false;
  return sameSignature(a.signature, b.signature);
}

export function writeTransaction({ words, signature }: SignedTransaction, into: Int32Array, at: number): void {
  into.set(words, at);
  into.set(signature, at + TRANSACTION_WORDS);
}

export function readTransaction(words: Int32Array, at: number): SignedTransaction {
  return {
    words: words.slice(at, at + TRANSACTION_WORDS),
    signature: words.slice(at + TRANSACTION_WORDS, at + SIGNED_TRANSACTION_WORDS),
  };
}

function statementOf(words: Int32Array): Int32Array {
  const statement = new Int32Array(1 + TRANSACTION_WORDS);
  statement[0] = STATEMENT;
  statement.set(words, 1);
  return statement;
}
