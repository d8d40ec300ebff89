import type { AccountLedger } from "../../consensus/ledger/account-ledger.ts";
import type { ClearingActor } from "./clearing-actor.ts";
import type { SettledBalances } from "./settled-balances.ts";

/**
 * What a replica's ledger is, compared with the venues': the same after as many of their transactions; behind what is
 * final, so that only its own marks speak for it; or another, which is a bug, or the work of liars.
 */
export type Agreement = "equal" | "behind" | "different";

/**
 * Compares a replica's balances with what the venues' ledger says they should be after as many transactions. The two come
 * about in different ways: there from the differences that were sent, here from the blocks that were ordered.
 */
export function auditReplica(ledger: AccountLedger, clearing: ClearingActor, account: number): Agreement {
  const nonce = ledger.nextNonce(account);
  if (nonce < clearing.firstNonce) return "behind";
  const expected = clearing.settled.after(clearing.changesBefore(nonce));
  return hasBalances(ledger, expected) && isConserved(ledger, expected.assets) ? "equal" : "different";
}

function hasBalances(ledger: AccountLedger, expected: SettledBalances): boolean {
  for (let account = 0; account < expected.accounts; account++) {
    for (let asset = 1; asset <= expected.assets; asset++) {
      if (ledger.balanceOf(account, asset) !== expected.balance(account, asset)) return false;
    }
  }
  return true;
}

/** Whether there is as much of each asset as was given out, coins included. */
function isConserved(ledger: AccountLedger, assets: number): boolean {
  for (let asset = 0; asset <= assets; asset++) if (ledger.total(asset) !== ledger.supply(asset)) return false;
  return true;
}
