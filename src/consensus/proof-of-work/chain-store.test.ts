import { expect, test } from "vitest";

import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import { COIN_ACCOUNTS, coinLedger, payment } from "../../testing/coins.ts";
import { MemoryDisk } from "../../testing/memory-disk.ts";
import { ChainStore } from "./chain-store.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";

const PARAMETERS = {
  ...CHAIN_DEFAULTS,
  blockIntervalNs: 10,
  retargetBlocks: 3,
  depthMax: 8,
  snapshotBlocks: 4,
  treeBlocksMax: 24,
  allocation: new Map([[1, 1_000]]),
};
const RECORDS_MAX = 40;
const RULES = { parameters: PARAMETERS, proof: "simulated", accountKeys: COIN_ACCOUNTS.verifier } as const;

function scene() {
  const disk = new MemoryDisk();
  const forge = new BlockForge(PARAMETERS);
  const open = () => {
    const ledger = coinLedger(PARAMETERS.allocation);
    const store = new ChainStore(disk, RECORDS_MAX);
    return { ledger, store, chain: store.open(ledger, RULES) };
  };
  return { disk, forge, open };
}

/** Names of the blocks that make a main chain of this length, each with a payment, and at each third a side branch. */
function grow(forge: BlockForge, length: number): string[] {
  const names: string[] = [];
  for (let i = 1; i <= length; i++) {
    const parent = i === 1 ? GENESIS : `m${i - 1}`;
    const transactions = [payment({ sender: 1, receiver: 2, amount: 1, fee: 1, nonce: i - 1 })];
    forge.make({ name: `m${i}`, parent, timeNs: 7 * i, transactions });
    names.push(`m${i}`);
    if (i % 3 !== 0) continue;
    forge.make({ name: `s${i}`, parent, timeNs: 7 * i });
    names.push(`s${i}`);
  }
  return names;
}

test.each([0, 1, 9, 31, 60, 200])(
  "a chain of %d blocks is opened as it was, roots and side branches included",
  (length) => {
    const { disk, forge, open } = scene();
    const { chain, store, ledger } = open();
    for (const name of grow(forge, length)) store.append(chain.add(forge.block(name), Infinity).attached, chain);
    expect(disk.records.length).toBeLessThanOrEqual(RECORDS_MAX);
    const again = open();
    const { id } = chain.tip.block;
    expect([again.chain.tip.block.id, again.chain.tip.work, again.ledger.hash()]).toEqual([
      id,
      chain.tip.work,
      ledger.hash(),
    ]);
    expect(again.chain.treeBlocks).toBe(chain.treeBlocks);
    // The next blocks need what the root knows of the window that began below it.
    for (const { chain: one } of [{ chain }, again]) {
      forgeNext(forge, length, one === chain);
      expect(one.add(forge.block("next"), Infinity).status).toBe("attached");
    }
    expect(again.ledger.hash()).toBe(ledger.hash());
  },
);

function forgeNext(forge: BlockForge, length: number, isFirst: boolean): void {
  if (isFirst) forge.make({ name: "next", parent: length === 0 ? GENESIS : `m${length}`, timeNs: 7 * length + 9 });
}

test("of two branches of the same work, the one that came first is the chain after a restart too", () => {
  for (const order of [
    ["a", "b"],
    ["b", "a"],
  ]) {
    const { forge, open } = scene();
    for (const name of ["a", "b"]) forge.make({ name, parent: GENESIS, timeNs: 5 });
    const { chain, store } = open();
    for (const name of order) store.append(chain.add(forge.block(name), Infinity).attached, chain);
    expect(open().chain.tip.block.id).toBe(forge.block(order[0]).id);
  }
});

test("blocks of a torn disk are those before the tear, and later ones still find their place", () => {
  const { disk, forge, open } = scene();
  const { chain, store } = open();
  for (const name of grow(forge, 5)) store.append(chain.add(forge.block(name), Infinity).attached, chain);
  disk.rewrite(disk.records.map((record, i) => (i === 1 ? record.slice(0, 30) : record)));
  const torn = open();
  expect([torn.chain.tip.block.height, torn.chain.orphans]).toEqual([1, 4]);
  torn.store.append(torn.chain.add(forge.block("m2"), Infinity).attached, torn.chain);
  expect(torn.chain.tip.block.id).toBe(chain.tip.block.id);
  expect(open().chain.tip.block.id).toBe(chain.tip.block.id);
});
