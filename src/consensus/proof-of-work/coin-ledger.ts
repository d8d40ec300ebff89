import { assert } from "../../core/assert.ts";
import { RECORD_WORDS, RollingHash } from "../../core/hash.ts";
import type { Units } from "../../core/units.ts";
import type { ReplicatedMachine } from "../replica.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import { isPayment, readSafeInteger, TransactionKind, TransactionWord, writeSafeInteger } from "./transaction.ts";

/** What the ledger answers to a transaction. Anything but `applied` left the state as it was. */
export const LedgerAnswer = {
  applied: 0,
  malformed: 1,
  wrongNonce: 2,
  noFunds: 3,
  tooManyAccounts: 4,
  wrongFees: 5,
} as const;

/** Accounts that a ledger may have. A payment that would open one more is refused. */
export const ACCOUNTS_MAX = 65_536;

/** What a chain needs of the machine that its blocks drive: answer 0 means applied, anything else makes a block invalid. */
export interface ChainMachine extends ReplicatedMachine {
  /** The nonce that the account's next transaction must have. */
  nonceOf(account: number): number;
  balanceOf(account: number): Units;
}

interface Account {
  balance: Units;
  nonce: number;
}

const SNAPSHOT_HEAD_WORDS = 2;
const SNAPSHOT_ACCOUNT_WORDS = 4;

/** The coins of a chain: balances and nonces by account, and the fees that the miner of the block at hand will get. */
export class CoinLedger implements ChainMachine {
  readonly #accounts = new Map<number, Account>();
  /** Paid in the block at hand, and nobody's until its reward. */
  #fees: Units = 0;

  constructor(allocation: ReadonlyMap<number, Units>) {
    assert(allocation.size <= ACCOUNTS_MAX, "an allocation has too many accounts");
    for (const [id, balance] of allocation) {
      assert(Number.isSafeInteger(balance) && balance >= 0, "an allocation is a whole number of units");
      this.#accounts.set(id, { balance, nonce: 0 });
    }
  }

  nonceOf(account: number): number {
    return this.#accounts.get(account)?.nonce ?? 0;
  }

  balanceOf(account: number): Units {
    return this.#accounts.get(account)?.balance ?? 0;
  }

  /** All money that the ledger knows of. */
  total(): Units {
    let total = this.#fees;
    for (const { balance } of this.#accounts.values()) total += balance;
    return total;
  }

  apply(words: Int32Array, at: number): number {
    if (words[at] === TransactionKind.reward) return this.#reward(words, at);
    return isPayment(words, at) ? this.#pay(words, at) : LedgerAnswer.malformed;
  }

  snapshot(): Int32Array {
    const ids = [...this.#accounts.keys()].toSorted((a, b) => a - b);
    const words = new Int32Array(SNAPSHOT_HEAD_WORDS + ids.length * SNAPSHOT_ACCOUNT_WORDS);
    writeSafeInteger(this.#fees, words, 0);
    for (const [i, id] of ids.entries()) {
      const at = SNAPSHOT_HEAD_WORDS + i * SNAPSHOT_ACCOUNT_WORDS;
      words[at] = id;
      words[at + 1] = this.nonceOf(id);
      writeSafeInteger(this.balanceOf(id), words, at + 2);
    }
    return words;
  }

  restore(snapshot: Int32Array): void {
    this.#accounts.clear();
    this.#fees = readSafeInteger(snapshot, 0);
    for (let at = SNAPSHOT_HEAD_WORDS; at < snapshot.length; at += SNAPSHOT_ACCOUNT_WORDS) {
      this.#accounts.set(snapshot[at], { nonce: snapshot[at + 1], balance: readSafeInteger(snapshot, at + 2) });
    }
  }

  hash(): string {
    const snapshot = this.snapshot();
    const hash = new RollingHash();
    // The length goes in first, because the last record is filled up with zeros.
    hash.four(snapshot.length, 0, 0, 0);
    const padded = new Int32Array(Math.ceil(snapshot.length / RECORD_WORDS) * RECORD_WORDS);
    padded.set(snapshot);
    for (let at = 0; at < padded.length; at += RECORD_WORDS) hash.record(padded, at);
    return hash.digest();
  }

  #pay(words: Int32Array, at: number): number {
    const receiverId = words[at + TransactionWord.receiver];
    const amount = words[at + TransactionWord.amount];
    const fee = words[at + TransactionWord.fee];
    const sender = this.#accounts.get(words[at + TransactionWord.sender]);
    if (sender === undefined || sender.balance < amount + fee) return LedgerAnswer.noFunds;
    if (sender.nonce !== words[at + TransactionWord.nonce]) return LedgerAnswer.wrongNonce;
    const receiver = this.#accounts.get(receiverId) ?? this.#open(receiverId);
    if (receiver === undefined) return LedgerAnswer.tooManyAccounts;
    sender.nonce++;
    sender.balance -= amount + fee;
    receiver.balance += amount;
    this.#fees += fee;
    assert(sender.balance >= 0, "an account was overdrawn");
    return LedgerAnswer.applied;
  }

  #reward(words: Int32Array, at: number): number {
    const { reward, fees, miner: minerId } = readReward(words, at);
    if (fees !== this.#fees) return LedgerAnswer.wrongFees;
    const miner = this.#accounts.get(minerId) ?? this.#open(minerId);
    if (miner === undefined) return LedgerAnswer.tooManyAccounts;
    miner.balance += reward + fees;
    this.#fees = 0;
    assert(Number.isSafeInteger(miner.balance), "a balance grew too large to be counted exactly");
    return LedgerAnswer.applied;
  }

  #open(id: number): Account | undefined {
    if (this.#accounts.size >= ACCOUNTS_MAX) return undefined;
    const account = { balance: 0, nonce: 0 };
    this.#accounts.set(id, account);
    return account;
  }
}

export interface Reward {
  readonly miner: number;
  readonly reward: Units;
  readonly fees: Units;
}

/** The transaction by which the chain ends each block. */
export function rewardTransaction({ miner, reward, fees }: Reward): Int32Array {
  const words = new Int32Array(TRANSACTION_WORDS);
  words[TransactionWord.kind] = TransactionKind.reward;
  words[1] = miner;
  writeSafeInteger(reward, words, 2);
  writeSafeInteger(fees, words, 4);
  return words;
}

function readReward(words: Int32Array, at: number): Reward {
  return { miner: words[at + 1], reward: readSafeInteger(words, at + 2), fees: readSafeInteger(words, at + 4) };
}
