import { expect, test } from "vitest";

import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import type { MiningNetwork } from "../../testing/mining-network.ts";
import { minerAccount, miningNetwork } from "../../testing/mining-network.ts";
import { COIN_ACCOUNTS, coinLedger, payment } from "../../testing/coins.ts";
import { MemoryDisk } from "../../testing/memory-disk.ts";
import { LedgerAnswer } from "../account-machine.ts";
import type { ReplicaContext } from "../replica.ts";
import type { ChainMessage } from "./chain-message.ts";
import { chainCodec } from "./chain-message.ts";
import { CATCH_UP_BLOCKS_MAX } from "./locator.ts";
import { ProofOfWorkNode } from "./node.ts";
import type { ChainParameters } from "./parameters.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";
import type { Strategy } from "./strategy.ts";
import { honest } from "./strategy.ts";

const SECOND = 1e9;
const CLIENT = 9;
const PARAMETERS: ChainParameters = {
  ...CHAIN_DEFAULTS,
  difficultyFirst: 1_000,
  retargetBlocks: 1_000,
  allocation: new Map([[1, 1_000]]),
};

function network(powers: readonly number[], seed = 1): MiningNetwork {
  const delayNs = (): number => 20e6;
  return miningNetwork({ seed, parameters: PARAMETERS, powers, delayNs, codec: chainCodec, announceNs: SECOND });
}

function heights({ nodes }: MiningNetwork): number[] {
  return nodes.map(({ chain }) => chain.tip.block.height);
}

test("a payment reaches all nodes, a block, and with its fee the miner", () => {
  const net = network([0, 1_000, 0]);
  net.network.inject(0, -1, {
    kind: "submission",
    transaction: payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce: 0 }),
  });
  net.network.run(30e6);
  expect(net.nodes.map(({ mempool }) => mempool.size)).toEqual([1, 1, 1]);
  net.network.run(1_000 * SECOND, () => net.nodes.every(({ chain }) => chain.tip.block.height === 1));
  for (const [node, ledger] of net.ledgers.entries()) {
    expect([1, 2, minerAccount(1)].map((account) => ledger.balanceOf(account))).toEqual([
      987,
      10,
      PARAMETERS.reward + 3,
    ]);
    expect(net.nodes[node].mempool.size).toBe(0);
  }
});

test("a client is told when its payment has its confirmations, and again when it asks again", () => {
  const net = miningNetwork({ seed: 3, parameters: PARAMETERS, powers: [1_000, 0], delayNs: () => 20e6 });
  const told: unknown[] = [];
  net.network.onSend = (from, to, message) => {
    if (message.kind === "outcome")
      told.push([from, to, message.height, message.result, net.nodes[from].chain.tip.block.height]);
  };
  const paid = (nonce: number) => payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce });
  const submit = (nonce: number): void =>
    net.network.inject(0, CLIENT, { kind: "submission", transaction: paid(nonce) });
  submit(0);
  net.network.run(1e15, () => told.length > 0);
  expect(told).toEqual([[0, CLIENT, 1, LedgerAnswer.applied, 6]]);
  submit(0);
  expect(told).toHaveLength(2);
  // Node 1 has heard of it from node 0, and owes nobody an answer.
  net.network.run(net.network.nowNs + 100 * SECOND);
  expect(told).toHaveLength(2);
});

test("a node that has crashed still tells a client what became of its payment", () => {
  const net = miningNetwork({ seed: 3, parameters: PARAMETERS, powers: [1_000, 0], delayNs: () => 20e6 });
  const told: unknown[] = [];
  net.network.onSend = (from, to, message) => {
    if (message.kind === "outcome") told.push([from, to, message.height, message.result]);
  };
  const paid = { kind: "submission", transaction: payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce: 0 }) };
  net.network.inject(0, CLIENT, paid as ChainMessage);
  net.network.run(1e15, () => told.length > 0);
  // The answer was lost, and so is the memory of who waited for it.
  net.network.crash(0);
  net.network.start(0);
  net.network.inject(0, CLIENT, paid as ChainMessage);
  expect(told).toEqual(Array.from({ length: 2 }, () => [0, CLIENT, 1, LedgerAnswer.applied]));
});

test("a payment that its account has not signed does not wait", () => {
  const net = network([0, 0]);
  const { words } = payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce: 0 });
  const { signature } = payment({ sender: 2, receiver: 2, amount: 10, fee: 3, nonce: 0 });
  net.network.inject(0, CLIENT, { kind: "submission", transaction: { words, signature } });
  expect(net.nodes[0].mempool.size).toBe(0);
});

test("a payment that was lost on its way is told again", () => {
  const net = network([0, 0]);
  net.network.lossProbability = 1;
  net.network.inject(0, -1, {
    kind: "submission",
    transaction: payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce: 0 }),
  });
  net.network.lossProbability = 0;
  expect(net.nodes[1].mempool.size).toBe(0);
  net.network.run(2 * SECOND);
  expect(net.nodes[1].mempool.size).toBe(1);
});

test("a block on another branch than the heaviest holds nothing of the pool, which knows the state at the tip only", () => {
  const rival: Strategy = { ...honest, mineOn: (chain) => chain.tip.parent ?? chain.tip };
  const strategies = new Map([[0, rival]]);
  const net = miningNetwork({ seed: 5, parameters: PARAMETERS, powers: [1_000, 0], strategies, delayNs: () => 1 });
  const sizes: number[] = [];
  net.network.onSend = (from, _to, message) => {
    if (from === 0 && message.kind === "block") sizes.push(message.block.transactions.length);
  };
  for (const nonce of [0, 1]) {
    const transaction = payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce });
    net.network.inject(0, -1, { kind: "submission", transaction });
    net.network.run(1e15, () => sizes.length > nonce);
  }
  expect([sizes, net.nodes[0].mempool.size]).toEqual([[1, 0], 1]);
});

/** Mines on both sides of a cut to these heights, then lets everybody rest and heals. */
function grownApart(left: number, right: number): MiningNetwork {
  const net = network([1_000, 0, 1_000, 0]);
  net.network.partition([0, 0, 1, 1]);
  for (const [node, height] of [left, right].entries()) {
    net.network.run(1e15, () => net.nodes[2 * node].chain.tip.block.height >= height);
    net.setPower(2 * node, 0);
  }
  net.network.run(net.network.nowNs + SECOND);
  net.network.heal();
  return net;
}

test.each([
  [5, 3],
  [2, 3 * CATCH_UP_BLOCKS_MAX],
  [3 * CATCH_UP_BLOCKS_MAX, 5 * CATCH_UP_BLOCKS_MAX],
])("halves that grew apart by %d and %d blocks come together without a new block", (left, right) => {
  const net = grownApart(left, right);
  const [short, long] = [heights(net)[0], heights(net)[2]];
  expect(short).not.toBe(long);
  net.network.run(net.network.nowNs + 30 * SECOND);
  const best = Math.max(short, long);
  expect(heights(net)).toEqual([best, best, best, best]);
  expect(new Set(net.ledgers.map((ledger) => ledger.hash())).size).toBe(1);
  // No node ever needed to hold so many orphans.
  expect(Math.max(...net.nodes.map(({ chain }) => chain.orphans))).toBe(0);
});

test("a node that starts with nothing catches up", () => {
  const net = network([1_000, 0]);
  net.network.crash(1);
  net.network.run(1e15, () => heights(net)[0] >= 2 * CATCH_UP_BLOCKS_MAX + 3);
  net.setPower(0, 0);
  net.network.run(net.network.nowNs + SECOND);
  net.network.start(1);
  expect(heights(net)[1]).toBe(0);
  net.network.run(net.network.nowNs + 5 * SECOND);
  expect(heights(net)[1]).toBe(heights(net)[0]);
});

test("a crash takes nothing that others were told", () => {
  const net = network([1_000, 0]);
  net.network.run(1e15, () => heights(net)[1] >= 10);
  net.network.crash(0);
  net.network.start(0);
  expect(heights(net)[0]).toBeGreaterThanOrEqual(10);
  net.network.run(net.network.nowNs + 100 * SECOND);
  expect(heights(net)[0]).toBeGreaterThan(10);
});

/** A node alone, and what it says. */
function alone(parameters: ChainParameters = PARAMETERS, disk = new MemoryDisk()) {
  const said: string[] = [];
  const asked: string[][] = [];
  const machine = coinLedger(parameters.allocation);
  const accountKeys = COIN_ACCOUNTS.verifier;
  const node = new ProofOfWorkNode(disk, {
    parameters,
    proof: "simulated",
    accountKeys,
    machine,
    peers: [1, 2],
    account: 7,
  });
  let nowNs = 0;
  const context = {
    self: 0,
    disk,
    get nowNs() {
      return nowNs;
    },
    send(to: number, message: ChainMessage) {
      said.push(`${message.kind} to ${to}`);
      if (message.kind === "locate") asked.push([...message.ids]);
    },
    setTimer: () => 1,
    cancelTimer: () => true,
  } as unknown as ReplicaContext<ChainMessage>;
  const forge = new BlockForge(parameters);
  const hear = (name: string, from = 1): string => {
    said.length = 0;
    node.onMessage(context, from, { kind: "block", block: forge.block(name) });
    return said.join(", ");
  };
  const pass = (durationNs: number): void => {
    nowNs += durationNs;
  };
  return { node, forge, hear, pass, said, asked, context };
}

test("a block that becomes the tip is passed on, but not to where it came from; others are not", () => {
  const { forge, hear } = alone();
  for (const [name, parent] of ["a-", "xa", "ya", "zy"])
    forge.make({ name, parent, timeNs: forge.tree(parent).block.timeNs + 1 });
  expect(["a", "a", "x", "y", "z"].map((name) => hear(name))).toEqual([
    "block to 2",
    "",
    "block to 2",
    "",
    "block to 2",
  ]);
});

test("what a reorganisation undoes waits again, and is in the next block that has not got it", () => {
  const { forge, hear, node } = alone();
  const paid = payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce: 0 });
  forge.make({ name: "a", parent: GENESIS, timeNs: 1, transactions: [paid] });
  forge.make({ name: "x", parent: GENESIS, timeNs: 1 });
  forge.make({ name: "y", parent: "x", timeNs: 2 });
  const waiting = (): number => node.mempool.size;
  hear("a");
  hear("x");
  expect(waiting()).toBe(0);
  hear("y");
  expect([waiting(), node.mempool.has(paid)]).toEqual([1, true]);
  forge.make({ name: "z", parent: "y", timeNs: 3, transactions: [paid] });
  hear("z");
  expect(waiting()).toBe(0);
});

test("a missing block is asked for, once in a while, and at once when the last question helped", () => {
  const { forge, hear, pass, node } = alone();
  for (const [name, parent] of ["a-", "ba", "cb", "dc"])
    forge.make({ name, parent, timeNs: forge.tree(parent).block.timeNs + 1 });
  expect([hear("c"), hear("d", 2)]).toEqual(["locate to 1", ""]);
  pass(2e9);
  expect(hear("d", 2)).toBe("");
  forge.make({ name: "e", parent: "d", timeNs: 50 });
  forge.make({ name: "f", parent: "e", timeNs: 51 });
  forge.make({ name: "g", parent: "f", timeNs: 52 });
  expect([hear("e", 2), hear("f", 2)]).toEqual(["locate to 2", ""]);
  hear("a");
  expect(hear("g", 2)).toBe("locate to 2");
  expect([node.chain.tip.block.height, hear("b"), node.chain.tip.block.height]).toEqual([1, "block to 2", 7]);
});

test("after a restart a rival branch is heard from where it was left", () => {
  const disk = new MemoryDisk();
  const before = alone(PARAMETERS, disk);
  for (const branch of ["m", "x"]) {
    for (let i = 1; i <= 60; i++) {
      const parent = i === 1 ? GENESIS : `${branch}${i - 1}`;
      before.forge.make({ name: `${branch}${i}`, parent, timeNs: i });
    }
  }
  for (let i = 1; i <= 50; i++) before.hear(`m${i}`);
  for (let i = 1; i <= CATCH_UP_BLOCKS_MAX; i++) before.hear(`x${i}`);
  const { node, asked, pass, context } = alone(PARAMETERS, disk);
  const hear = (name: string): void => node.onMessage(context, 1, { kind: "block", block: before.forge.block(name) });
  hear("x60");
  // The other does not know what is known here, and answers with the beginning.
  for (let i = 1; i <= CATCH_UP_BLOCKS_MAX; i++) hear(`x${i}`);
  pass(10e9);
  node.onMessage(context, 1, { kind: "tip", id: before.forge.block("x60").id });
  const last = before.forge.block(`x${CATCH_UP_BLOCKS_MAX}`).id;
  expect(asked.map((ids) => ids.includes(last))).toEqual([false, true]);
});

test("wrong blocks are counted and not passed on", () => {
  const { forge, node, context, said } = alone();
  forge.make({ name: "a", parent: GENESIS, timeNs: 1 });
  const wrong = { ...forge.block("a"), difficulty: 999, id: "1".repeat(64) };
  node.onMessage(context, 1, { kind: "block", block: wrong });
  expect([node.refused, said, node.chain.tip.block.height]).toEqual([1, [], 0]);
});

test("a question is answered by what comes next, up to a limit, and by nothing when there is nothing", () => {
  const { forge, hear, node, context, said } = alone();
  const names = Array.from({ length: 40 }, (_, i) => `m${i + 1}`);
  for (const [i, name] of names.entries()) {
    forge.make({ name, parent: i === 0 ? GENESIS : names[i - 1], timeNs: i + 1 });
    hear(name);
  }
  const answer = (...ids: string[]): number => {
    said.length = 0;
    node.onMessage(context, 2, { kind: "locate", ids });
    return said.filter((text) => text === "block to 2").length;
  };
  const idOf = (name: string): string => forge.block(name).id;
  expect(answer(idOf("m1"), idOf("m38"))).toBe(2);
  expect(answer(idOf("m38"), idOf("m1"))).toBe(2);
  expect(said.at(-1)).toBe("tip to 2");
  expect(answer(idOf("m1"))).toBe(CATCH_UP_BLOCKS_MAX);
  expect([answer(idOf("m40")), said.length]).toEqual([0, 0]);
  expect(answer("e".repeat(64))).toBe(CATCH_UP_BLOCKS_MAX);
});

test("a chain that left this one below all that is kept is not followed, and counted", () => {
  const small = { ...PARAMETERS, depthMax: 4, snapshotBlocks: 2, treeBlocksMax: 64 };
  const { forge, hear, node } = alone(small);
  for (const branch of ["m", "x"]) {
    for (let i = 1; i <= 20; i++) {
      forge.make({ name: `${branch}${i}`, parent: i === 1 ? GENESIS : `${branch}${i - 1}`, timeNs: i });
    }
  }
  for (let i = 1; i <= 10; i++) hear(`m${i}`);
  for (let i = 1; i <= 20; i++) hear(`x${i}`);
  expect([node.stranded, forge.nameOf(node.chain.tip.block.id), node.chain.orphans]).toEqual([6, "m10", 14]);
});
