import { RollingHash } from "../../core/hash.ts";
import type { ReplicatedMachine } from "../../consensus/replica.ts";
import { TransactionWord } from "../../consensus/transaction.ts";

/** Words of a transfer behind those that consensus reads. */
export const TransferWord = { to: 3, amount: 4 } as const;

export const ACCOUNTS = 4;
const BALANCE_AT_START = 100;

/**
 * Accounts that send each other money. It believes nobody about nonces: one that comes twice, or too early, is a bug of
 * the consensus, as is money that comes from nowhere.
 */
export class TransferMachine implements ReplicatedMachine {
  readonly #balances = new Int32Array(ACCOUNTS).fill(BALANCE_AT_START);
  readonly #nonces = new Int32Array(ACCOUNTS);
  #applied = 0;

  apply(words: Int32Array, at: number): number {
    const from = words[at + TransactionWord.account];
    const nonce = words[at + TransactionWord.nonce];
    const to = words[at + TransferWord.to];
    const amount = words[at + TransferWord.amount];
    if (nonce !== this.#nonces[from]) throw new Error(`account ${from} spends nonce ${nonce} out of turn`);
    this.#nonces[from]++;
    this.#applied++;
    if (amount > this.#balances[from]) return 0;
    this.#balances[from] -= amount;
    this.#balances[to] += amount;
    if (this.#balances.reduce((sum, balance) => sum + balance) !== ACCOUNTS * BALANCE_AT_START) {
      throw new Error("money came from nowhere");
    }
    return amount;
  }

  snapshot(): Int32Array {
    return Int32Array.of(this.#applied, ...this.#balances, ...this.#nonces);
  }

  restore(snapshot: Int32Array): void {
    this.#applied = snapshot[0];
    this.#balances.set(snapshot.subarray(1, 1 + ACCOUNTS));
    this.#nonces.set(snapshot.subarray(1 + ACCOUNTS));
  }

  hash(): string {
    const hash = new RollingHash();
    for (const word of this.snapshot()) hash.four(word, 0, 0, 0);
    return hash.digest();
  }
}
