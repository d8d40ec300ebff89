import { describe, expect, test } from "vitest";

import { ACCOUNTS, signedTransfer } from "../testing/streamlet/spending.ts";
import type { Block } from "./block.ts";
import { genesisOf, named, readBlock, writeBlock } from "./block.ts";
import { BLOCK_TRANSACTIONS_MAX } from "./block-body.ts";
import { keyedHashKeyring } from "./keyed-hash.ts";
import { MESSAGE_WORDS_MAX } from "./replica-actor.ts";

const accounts = keyedHashKeyring({ seed: 1, group: "accounts", signers: ACCOUNTS });
const transfers = Array.from({ length: BLOCK_TRANSACTIONS_MAX }, (_, nonce) =>
  signedTransfer({ account: 1, nonce, to: 2, amount: 5 }, accounts),
);
const block: Block = { parent: genesisOf(1).id, height: 1, epoch: 3, proposer: 2, transactions: transfers.slice(0, 2) };

describe("a block's id", () => {
  const [first, second] = transfers;
  const changedSignature = {
    words: first.words,
    signature: first.signature.map((word, at) => word ^ Number(at === 15)),
  };
  const changedWords = { words: first.words.map((word, at) => word + Number(at === 15)), signature: first.signature };
  test.each<[string, Partial<Block>]>([
    ["parent", { parent: genesisOf(2).id }],
    ["height", { height: 2 }],
    ["epoch", { epoch: 4 }],
    ["proposer", { proposer: 3 }],
    ["transactions' number", { transactions: [first] }],
    ["transactions' order", { transactions: [second, first] }],
    ["transactions' words", { transactions: [changedWords, second] }],
    ["transactions' signatures", { transactions: [changedSignature, second] }],
  ])("changes with its %s", (_what, change) => {
    expect(named({ ...block, ...change }).id).not.toBe(named(block).id);
  });

  test("is the same for ever: disks hold it", () => {
    expect([genesisOf(7).id, named(block).id]).toMatchInlineSnapshot(`
      [
        "12064d0d846dbb83de8cd776a0c470f5e3b28307beeb321f3234bfc38fbad929",
        "adbe4f5b1f96f5cf496363fc896df6fa1d49991480976e0803774ca61f63f5f1",
      ]
    `);
  });
});

test("a block survives being words, and one with the most transactions leaves room in a message", () => {
  const words = new Int32Array(MESSAGE_WORDS_MAX);
  for (const transactions of [[], transfers.slice(0, 1), transfers]) {
    const end = writeBlock({ ...block, transactions }, words.fill(0), 7);
    expect(readBlock(words, 7)).toEqual({ ...block, transactions });
    expect(end + 7 + 17).toBeLessThanOrEqual(MESSAGE_WORDS_MAX);
  }
});

test("what cannot be a block is none", () => {
  const words = new Int32Array(100);
  const length = writeBlock(block, words, 0);
  expect(readBlock(words.subarray(0, length), 0)).toEqual(block);
  expect(readBlock(words.subarray(0, length - 1), 0)).toBeUndefined();
  expect(readBlock(words.subarray(0, 11), 0)).toBeUndefined();
  for (const count of [-1, BLOCK_TRANSACTIONS_MAX + 1, 0x7fff_ffff]) {
    words[3] = count;
    expect(readBlock(words, 0)).toBeUndefined();
  }
});

test("a block with too many transactions is a bug of who made it", () => {
  const transactions = [...transfers, transfers[0]];
  expect(() => named({ ...block, transactions })).toThrow("too many transactions");
});
