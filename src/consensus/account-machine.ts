import type { Units } from "../core/units.ts";
import type { ReplicatedMachine } from "./replica.ts";

/** What no transaction has: the next nonce of an account that does not exist. */
export const NO_NONCE = -1;

/**
 * What a machine answers to a transaction. Whoever is next for its account has used its nonce and paid its fee, whatever
 * became of it, so that it can never come again; `wrongNonce` alone has left no trace.
 */
export const LedgerAnswer = {
  applied: 0,
  /** The money that it moves is not there. */
  noFunds: 1,
  malformed: 2,
  tooManyAccounts: 3,
  /** It cannot pay its fee. */
  noFee: 4,
  /** It moves what is others', and its account may not. */
  notAllowed: 5,
  /** It states balances, and they are others here. */
  mismatch: 6,
  /** It is not the next of its account. */
  wrongNonce: 7,
} as const;

/** A machine with accounts, which sign its transactions and number them by nonces. It answers with a `LedgerAnswer`. */
export interface AccountMachine extends ReplicatedMachine {
  /** The nonce that the account's next transaction must have, or `NO_NONCE`. */
  nextNonce(account: number): number;
  /** What the account could pay in fees. */
  feeBudget(account: number): Units;
  /** Ends a block: its proposer gets the fees of its transactions, and what the block is worth beside them. */
  endBlock(proposer: number, reward: Units): void;
}
