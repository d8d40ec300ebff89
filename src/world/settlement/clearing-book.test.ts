import { expect, test } from "vitest";

import { AccountLedger } from "../../consensus/ledger/account-ledger.ts";
import { clearWords, tradeWords } from "../../consensus/ledger/ledger-transaction.ts";
import { FEE_ACCOUNT, Ledger } from "../../market/ledger.ts";
import { ClearingBook } from "./clearing-book.ts";

const [USD, BTC] = [0, 1];

/** Three traders, of whom the last may go below 0. */
function scene() {
  const ledger = new Ledger(2);
  const [ann, bob, cem] = [0, 1, 2].map(() => ledger.openAccount());
  ledger.deposit(ann, USD, 1_000);
  ledger.deposit(bob, BTC, 50);
  ledger.grantCredit(cem, BTC, 20);
  const book = new ClearingBook(ledger);
  const venue = ledger.accountCount;
  const replica = new AccountLedger({
    assets: 3,
    openings: [...book.openings(), { account: venue, balances: [0, 0, 0] }],
    settler: { account: venue, feeAccount: FEE_ACCOUNT },
  });
  let nonce = 0;
  const answers: number[] = [];
  const clear = (): void => {
    for (const { asset, legs } of book.net()) {
      answers.push(replica.apply(clearWords({ account: venue, nonce: nonce++ }, asset, legs), 0));
    }
  };
  const apply = (trade: Parameters<ClearingBook["send"]>[0]): void => {
    book.send(trade, FEE_ACCOUNT);
    answers.push(replica.apply(tradeWords({ account: venue, nonce: nonce++ }, trade), 0));
  };
  return { ledger, book, replica, ann, bob, cem, venue, clear, apply, answers };
}

test("replicas begin with the venues' accounts", () => {
  const { replica, book, ann, bob, cem } = scene();
  expect([replica.balanceOf(ann, 1), replica.balanceOf(bob, 2), replica.balanceOf(cem, 2)]).toEqual([1_000, 50, 0]);
  expect(replica.hashBalances()).toBe(book.hash());
  expect(book.net()).toEqual([]);
});

test("whatever happened in between, the netted legs bring a replica to where the venues are", () => {
  const { ledger, replica, book, ann, bob, cem, venue, clear, answers } = scene();
  ledger.transfer(ann, bob, USD, 400);
  ledger.transfer(bob, ann, BTC, 10);
  ledger.transfer(ann, FEE_ACCOUNT, USD, 7);
  // Back and forth is nothing.
  ledger.transfer(bob, cem, USD, 100);
  ledger.transfer(cem, bob, USD, 100);
  ledger.transfer(cem, ann, BTC, 20);
  ledger.deposit(cem, USD, 5);
  clear();
  expect(replica.hashBalances()).toBe(book.hash());
  for (const account of [ann, bob, cem, FEE_ACCOUNT]) {
    expect([1, 2].map((asset) => replica.balanceOf(account, asset))).toEqual(
      [USD, BTC].map((asset) => ledger.balance(account, asset)),
    );
  }
  expect([1, 2].map((asset) => replica.balanceOf(venue, asset))).toEqual([0, 0]);
  expect(new Set(answers)).toEqual(new Set([0]));
  expect([1, 2].map((asset) => replica.total(asset) - replica.supply(asset))).toEqual([0, 0]);
});

test("fills that were sent on their own are left out of what is netted", () => {
  const { ledger, replica, book, ann, bob, clear, apply, answers } = scene();
  const fill = { buyer: ann, seller: bob, baseAsset: 2, quoteAsset: 1, baseUnits: 10, quoteUnits: 400 };
  ledger.transfer(ann, bob, USD, 400);
  ledger.transfer(bob, ann, BTC, 10);
  ledger.transfer(ann, FEE_ACCOUNT, USD, 4);
  ledger.transfer(bob, FEE_ACCOUNT, USD, 2);
  apply({ ...fill, buyerFee: 4, sellerFee: 2 });
  expect(book.net()).toEqual([]);
  ledger.transfer(ann, bob, USD, 1);
  clear();
  expect(replica.hashBalances()).toBe(book.hash());
  expect(answers).toEqual([0, 0, 0]);
});

test("balances to come are those sent, before anything is final", () => {
  const { ledger, book, ann, bob } = scene();
  const before = book.balances();
  ledger.transfer(ann, bob, USD, 400);
  const [{ asset, legs }] = book.net();
  const after = before.after(legs.map(({ party, units }) => ({ account: party, asset, units })));
  expect([before.balance(ann, 1), after.balance(ann, 1), book.balances().balance(ann, 1)]).toEqual([1_000, 600, 600]);
});
