import type { BlockBody } from "./block-body.ts";
import type { NextNonces } from "./mempool.ts";
import type { SignedTransaction } from "./transaction.ts";
import { accountOf, nonceOf } from "./transaction.ts";

/** The nonces that accounts must use after some blocks, none of which is executed yet. */
export function nextNoncesAfter(bodies: readonly BlockBody[], executed: NextNonces): NextNonces {
  const used = new Map<number, number>();
  for (const body of bodies) {
    for (const transaction of body) {
      const account = accountOf(transaction);
      used.set(account, (used.get(account) ?? 0) + 1);
    }
  }
  return (account) => executed(account) + (used.get(account) ?? 0);
}

/**
 * Whether all transactions of a block are signed, and carry on their accounts' nonces. Every replica refuses a block of
 * which this is false, so no final chain can spend twice, nor spend without a signature.
 */
export function areValid(
  body: BlockBody,
  next: NextNonces,
  isSigned: (transaction: SignedTransaction) => boolean,
): boolean {
  const used = new Map<number, number>();
  for (const transaction of body) {
    const account = accountOf(transaction);
    const earlier = used.get(account) ?? 0;
    if (nonceOf(transaction) !== next(account) + earlier || !isSigned(transaction)) return false;
    used.set(account, earlier + 1);
  }
  return true;
}
