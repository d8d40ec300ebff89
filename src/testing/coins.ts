import type { Opening } from "../consensus/ledger/accounts.ts";
import { AccountLedger } from "../consensus/ledger/account-ledger.ts";
import { transferWords } from "../consensus/ledger/ledger-transaction.ts";
import { keyedHashKeyring } from "../consensus/keyed-hash.ts";
import type { SignedTransaction } from "../consensus/transaction.ts";
import { signTransaction } from "../consensus/transaction.ts";

/** The keys of accounts 0 to 127. */
export const COIN_ACCOUNTS = keyedHashKeyring({ seed: 1, group: "coins", signers: 128 });

export interface Payment {
  readonly sender: number;
  readonly receiver: number;
  readonly amount: number;
  readonly fee: number;
  readonly nonce: number;
  readonly memo?: number;
}

/** A signed transfer of coins. */
export function payment({ sender, receiver, ...rest }: Payment): SignedTransaction {
  return signTransaction(transferWords({ account: sender, to: receiver, ...rest }), COIN_ACCOUNTS.signers[sender]);
}

export function coinOpenings(allocation: ReadonlyMap<number, number>): Opening[] {
  return [...allocation].map(([account, units]) => ({ account, balances: [units] }));
}

/** A ledger of nothing but coins. */
export function coinLedger(allocation: ReadonlyMap<number, number>): AccountLedger {
  return new AccountLedger({ openings: coinOpenings(allocation) });
}
