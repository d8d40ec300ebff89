import { describe, expect, test } from "vitest";

import { LedgerAnswer, NO_NONCE } from "../account-machine.ts";
import { TransactionWord } from "../transaction.ts";
import { AccountLedger, hashBalances } from "./account-ledger.ts";
import type { Transfer } from "./ledger-transaction.ts";
import { clearWords, COIN, markWords, tradeWords, transferWords } from "./ledger-transaction.ts";

const [USD, BTC] = [1, 2];
/** Accounts 2, 3 and 4 trade; 1 gets fees, 9 settles. */
const [FEES, ANN, BOB, CEO, VENUE] = [1, 2, 3, 4, 9];

function ledgerOf(): AccountLedger {
  return new AccountLedger({
    assets: 3,
    openings: [
      { account: FEES, balances: [0, 5, 0] },
      { account: ANN, balances: [100, 1_000, 0] },
      { account: BOB, balances: [10, 0, 50], credits: [0, 0, 20] },
      { account: CEO, balances: [0, 200, 7] },
      { account: VENUE, balances: [1_000] },
    ],
    settler: { account: VENUE, feeAccount: FEES },
  });
}

function nameOf(answer: number): string {
  return Object.entries(LedgerAnswer).find(([, value]) => value === answer)?.[0] ?? `${answer}`;
}

/** Coins, dollars and bitcoins of an account. */
function holdings(ledger: AccountLedger, account: number): number[] {
  return [COIN, USD, BTC].map((asset) => ledger.balanceOf(account, asset));
}

function expectConserved(ledger: AccountLedger): void {
  for (const asset of [COIN, USD, BTC]) expect(ledger.total(asset)).toBe(ledger.supply(asset));
}

describe("a transfer", () => {
  test.each`
    case                                    | fields                                                       | answer          | ann                 | bob
    ${"amount and fee leave"}               | ${{}}                                                        | ${"applied"}    | ${[89, 1_000, 0]}   | ${[20, 0, 50]}
    ${"of any asset, its fee in coins"}     | ${{ asset: USD, amount: 400 }}                               | ${"applied"}    | ${[99, 600, 0]}     | ${[10, 400, 50]}
    ${"an account may be new"}              | ${{ to: 77 }}                                                | ${"applied"}    | ${[89, 1_000, 0]}   | ${[10, 0, 50]}
    ${"one may pay oneself"}                | ${{ to: ANN }}                                               | ${"applied"}    | ${[99, 1_000, 0]}   | ${[10, 0, 50]}
    ${"all may go"}                         | ${{ amount: 99 }}                                            | ${"applied"}    | ${[0, 1_000, 0]}    | ${[109, 0, 50]}
    ${"no more than all, but its fee went"} | ${{ amount: 100 }}                                           | ${"noFunds"}    | ${[99, 1_000, 0]}   | ${[10, 0, 50]}
    ${"credit counts"}                      | ${{ account: BOB, to: ANN, asset: BTC, amount: 70, fee: 0 }} | ${"applied"}    | ${[100, 1_000, 70]} | ${[10, 0, -20]}
    ${"and no more than it"}                | ${{ account: BOB, to: ANN, asset: BTC, amount: 71, fee: 0 }} | ${"noFunds"}    | ${[100, 1_000, 0]}  | ${[10, 0, 50]}
    ${"a fee must be there"}                | ${{ amount: 0, fee: 101 }}                                   | ${"noFee"}      | ${[100, 1_000, 0]}  | ${[10, 0, 50]}
    ${"a nonce is not left out"}            | ${{ nonce: 1 }}                                              | ${"wrongNonce"} | ${[100, 1_000, 0]}  | ${[10, 0, 50]}
    ${"nor is there an asset like that"}    | ${{ asset: 3 }}                                              | ${"malformed"}  | ${[99, 1_000, 0]}   | ${[10, 0, 50]}
    ${"who is not here sends nothing"}      | ${{ account: 50, amount: 0, fee: 0 }}                        | ${"wrongNonce"} | ${[100, 1_000, 0]}  | ${[10, 0, 50]}
  `("$case: $answer", ({ fields, answer, ann, bob }) => {
    const ledger = ledgerOf();
    const transfer: Transfer = { account: ANN, to: BOB, amount: 10, fee: 1, nonce: 0, ...(fields as object) };
    const before = [ledger.hash(), ledger.nextNonce(transfer.account)];
    expect(nameOf(ledger.apply(transferWords(transfer), 0))).toBe(answer);
    expect([holdings(ledger, ANN), holdings(ledger, BOB)]).toEqual([ann, bob]);
    expectConserved(ledger);
    // Whatever became of it, it was its account's next, and never comes again.
    const after = [ledger.hash(), ledger.nextNonce(transfer.account)];
    if (answer === "wrongNonce") expect(after).toEqual(before);
    else expect([after[0] === before[0], after[1]]).toEqual([false, Number(before[1]) + 1]);
  });

  test("happens once", () => {
    const ledger = ledgerOf();
    const words = transferWords({ account: ANN, to: BOB, amount: 10, nonce: 0 });
    expect([0, 1].map(() => nameOf(ledger.apply(words, 0)))).toEqual(["applied", "wrongNonce"]);
  });

  test.each([
    ["kind", TransactionWord.kind, 7],
    ["fee", TransactionWord.fee, -1],
    ["receiver", 4, -1],
    ["amount", 7, -1],
  ])("whose %s cannot be is malformed, and uses its nonce", (_field, word, value) => {
    const ledger = ledgerOf();
    const words = transferWords({ account: ANN, to: BOB, amount: 10, nonce: 0 });
    words[word] = value;
    expect([nameOf(ledger.apply(words, 0)), ledger.nextNonce(ANN)]).toEqual(["malformed", 1]);
    expectConserved(ledger);
  });

  test("of what is no amount, or to nobody, is a bug of the caller", () => {
    expect(() => transferWords({ account: ANN, to: -1, amount: 1, nonce: 0 })).toThrow("receiver");
    expect(() => transferWords({ account: ANN, to: BOB, amount: 1.5, nonce: 0 })).toThrow("whole units");
    expect(() => transferWords({ account: ANN, to: BOB, amount: 1, nonce: -1 })).toThrow("int32");
    expect(() => transferWords({ account: ANN, to: BOB, amount: 1, nonce: 0, fee: 2 ** 31 })).toThrow("fee");
  });
});

describe("a trade", () => {
  const trade = { buyer: ANN, seller: BOB, baseAsset: BTC, quoteAsset: USD, baseUnits: 5, quoteUnits: 300 };
  const settle = (fields: object, account = VENUE): Int32Array =>
    tradeWords({ account, nonce: 0 }, { ...trade, buyerFee: 3, sellerFee: -2, ...fields });

  test("moves money, goods and fees at once, rebates too", () => {
    const ledger = ledgerOf();
    expect(nameOf(ledger.apply(settle({}), 0))).toBe("applied");
    expect([ANN, BOB, FEES].map((account) => holdings(ledger, account))).toEqual([
      [100, 697, 5],
      [10, 302, 45],
      [0, 6, 0],
    ]);
    expectConserved(ledger);
  });

  test.each([
    { buyerFee: -3, sellerFee: 4 },
    { buyerFee: 4, sellerFee: -3 },
  ])("pays a rebate out of the other side's fee: %o", (fees) => {
    const ledger = new AccountLedger({
      assets: 3,
      openings: [
        { account: FEES, balances: [0, 0, 0] },
        { account: ANN, balances: [0, 500, 0] },
        { account: BOB, balances: [0, 0, 50] },
        { account: VENUE, balances: [0] },
      ],
      settler: { account: VENUE, feeAccount: FEES },
    });
    expect(nameOf(ledger.apply(settle(fees), 0))).toBe("applied");
    expect(ledger.balanceOf(FEES, USD)).toBe(1);
  });

  test.each`
    case                                | fields                   | account  | answer
    ${"too dear"}                       | ${{ quoteUnits: 1_001 }} | ${VENUE} | ${"noFunds"}
    ${"too dear with its fee"}          | ${{ quoteUnits: 998 }}   | ${VENUE} | ${"noFunds"}
    ${"more than the seller has"}       | ${{ baseUnits: 71 }}     | ${VENUE} | ${"noFunds"}
    ${"more fees than the seller gets"} | ${{ sellerFee: 301 }}    | ${VENUE} | ${"noFunds"}
    ${"a larger rebate than there is"}  | ${{ buyerFee: -6 }}      | ${VENUE} | ${"noFunds"}
    ${"of a market that is not"}        | ${{ baseAsset: 3 }}      | ${VENUE} | ${"malformed"}
    ${"signed by one who trades"}       | ${{}}                    | ${ANN}   | ${"notAllowed"}
  `("$case: $answer, and nothing moves", ({ fields, account, answer }) => {
    const ledger = ledgerOf();
    const before = ledger.hashBalances();
    expect(nameOf(ledger.apply(settle(fields as object, Number(account)), 0))).toBe(answer);
    expect([ledger.hashBalances(), ledger.nextNonce(Number(account))]).toEqual([before, 1]);
  });
});

describe("clearing", () => {
  test("takes from those who owe, and gives to those who are owed", () => {
    const ledger = ledgerOf();
    const legs = [
      { party: ANN, units: -300 },
      { party: CEO, units: 100 },
      { party: BOB, units: 200 },
    ];
    expect(nameOf(ledger.apply(clearWords({ account: VENUE, nonce: 0 }, USD, legs), 0))).toBe("applied");
    expect([ANN, BOB, CEO, VENUE].map((account) => ledger.balanceOf(account, USD))).toEqual([700, 200, 300, 0]);
    expectConserved(ledger);
  });

  test("is all or nothing, and the clearer has no credit", () => {
    const ledger = ledgerOf();
    const before = ledger.hashBalances();
    const short = clearWords({ account: VENUE, nonce: 0 }, USD, [
      { party: ANN, units: -300 },
      { party: CEO, units: 100 },
      { party: BOB, units: 201 },
    ]);
    expect([nameOf(ledger.apply(short, 0)), ledger.hashBalances()]).toEqual(["noFunds", before]);
    const foreign = clearWords({ account: ANN, nonce: 0 }, USD, [{ party: CEO, units: -100 }]);
    expect([nameOf(ledger.apply(foreign, 0)), ledger.hashBalances()]).toEqual(["notAllowed", before]);
  });

  test("of no legs is malformed", () => {
    const words = clearWords({ account: VENUE, nonce: 0 }, USD, [{ party: ANN, units: -1 }]);
    words[4] = 4;
    expect(nameOf(ledgerOf().apply(words, 0))).toBe("malformed");
  });
});

describe("a mark", () => {
  test("is taken where the balances are those that it states, whatever the order of moves", () => {
    const ledger = ledgerOf();
    const { hash } = { hash: ledger.hashBalances() };
    expect(nameOf(ledger.apply(markWords({ account: VENUE, nonce: 0 }, { batch: 4, hash }), 0))).toBe("applied");
    expect(ledger.settledBatch).toBe(4);
    // Coins are not the venue's business.
    ledger.apply(transferWords({ account: ANN, nonce: 0, to: BOB, amount: 5 }), 0);
    expect(nameOf(ledger.apply(markWords({ account: VENUE, nonce: 1 }, { batch: 5, hash }), 0))).toBe("applied");
    ledger.apply(transferWords({ account: ANN, nonce: 1, to: BOB, amount: 5, asset: USD }), 0);
    expect(nameOf(ledger.apply(markWords({ account: VENUE, nonce: 2 }, { batch: 6, hash }), 0))).toBe("mismatch");
    expect(ledger.settledBatch).toBe(5);
    expect(nameOf(ledger.apply(markWords({ account: ANN, nonce: 2 }, { batch: 9, hash }), 0))).toBe("notAllowed");
  });

  test("states what a venue's own books add up to", () => {
    const entries = [
      { account: FEES, asset: USD, units: 5 },
      { account: ANN, asset: USD, units: 1_000 },
      { account: ANN, asset: BTC, units: 0 },
      { account: BOB, asset: BTC, units: 50 },
      { account: CEO, asset: USD, units: 200 },
      { account: CEO, asset: BTC, units: 7 },
    ];
    expect(hashBalances(entries)).toBe(ledgerOf().hashBalances());
    expect(hashBalances(entries.slice(1))).not.toBe(ledgerOf().hashBalances());
  });
});

test("a block's proposer gets its fees and reward, once", () => {
  const ledger = ledgerOf();
  ledger.apply(transferWords({ account: ANN, to: BOB, amount: 0, fee: 4, nonce: 0 }), 0);
  ledger.apply(transferWords({ account: BOB, to: ANN, amount: 0, fee: 3, nonce: 0 }), 0);
  ledger.endBlock(50, 500);
  ledger.endBlock(51, 0);
  expect([50, 51].map((account) => ledger.balanceOf(account))).toEqual([507, 0]);
  expect(ledger.supply()).toBe(1_110 + 500);
  expectConserved(ledger);
});

test("a snapshot holds all of the state, large balances, open fees and nonces included", () => {
  const ledger = new AccountLedger({
    assets: 2,
    openings: [{ account: 3, balances: [2 ** 52 + 1, 9], credits: [0, 2 ** 40] }],
  });
  ledger.apply(transferWords({ account: 3, to: 1, amount: 2 ** 40, fee: 3, nonce: 0 }), 0);
  ledger.apply(transferWords({ account: 3, to: 1, amount: 2 ** 39, asset: 1, nonce: 1 }), 0);
  const copy = new AccountLedger({ assets: 2, openings: [{ account: 8, balances: [8, 8] }] });
  copy.restore(ledger.snapshot());
  expect([copy.hash(), copy.total(), copy.nextNonce(3), copy.nextNonce(8)]).toEqual([
    ledger.hash(),
    2 ** 52 + 1,
    2,
    NO_NONCE,
  ]);
  expect([copy.balanceOf(3, 1), copy.feeBudget(3)]).toEqual([9 - 2 ** 39, 2 ** 52 - 2 ** 40 - 2]);
  ledger.endBlock(1, 0);
  expect(copy.hash()).not.toBe(ledger.hash());
});

test("the order in which accounts were opened does not show", () => {
  const openings = [1, 2, 3].map((account) => ({ account, balances: [account] }));
  const [one, other] = [openings, openings.toReversed()].map((list) => new AccountLedger({ openings: list }));
  expect(one.hash()).toBe(other.hash());
});

test("more than can be counted exactly is refused at the start", () => {
  const openings = [{ account: 1, balances: [2 ** 52], credits: [2 ** 52] }];
  expect(() => new AccountLedger({ openings })).toThrow("exact range");
});
