import { describe, expect, test } from "vitest";

import { ACCOUNTS, signedTransfer } from "../testing/streamlet/spending.ts";
import { payment } from "../testing/coins.ts";
import { keyedHashKeyring } from "./keyed-hash.ts";
import { ACCOUNT_TRANSACTIONS_MAX, Mempool } from "./mempool.ts";
import type { SignedTransaction } from "./transaction.ts";
import { accountOf, isSigned, nonceOf, TransactionWord } from "./transaction.ts";

const accounts = keyedHashKeyring({ seed: 1, group: "accounts", signers: ACCOUNTS });
const transfer = (account: number, nonce: number, amount = 1): SignedTransaction =>
  signedTransfer({ account, nonce, to: 0, amount }, accounts);
const none = (): number => 0;

/** `account/nonce`, each. */
function names(transactions: readonly SignedTransaction[]): string {
  return transactions.map((transaction) => `${accountOf(transaction)}/${nonceOf(transaction)}`).join(" ");
}

function poolOf(text: string): Mempool {
  const pool = new Mempool();
  for (const [account, nonce] of text.split(" ").map((name) => name.split("/").map(Number))) {
    expect(pool.add(transfer(account, nonce), none)).toBe("added");
  }
  return pool;
}

describe("adding", () => {
  const next = (account: number): number => (account === 1 ? 5 : 0);
  test.each([
    [1, 5, 1, "added"],
    [1, 4, 1, "nonce is used"],
    [1, 5 + ACCOUNT_TRANSACTIONS_MAX - 1, 1, "added"],
    [1, 5 + ACCOUNT_TRANSACTIONS_MAX, 1, "nonce is too far"],
    [1, 7, 1, "known"],
    [1, 7, 2, "fee is too low"],
    [2, 0, 1, "added"],
  ])("account %i, nonce %i, amount %i: %s", (account, nonce, amount, admission) => {
    const pool = new Mempool();
    pool.add(transfer(1, 7), next);
    expect(pool.add(transfer(account, nonce, amount), next)).toBe(admission);
    expect(pool.size).toBe(admission === "added" ? 2 : 1);
  });

  test("ends when the pool is full, until something is final", () => {
    const pool = new Mempool({ transactionsMax: 2 });
    expect([0, 1, 2].map((nonce) => pool.add(transfer(1, nonce), none))).toEqual(["added", "added", "fee is too low"]);
    pool.removeUsed([transfer(1, 0)], () => 1);
    expect(pool.add(transfer(1, 2), () => 1)).toBe("added");
  });
});

describe("selecting", () => {
  test.each([
    ["takes turns between accounts", "1/0 1/1 1/2 2/0 3/0 3/1", 10, "1/0 2/0 3/0 1/1 3/1 1/2"],
    ["stops at a gap", "1/0 1/2 2/1", 10, "1/0"],
    ["stops at the limit", "1/0 1/1 2/0", 2, "1/0 2/0"],
    ["takes nonces in order, not as they came", "1/1 1/0", 10, "1/0 1/1"],
    ["takes none of none", "1/5", 10, ""],
  ])("%s", (_what, pool, countMax, selected) => {
    expect(names(poolOf(pool).select(countMax, none))).toBe(selected);
  });

  test("goes on where the chain is, and takes nothing out", () => {
    const pool = poolOf("1/0 1/1 1/2");
    expect(names(pool.select(10, () => 1))).toBe("1/1 1/2");
    expect(pool.size).toBe(3);
  });
});

describe("fees", () => {
  /** `account/nonce=fee`. */
  const paying = (text: string): SignedTransaction => {
    const [account, nonce, fee] = text.split(/[/=]/).map(Number);
    return payment({ sender: account, receiver: 9, amount: 1, fee, nonce });
  };

  test.each`
    case                                        | added                              | refused    | selected
    ${"the highest goes first"}                 | ${"1/0=1 2/0=3 3/0=2"}             | ${""}      | ${"2/0 3/0 1/0"}
    ${"of equal ones, the one that came first"} | ${"2/0=1 1/0=1"}                   | ${""}      | ${"2/0 1/0"}
    ${"nonces come in their order"}             | ${"1/1=9 1/0=1 2/0=5"}             | ${""}      | ${"2/0 1/0 1/1"}
    ${"none goes before the one it waits for"}  | ${"1/1=9 2/0=1"}                   | ${""}      | ${"2/0"}
    ${"a higher one replaces"}                  | ${"1/0=1 1/0=2 2/0=1"}             | ${""}      | ${"1/0 2/0"}
    ${"a lower one does not"}                   | ${"1/0=2 1/0=1 2/0=1"}             | ${"1/0=1"} | ${"1/0 2/0"}
    ${"a full pool drops the lowest"}           | ${"1/0=1 1/1=2 2/0=3 2/1=4 3/0=5"} | ${""}      | ${"3/0 2/0 2/1 1/0"}
    ${"of the accounts' last ones"}             | ${"1/0=1 1/1=9 2/0=3 2/1=4 3/0=2"} | ${"3/0=2"} | ${"2/0 2/1 1/0 1/1"}
    ${"what cannot be paid stays behind"}       | ${"1/0=99 2/0=6 2/1=3 2/2=2"}      | ${""}      | ${"2/0 2/1"}
  `("$case", ({ added, refused, selected }) => {
    const pool = new Mempool({ transactionsMax: 4, accountTransactionsMax: 3 });
    const found = String(added)
      .split(" ")
      .filter((text) => pool.add(paying(text), none) !== "added");
    expect(found.join(" ")).toBe(refused);
    expect(names(pool.select(60, none, () => 10))).toBe(selected);
  });

  test("a fee below 0 is none", () => {
    const negative = transfer(1, 0);
    negative.words[TransactionWord.fee] = -1;
    expect(new Mempool().add(negative, none)).toBe("fee is too low");
  });
});

test("what left a chain waits again, and what is too far ahead then waits no more", () => {
  const pool = new Mempool({ accountTransactionsMax: 3 });
  const body = [0, 1, 2].map((nonce) => transfer(1, nonce));
  for (const transaction of body) pool.add(transaction, none);
  pool.removeUsed(body, () => 3);
  pool.add(transfer(1, 4), () => 3);
  expect([pool.size, names(pool.select(9, () => 3))]).toEqual([1, ""]);
  pool.putBack([body.slice(0, 1), body.slice(1)], none);
  pool.removeFar(body, none);
  expect([pool.size, names(pool.select(9, none))]).toEqual([3, "1/0 1/1 1/2"]);
});

test("removes what can never be executed any more, also another spending of a nonce that is used", () => {
  const pool = poolOf("1/0 1/1 1/2 2/0");
  pool.removeUsed([transfer(1, 0, 99), transfer(1, 1), transfer(3, 0)], (account) => (account === 1 ? 2 : 0));
  expect([names(pool.select(9, (account) => (account === 1 ? 2 : 0))), pool.size]).toEqual(["1/2 2/0", 2]);
});

test("knows exactly the transactions that it holds", () => {
  const pool = poolOf("1/0");
  const forged = { ...transfer(1, 0), signature: transfer(1, 1).signature };
  expect([transfer(1, 0), transfer(1, 0, 2), transfer(1, 1), forged].map((one) => pool.has(one))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("a transaction is signed by its account, in all of its words", () => {
  const good = transfer(1, 3);
  expect(isSigned(good, accounts.verifier)).toBe(true);
  for (let at = 0; at < good.words.length; at++) {
    const words = good.words.map((word, place) => (place === at ? word ^ 1 : word));
    expect(isSigned({ words, signature: good.signature }, accounts.verifier)).toBe(false);
  }
});
