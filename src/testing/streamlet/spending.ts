import { TRANSACTION_WORDS } from "../../consensus/replica.ts";
import type { DoubleSpender } from "../../consensus/byzantine/lies.ts";
import type { Keyring } from "../../consensus/signature.ts";
import type { SignedTransaction } from "../../consensus/transaction.ts";
import { signTransaction, TransactionWord } from "../../consensus/transaction.ts";
import { ACCOUNTS, TransferWord } from "./transfer-machine.ts";

const TRANSFER = 0x0101;

export interface Transfer {
  readonly account: number;
  readonly nonce: number;
  readonly to: number;
  readonly amount: number;
}

export function signedTransfer({ account, nonce, to, amount }: Transfer, accounts: Keyring): SignedTransaction {
  const words = new Int32Array(TRANSACTION_WORDS);
  words[TransactionWord.kind] = TRANSFER;
  words[TransactionWord.account] = account;
  words[TransactionWord.nonce] = nonce;
  words[TransferWord.to] = to;
  words[TransferWord.amount] = amount;
  return signTransaction(words, accounts.signers[account]);
}

/** Sends all its money to two others at once. */
export function doubleSpender(account: number, accounts: Keyring): DoubleSpender {
  const pay = (nonce: number, step: number): SignedTransaction =>
    signedTransfer({ account, nonce, to: (account + step) % ACCOUNTS, amount: 100 }, accounts);
  return { account, spend: (nonce) => [pay(nonce, 1), pay(nonce, 2)] };
}
