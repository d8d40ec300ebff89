import { assert } from "../../core/assert.ts";
import { RollingHash } from "../../core/hash.ts";
import type { Units } from "../../core/units.ts";
import type { AccountMachine } from "../account-machine.ts";
import { LedgerAnswer, NO_NONCE } from "../account-machine.ts";
import { readSafeInteger, SAFE_INTEGER_WORDS, writeSafeInteger } from "../safe-integer.ts";
import { TransactionWord } from "../transaction.ts";
import type { Opening } from "./accounts.ts";
import { Accounts, hashWords } from "./accounts.ts";
import {
  COIN,
  isAccount,
  isAmount,
  LedgerKind,
  readClear,
  readMark,
  readTrade,
  readTransfer,
} from "./ledger-transaction.ts";

export interface AccountLedgerOptions {
  /** Asset 0 is that of fees and rewards. */
  readonly assets?: number;
  readonly openings: Iterable<Opening>;
  /** The account that settles a market: it may move what is others'. */
  readonly settler?: { readonly account: number; readonly feeAccount: number };
}

/** An amount that goes from one account to another. */
interface Move {
  readonly from: number;
  readonly to: number;
  readonly asset: number;
  readonly units: Units;
}

/** Fees that are nobody's yet, and what the last mark said. */
const HEAD_WORDS = SAFE_INTEGER_WORDS + 1;

/**
 * The ledger that replicas keep: signed transfers between accounts, and what a market's venue settles. What one account
 * gets another gives, in the same step; only the end of a block makes money, by the protocol's schedule.
 */
export class AccountLedger implements AccountMachine {
  readonly #accounts: Accounts;
  readonly #settler: AccountLedgerOptions["settler"];
  /** Paid in the block at hand, and nobody's until it ends. */
  #fees: Units = 0;
  /** The last batch of which the venue's balances were found to be those here; 0 for none. */
  #settledBatch = 0;

  constructor({ assets = 1, openings, settler }: AccountLedgerOptions) {
    this.#accounts = new Accounts(assets, openings);
    this.#settler = settler;
  }

  get settledBatch(): number {
    return this.#settledBatch;
  }

  nextNonce(account: number): number {
    return this.#accounts.nonceOf(account) ?? NO_NONCE;
  }

  feeBudget(account: number): Units {
    return this.#accounts.free(account, COIN);
  }

  balanceOf(account: number, asset = COIN): Units {
    return this.#accounts.balance(account, asset);
  }

  /** All that there is of an asset: what was given out, and nothing else. */
  total(asset = COIN): Units {
    return this.#accounts.total(asset) + (asset === COIN ? this.#fees : 0);
  }

  /** What was given out of an asset. */
  supply(asset = COIN): Units {
    return this.#accounts.supply(asset);
  }

  apply(words: Int32Array, at: number): number {
    const account = words[at + TransactionWord.account];
    const fee = words[at + TransactionWord.fee];
    if (this.#accounts.nonceOf(account) !== words[at + TransactionWord.nonce]) return LedgerAnswer.wrongNonce;
    this.#accounts.useNonce(account);
    if (fee < 0) return LedgerAnswer.malformed;
    if (fee > this.feeBudget(account)) return LedgerAnswer.noFee;
    this.#accounts.add(account, COIN, 0 - fee);
    this.#fees += fee;
    return this.#execute(words, at, account);
  }

  /** The next nonce of the account that a question's second word names. */
  read(words: Int32Array, at: number): number {
    return this.nextNonce(words[at + TransactionWord.account]);
  }

  endBlock(proposer: number, reward: Units): void {
    // A proposer for whom there is no account any more gets nothing: the fees wait for the next.
    if (!this.#accounts.open(proposer)) return;
    this.#accounts.give(proposer, COIN, reward);
    this.#accounts.add(proposer, COIN, this.#fees);
    this.#fees = 0;
  }

  snapshot(): Int32Array {
    const accounts = this.#accounts.snapshot();
    const words = new Int32Array(HEAD_WORDS + accounts.length);
    writeSafeInteger(this.#fees, words, 0);
    words[SAFE_INTEGER_WORDS] = this.#settledBatch;
    words.set(accounts, HEAD_WORDS);
    return words;
  }

  restore(snapshot: Int32Array): void {
    this.#fees = readSafeInteger(snapshot, 0);
    this.#settledBatch = snapshot[SAFE_INTEGER_WORDS];
    const read = this.#accounts.restore(snapshot, HEAD_WORDS);
    assert(HEAD_WORDS + read === snapshot.length, "a snapshot ends with its last account");
  }

  hash(): string {
    return hashWords(this.snapshot());
  }

  /** A hash of all balances of the market's assets: see `hashBalances`. */
  hashBalances(): string {
    return hashBalances(this.#accounts.entries());
  }

  #execute(words: Int32Array, at: number, account: number): number {
    switch (words[at]) {
      case LedgerKind.transfer: {
        const { to, asset, amount } = readTransfer(words, at);
        return this.#move([{ from: account, to, asset, units: amount }]);
      }
      case LedgerKind.trade:
        return account === this.#settler?.account ? this.#trade(words, at) : LedgerAnswer.notAllowed;
      case LedgerKind.clear:
        return account === this.#settler?.account ? this.#clear(words, at, account) : LedgerAnswer.notAllowed;
      case LedgerKind.mark:
        return account === this.#settler?.account ? this.#mark(words, at) : LedgerAnswer.notAllowed;
      default:
        return LedgerAnswer.malformed;
    }
  }

  #trade(words: Int32Array, at: number): number {
    const { buyer, seller, baseAsset, quoteAsset, baseUnits, quoteUnits, buyerFee, sellerFee } = readTrade(words, at);
    const fee = (party: number, units: Units): Move => {
      const feeAccount = this.#settler?.feeAccount ?? party;
      const [from, to] = units < 0 ? [feeAccount, party] : [party, feeAccount];
      return { from, to, asset: quoteAsset, units: Math.abs(units) };
    };
    return this.#move([
      { from: buyer, to: seller, asset: quoteAsset, units: quoteUnits },
      { from: seller, to: buyer, asset: baseAsset, units: baseUnits },
      // A rebate is paid out of what the other side pays, so that comes first.
      ...(buyerFee < 0
        ? [fee(seller, sellerFee), fee(buyer, buyerFee)]
        : [fee(buyer, buyerFee), fee(seller, sellerFee)]),
    ]);
  }

  #clear(words: Int32Array, at: number, account: number): number {
    const cleared = readClear(words, at);
    if (cleared === undefined) return LedgerAnswer.malformed;
    const { asset, legs } = cleared;
    return this.#move(
      legs.map(({ party, units }) => {
        const [from, to] = units < 0 ? [party, account] : [account, party];
        return { from, to, asset, units: Math.abs(units) };
      }),
    );
  }

  #mark(words: Int32Array, at: number): number {
    const { batch, hash } = readMark(words, at);
    if (hash !== this.hashBalances()) return LedgerAnswer.mismatch;
    this.#settledBatch = batch;
    return LedgerAnswer.applied;
  }

  /** Makes all moves, one after the other, or none. */
  #move(moves: readonly Move[]): number {
    for (const [place, move] of moves.entries()) {
      const answer = this.#makeMove(move);
      if (answer === LedgerAnswer.applied) continue;
      for (const { from, to, asset, units } of moves.slice(0, place)) this.#carry({ from: to, to: from, asset, units });
      return answer;
    }
    return LedgerAnswer.applied;
  }

  #makeMove(move: Move): number {
    const { from, to, asset, units } = move;
    if (!isAccount(to) || !isAmount(units) || !(asset >= 0 && asset < this.#accounts.assets)) {
      return LedgerAnswer.malformed;
    }
    if (!this.#accounts.has(from) || this.#accounts.free(from, asset) < units) return LedgerAnswer.noFunds;
    if (!this.#accounts.open(to)) return LedgerAnswer.tooManyAccounts;
    this.#carry(move);
    return LedgerAnswer.applied;
  }

  #carry({ from, to, asset, units }: Move): void {
    this.#accounts.add(from, asset, 0 - units);
    this.#accounts.add(to, asset, units);
  }
}

/**
 * A hash of the balances of a market's assets that are not 0, in order of account and asset: what a venue's books and a
 * replica can compare. Coins are left out, since the venue does not know of them.
 */
export function hashBalances(
  entries: Iterable<{ readonly account: number; readonly asset: number; readonly units: Units }>,
): string {
  const hash = new RollingHash();
  const words = new Int32Array(SAFE_INTEGER_WORDS);
  for (const { account, asset, units } of entries) {
    if (asset === COIN || units === 0) continue;
    writeSafeInteger(units, words, 0);
    hash.four(account, asset, words[0], words[1]);
  }
  return hash.digest();
}
