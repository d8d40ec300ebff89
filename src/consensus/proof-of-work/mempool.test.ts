import { expect, test } from "vitest";

import { makeBlock, genesisBlock } from "./block.ts";
import { CoinLedger } from "./coin-ledger.ts";
import { Mempool } from "./mempool.ts";
import { payment, TransactionWord } from "./transaction.ts";

const ALLOCATION = new Map([
  [1, 100],
  [2, 100],
  [3, 100],
]);

/** `1.0=5` is the transaction of account 1 with nonce 0 and fee 5; `1.0=5:90` moves 90 units, others 10. */
function transaction(text: string): Int32Array {
  const [sender, nonce, fee, amount] = text.split(/[.=:]/).map(Number);
  return payment({ sender, nonce, fee, amount: amount ?? 10, receiver: 9 });
}

function texts(words: Int32Array): string {
  const found: string[] = [];
  for (let at = 0; at < words.length; at += 16) {
    const [sender, nonce, fee] = [TransactionWord.sender, TransactionWord.nonce, TransactionWord.fee].map(
      (word) => words[at + word],
    );
    found.push(`${sender}.${nonce}=${fee}`);
  }
  return found.join(" ");
}

function pool(limits = { mempoolMax: 4, mempoolOfSenderMax: 3 }) {
  const ledger = new CoinLedger(ALLOCATION);
  return { ledger, mempool: new Mempool(limits, ledger) };
}

test.each`
  case                                            | added                                | answers                             | selected
  ${"the highest fee goes first"}                 | ${"1.0=1 2.0=3 3.0=2"}               | ${"taken taken taken"}              | ${"2.0=3 3.0=2 1.0=1"}
  ${"of equal fees, the one that came first"}     | ${"2.0=1 1.0=1"}                     | ${"taken taken"}                    | ${"2.0=1 1.0=1"}
  ${"nonces come in their order"}                 | ${"1.1=9 1.0=1 2.0=5"}               | ${"taken taken taken"}              | ${"2.0=5 1.0=1 1.1=9"}
  ${"none goes before the one it waits for"}      | ${"1.1=9 2.0=1"}                     | ${"taken taken"}                    | ${"2.0=1"}
  ${"a higher fee replaces"}                      | ${"1.0=1 1.0=2"}                     | ${"taken taken"}                    | ${"1.0=2"}
  ${"an equal fee does not"}                      | ${"1.0=2 1.0=2"}                     | ${"taken outbid"}                   | ${"1.0=2"}
  ${"a nonce too far ahead does not wait"}        | ${"1.2=1 1.3=1"}                     | ${"taken late"}                     | ${""}
  ${"a full pool drops the lowest fee"}           | ${"1.0=1 1.1=2 2.0=3 2.1=4 3.0=5"}   | ${"taken taken taken taken taken"}  | ${"3.0=5 2.0=3 2.1=4 1.0=1"}
  ${"of the senders' last ones"}                  | ${"1.0=1 1.1=9 2.0=3 2.1=4 3.0=2"}   | ${"taken taken taken taken outbid"} | ${"2.0=3 2.1=4 1.0=1 1.1=9"}
  ${"what costs more than there is stays behind"} | ${"1.0=5:99 2.0=1 2.1=1:80 2.2=1:9"} | ${"taken taken taken taken"}        | ${"2.0=1 2.1=1"}
`("$case", ({ added, answers, selected }) => {
  const { mempool } = pool();
  const found = String(added)
    .split(" ")
    .map((text) => mempool.add(transaction(text), 0));
  expect([found.join(" "), texts(mempool.select(60))]).toEqual([answers, selected]);
});

test("a block takes as many as it has room for", () => {
  const { mempool } = pool();
  for (const text of ["1.0=1", "2.0=3", "3.0=2"]) mempool.add(transaction(text), 0);
  expect(texts(mempool.select(2))).toBe("2.0=3 3.0=2");
  expect(texts(mempool.select(0))).toBe("");
});

test("what is no payment does not wait", () => {
  expect(pool().mempool.add(new Int32Array(16), 0)).toBe("malformed");
});

test("what joined the chain waits no more, and what left it waits again", () => {
  const { ledger, mempool } = pool({ mempoolMax: 100, mempoolOfSenderMax: 3 });
  const before = ledger.snapshot();
  for (const text of ["1.0=1", "1.1=1", "2.0=1"]) mempool.add(transaction(text), 0);
  const transactions = mempool.select(2);
  const block = makeBlock(genesisBlock(1), transactions);
  for (let at = 0; at < transactions.length; at += 16) ledger.apply(transactions, at);
  mempool.follow([], [block]);
  expect([texts(mempool.select(9)), mempool.size]).toEqual(["2.0=1", 1]);
  ledger.restore(before);
  mempool.follow([block], []);
  expect([texts(mempool.select(9)), mempool.size]).toEqual(["2.0=1 1.0=1 1.1=1", 3]);
});

test("the pool never grows beyond its limit", () => {
  const { mempool } = pool();
  for (let i = 0; i < 50; i++) mempool.add(transaction(`${1 + (i % 3)}.${Math.floor(i / 3) % 3}=${i}`), 0);
  expect(mempool.size).toBe(4);
});
