import { assert } from "../core/assert.ts";
import type { Units } from "../core/units.ts";
import type { BlockBody } from "./block-body.ts";
import type { SignedTransaction } from "./transaction.ts";
import { accountOf, feeOf, nonceOf, sameTransaction } from "./transaction.ts";

/** Transactions that wait in a pool for a block. */
export const MEMPOOL_TRANSACTIONS_MAX = 4096;
/** An account's transactions that may wait beyond the first that can be executed: one account cannot fill the pool. */
export const ACCOUNT_TRANSACTIONS_MAX = 64;

export interface MempoolLimits {
  readonly transactionsMax?: number;
  readonly accountTransactionsMax?: number;
}

/** What a pool said to a transaction: `added`, or why it was not. */
export type Admission =
  | "added"
  | "known"
  | "nonce is used"
  | "nonce is too far"
  /** It offers no fee, or no higher one than what it would replace, or push out of a full pool. */
  | "fee is too low";

/** The nonce that an account's next transaction must have. */
export type NextNonces = (account: number) => number;

interface Waiting {
  readonly transaction: SignedTransaction;
  readonly account: number;
  readonly nonce: number;
  readonly fee: Units;
  readonly arrival: number;
}

/** An account's turn in a block: what it could put in next, and what it has put in. */
interface Turn {
  next: Waiting;
  taken: number;
  budget: Units;
}

/** Signed transactions that no final block has yet, by account and nonce. Who adds one has checked its signature. */
export class Mempool {
  readonly #transactionsMax: number;
  readonly #accountTransactionsMax: number;
  /** Accounts in the order in which they came, each with its transactions by nonce. */
  readonly #accounts = new Map<number, Map<number, Waiting>>();
  #size = 0;
  #arrivals = 0;

  constructor(limits: MempoolLimits = {}) {
    this.#transactionsMax = limits.transactionsMax ?? MEMPOOL_TRANSACTIONS_MAX;
    this.#accountTransactionsMax = limits.accountTransactionsMax ?? ACCOUNT_TRANSACTIONS_MAX;
  }

  get size(): number {
    return this.#size;
  }

  /** Of two with the same nonce the one with the higher fee stays, of equal ones the first. */
  add(transaction: SignedTransaction, next: NextNonces): Admission {
    const waiting = {
      transaction,
      account: accountOf(transaction),
      nonce: nonceOf(transaction),
      fee: feeOf(transaction),
      arrival: ++this.#arrivals,
    };
    const first = next(waiting.account);
    if (waiting.nonce < first) return "nonce is used";
    const present = this.#accounts.get(waiting.account)?.get(waiting.nonce);
    if (present !== undefined && sameTransaction(present.transaction, transaction)) return "known";
    if (waiting.nonce >= first + this.#accountTransactionsMax) return "nonce is too far";
    if (waiting.fee < 0 || (present !== undefined && present.fee >= waiting.fee)) return "fee is too low";
    this.#put(waiting);
    if (this.#size <= this.#transactionsMax) return "added";
    const worst = this.#worst();
    this.#drop(worst);
    return worst === waiting ? "fee is too low" : "added";
  }

  /** Whether exactly this transaction waits here, so that its signature is known to be good. */
  has(transaction: SignedTransaction): boolean {
    const present = this.#accounts.get(accountOf(transaction))?.get(nonceOf(transaction));
    return present !== undefined && sameTransaction(present.transaction, transaction);
  }

  /**
   * Transactions for a block on top of a chain where `next` holds: the highest fee first, each account's in order and
   * without a gap. Where fees are equal accounts take turns, so that none crowds out the others, in order of arrival.
   * @param budget what an account can pay in fees there
   */
  select(countMax: number, next: NextNonces, budget: (account: number) => Units = () => Infinity): SignedTransaction[] {
    const selected: SignedTransaction[] = [];
    const turns: Turn[] = [];
    for (const [account, waiting] of this.#accounts) {
      const first = waiting.get(next(account));
      if (first !== undefined) turns.push({ next: first, taken: 0, budget: budget(account) });
    }
    while (selected.length < countMax) {
      const best = bestOf(turns);
      if (best === undefined) break;
      selected.push(best.next.transaction);
      best.taken++;
      best.budget -= best.next.fee;
      const following = this.#accounts.get(best.next.account)?.get(best.next.nonce + 1);
      if (following === undefined) turns.splice(turns.indexOf(best), 1);
      else best.next = following;
    }
    return selected;
  }

  /** What left a chain waits again. Of a branch's blocks the lowest comes first. */
  putBack(bodies: readonly BlockBody[], next: NextNonces): void {
    for (const body of bodies) for (const transaction of body) this.add(transaction, next);
  }

  /** Throws out what can never be executed any more, after a block has used these transactions' nonces. */
  removeUsed(executed: BlockBody, next: NextNonces): void {
    for (const account of new Set(executed.map(accountOf))) {
      const waiting = this.#accounts.get(account);
      if (waiting === undefined) continue;
      const first = next(account);
      for (const each of waiting.values()) if (each.nonce < first) this.#drop(each);
    }
  }

  /** Throws out what is too far ahead, after nonces went back with a branch. */
  removeFar(undone: BlockBody, next: NextNonces): void {
    for (const account of new Set(undone.map(accountOf))) {
      const end = next(account) + this.#accountTransactionsMax;
      for (const each of this.#accounts.get(account)?.values() ?? []) if (each.nonce >= end) this.#drop(each);
    }
  }

  #put(waiting: Waiting): void {
    const own = this.#accounts.get(waiting.account) ?? new Map<number, Waiting>();
    this.#accounts.set(waiting.account, own);
    if (!own.has(waiting.nonce)) this.#size++;
    own.set(waiting.nonce, waiting);
  }

  #drop({ account, nonce }: Waiting): void {
    const own = this.#accounts.get(account);
    assert(own !== undefined && own.delete(nonce), "only what waits can be dropped");
    this.#size--;
    if (own.size === 0) this.#accounts.delete(account);
  }

  /** The lowest fee of those that are the last of their accounts: without an earlier one, the later could never go. */
  #worst(): Waiting {
    let worst: Waiting | undefined;
    for (const own of this.#accounts.values()) {
      const last = own.get(Math.max(...own.keys()));
      assert(last !== undefined, "an account is known while something of it waits");
      if (worst === undefined || pays(worst, last)) worst = last;
    }
    assert(worst !== undefined, "a full pool is not empty");
    return worst;
  }
}

function bestOf(turns: readonly Turn[]): Turn | undefined {
  let best: Turn | undefined;
  for (const turn of turns) {
    if (turn.next.fee <= turn.budget && (best === undefined || goesBefore(turn, best))) best = turn;
  }
  return best;
}

function goesBefore(one: Turn, other: Turn): boolean {
  if (one.next.fee !== other.next.fee) return one.next.fee > other.next.fee;
  return one.taken === other.taken ? one.next.arrival < other.next.arrival : one.taken < other.taken;
}

/** Says whether one goes before the other: it pays more, or came first. */
function pays(one: Waiting, other: Waiting): boolean {
  return one.fee === other.fee ? one.arrival < other.arrival : one.fee > other.fee;
}
