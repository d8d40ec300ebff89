import { assert } from "../core/assert.ts";
import type { SignedTransaction } from "./transaction.ts";
import { accountOf, nonceOf, sameTransaction } from "./transaction.ts";

/** Transactions that wait in a pool for a block. */
export const MEMPOOL_TRANSACTIONS_MAX = 4096;
/** An account's transactions that may wait beyond the first that can be executed: one account cannot fill the pool. */
export const ACCOUNT_TRANSACTIONS_MAX = 64;

/** What a pool said to a transaction: `added`, or why it was not. */
export type Admission = "added" | "known" | "nonce is used" | "nonce is taken" | "nonce is too far" | "pool is full";

/** The nonce that an account's next transaction must have. */
export type NextNonces = (account: number) => number;

/** Signed transactions that no final block has yet, by account and nonce. Who adds one has checked its signature. */
export class Mempool {
  readonly #transactionsMax: number;
  /** Accounts in the order in which they came, each with its transactions by nonce. */
  readonly #accounts = new Map<number, Map<number, SignedTransaction>>();
  #size = 0;

  constructor(options: { readonly transactionsMax?: number } = {}) {
    this.#transactionsMax = options.transactionsMax ?? MEMPOOL_TRANSACTIONS_MAX;
  }

  get size(): number {
    return this.#size;
  }

  /** The first transaction of an account and nonce stays: one that spends the same again is refused. */
  add(transaction: SignedTransaction, next: NextNonces): Admission {
    const account = accountOf(transaction);
    const nonce = nonceOf(transaction);
    const first = next(account);
    if (nonce < first) return "nonce is used";
    const waiting = this.#accounts.get(account);
    const present = waiting?.get(nonce);
    if (present !== undefined) return sameTransaction(present, transaction) ? "known" : "nonce is taken";
    if (nonce >= first + ACCOUNT_TRANSACTIONS_MAX) return "nonce is too far";
    if (this.#size >= this.#transactionsMax) return "pool is full";
    if (waiting === undefined) this.#accounts.set(account, new Map([[nonce, transaction]]));
    else waiting.set(nonce, transaction);
    this.#size++;
    return "added";
  }

  /** Whether exactly this transaction waits here, so that its signature is known to be good. */
  has(transaction: SignedTransaction): boolean {
    const present = this.#accounts.get(accountOf(transaction))?.get(nonceOf(transaction));
    return present !== undefined && sameTransaction(present, transaction);
  }

  /**
   * Transactions for a block on top of a chain where `next` holds: one of each account in turn, so that none crowds out
   * the others, and each account's without a gap.
   */
  select(countMax: number, next: NextNonces): SignedTransaction[] {
    const selected: SignedTransaction[] = [];
    const cursors = [...this.#accounts].map(([account, waiting]) => ({ nonce: next(account), waiting }));
    for (let found = true; found && selected.length < countMax;) {
      found = false;
      for (const cursor of cursors) {
        const transaction = cursor.waiting.get(cursor.nonce);
        if (transaction === undefined || selected.length >= countMax) continue;
        selected.push(transaction);
        cursor.nonce++;
        found = true;
      }
    }
    return selected;
  }

  /** Throws out what can never be executed any more, after a final block has used these transactions' nonces. */
  removeUsed(executed: readonly SignedTransaction[], next: NextNonces): void {
    for (const transaction of executed) {
      const account = accountOf(transaction);
      const waiting = this.#accounts.get(account);
      if (waiting === undefined) continue;
      for (const nonce of waiting.keys()) if (nonce < next(account) && waiting.delete(nonce)) this.#size--;
      if (waiting.size === 0) this.#accounts.delete(account);
    }
    assert(this.#size >= 0, "a pool holds no less than nothing");
  }
}
