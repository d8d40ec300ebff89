import { transferWords } from "../../consensus/ledger/ledger-transaction.ts";
import type { AccountLedger } from "../../consensus/ledger/account-ledger.ts";
import type { DoubleSpender } from "../../consensus/byzantine/lies.ts";
import type { Keyring } from "../../consensus/signature.ts";
import type { SignedTransaction } from "../../consensus/transaction.ts";
import { signTransaction } from "../../consensus/transaction.ts";
import { coinLedger } from "../coins.ts";

export const ACCOUNTS = 4;
const BALANCE_AT_START = 100;

/** Four accounts that send each other coins. */
export function spendingLedger(): AccountLedger {
  return coinLedger(new Map(Array.from({ length: ACCOUNTS }, (_, account) => [account, BALANCE_AT_START])));
}

export interface Transfer {
  readonly account: number;
  readonly nonce: number;
  readonly to: number;
  readonly amount: number;
}

export function signedTransfer(transfer: Transfer, accounts: Keyring): SignedTransaction {
  return signTransaction(transferWords(transfer), accounts.signers[transfer.account]);
}

/** Sends all its money to two others at once. */
export function doubleSpender(account: number, accounts: Keyring): DoubleSpender {
  const pay = (nonce: number, step: number): SignedTransaction =>
    signedTransfer({ account, nonce, to: (account + step) % ACCOUNTS, amount: 100 }, accounts);
  return { account, spend: (nonce) => [pay(nonce, 1), pay(nonce, 2)] };
}
