import { expect, test } from "vitest";

import { Kernel } from "../../kernel/kernel.ts";
import { UniformLink } from "../../kernel/links.ts";
import { ChainChecker } from "../../testing/chain-checker.ts";
import { COIN_ACCOUNTS, coinLedger, payment } from "../../testing/coins.ts";
import { MemoryDisk } from "../../testing/memory-disk.ts";
import type { Disk } from "../disk.ts";
import { ReplicaActor } from "../replica-actor.ts";
import { bytesOfId, meetsDifficulty } from "./block.ts";
import { chainCodec } from "./chain-message.ts";
import { HashMining } from "./mining.ts";
import { ProofOfWorkNode } from "./node.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";

const NAMES = ["amy", "bob", "zoe"];
const PARAMETERS = {
  ...CHAIN_DEFAULTS,
  blockIntervalNs: 1e9,
  difficultyFirst: 64,
  retargetBlocks: 16,
  allocation: new Map([[1, 1_000]]),
};

/** Three nodes that hash, in the kernel, for some simulated seconds. */
function run(seconds: number, hashesPerStep: number) {
  const ledgers = NAMES.map(() => coinLedger(PARAMETERS.allocation));
  const nodes: ProofOfWorkNode[] = [];
  const kernel = new Kernel({ seed: 8, link: new UniformLink({ seed: 8, lowNs: 1e6, highNs: 90e6 }) });
  const actors = NAMES.map((_, number) => {
    const create = (disk: Disk): ProofOfWorkNode => {
      nodes[number] = new ProofOfWorkNode(disk, {
        parameters: PARAMETERS,
        proof: "hashed",
        accountKeys: COIN_ACCOUNTS.verifier,
        machine: ledgers[number],
        peers: [0, 1, 2].filter((peer) => peer !== number),
        account: number,
        mining: new HashMining({ hashesPerStep, stepNs: 50e6 }),
      });
      return nodes[number];
    };
    return new ReplicaActor({ number, names: NAMES, codec: chainCodec, disk: new MemoryDisk(), create });
  });
  for (const [number, name] of NAMES.entries()) kernel.add(name, actors[number]);
  nodes[0].mempool.add(payment({ sender: 1, receiver: 2, amount: 10, fee: 3, nonce: 0 }), () => 0);
  kernel.run(seconds * 1e9);
  return { kernel, nodes, ledgers, actors };
}

test("nodes that really hash agree on one chain, and each block of it has its proof", () => {
  const { nodes, ledgers, actors } = run(100, 2);
  const [{ chain }] = nodes;
  // 120 hashes a second at a difficulty of 64: two blocks a second until the retarget, and one from then on.
  expect(chain.tip.block.height).toBeGreaterThan(70);
  const checker = new ChainChecker(PARAMETERS);
  for (let height = 1; height <= chain.tip.block.height; height++) {
    const block = chain.at(height)?.block;
    if (block === undefined) throw new Error(`no block at ${height}`);
    checker.add(block);
    expect(meetsDifficulty(bytesOfId(block.id), block.difficulty)).toBe(true);
  }
  checker.compare(chain.tip.block.id, ledgers[0]);
  // Blocks under way may make the last ones differ.
  const settled = chain.at(chain.tip.block.height - 6)?.block;
  for (const node of nodes) expect(node.chain.at(settled?.height ?? -1)?.block.id).toBe(settled?.id);
  for (const ledger of ledgers) expect(ledger.balanceOf(2)).toBeGreaterThanOrEqual(10);
  expect(chain.tip.block.difficulty).toBeGreaterThan(64);
  expect(actors.map(({ undecodable }) => undecodable)).toEqual([0, 0, 0]);
});

test("a block without its proof is refused, as an orphan too", () => {
  const { nodes } = run(20, 2);
  const [{ chain }] = nodes;
  const parent = chain.tip.block;
  const weak = {
    ...parent,
    height: parent.height + 1,
    parent: parent.id,
    timeNs: parent.timeNs + 1,
    id: "f".repeat(64),
  };
  expect(chain.add(weak, Infinity)).toMatchObject({ status: "refused", fault: "no proof of work" });
  const orphan = { ...weak, parent: "e".repeat(64) };
  expect(chain.add(orphan, Infinity)).toMatchObject({ status: "refused", fault: "no proof of work" });
});

test("the same seed makes the same chain", () => {
  const [one, other] = [run(20, 2), run(20, 2)];
  expect(one.nodes[0].chain.tip.block.id).toBe(other.nodes[0].chain.tip.block.id);
  expect(one.nodes[0].chain.tip.block.height).toBeGreaterThan(5);
});
