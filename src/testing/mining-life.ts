import { RandomStream } from "../core/random.ts";
import { ChainChecker } from "./chain-checker.ts";
import { fail } from "./check-error.ts";
import type { MiningNetwork } from "./mining-network.ts";
import { miningNetwork } from "./mining-network.ts";
import type { Block } from "../consensus/proof-of-work/block.ts";
import { chainCodec } from "../consensus/proof-of-work/chain-message.ts";
import type { ChainParameters } from "../consensus/proof-of-work/parameters.ts";
import { CHAIN_DEFAULTS } from "../consensus/proof-of-work/parameters.ts";
import { payment } from "./coins.ts";
import type { TreeBlock } from "../consensus/proof-of-work/tree-block.ts";

const SECOND = 1e9;
const ACCOUNTS = [1, 2, 3, 4];
const CLIENT = 99;
const PARAMETERS: ChainParameters = {
  ...CHAIN_DEFAULTS,
  blockIntervalNs: SECOND,
  difficultyFirst: 1_000,
  retargetBlocks: 8,
  reward: 50,
  halvingBlocks: 20,
  allocation: new Map(ACCOUNTS.map((account) => [account, 10_000])),
  depthMax: 64,
  snapshotBlocks: 8,
  treeBlocksMax: 256,
};
const FAULTS_SECONDS = 60;

/** What happened, so that a test can say that it did. */
export interface Hardships {
  reorganisations: number;
  crashes: number;
  cuts: number;
  /** Times that a node caught up by more than two blocks at once. */
  behind: number;
  payments: number;
}

interface Life {
  readonly net: MiningNetwork;
  readonly checker: ChainChecker;
  readonly random: RandomStream;
  readonly seen: Hardships;
}

/**
 * Lets a cluster that the seed draws mine under loss, cuts and crashes; then heals everything, and lets it come to rest.
 * @throws {BookCheckError} when a node's state is ever not that of its chain, or when not all end upon the heaviest one
 */
export function mineUnderFaults(seed: number): Hardships {
  const life = born(seed);
  const { net, checker, seen } = life;
  for (let second = 1; second <= FAULTS_SECONDS; second++) {
    net.network.run(second * SECOND);
    disturb(life);
    for (let i = 0; i < 3; i++) pay(life);
  }
  healAll(life);
  // One goes on mining, or two branches of the same weight could stay for ever.
  for (const number of net.nodes.keys()) net.setPower(number, number === 0 ? 1_000 : 0);
  net.network.run((FAULTS_SECONDS + 60) * SECOND);
  net.setPower(0, 0);
  net.network.run((FAULTS_SECONDS + 90) * SECOND);
  checkAgreement(life, seed);
  for (const account of ACCOUNTS) seen.payments += checker.nonceAt(checker.heaviest().id, account);
  return seen;
}

function checkAgreement({ net, checker }: Life, seed: number): void {
  const { id } = checker.heaviest();
  for (const [number, { chain }] of net.nodes.entries()) {
    const { tip } = chain;
    if (tip.block.id !== id)
      fail(`seed ${seed}: node ${number} is at ${tip.block.height} and not upon the heaviest chain`);
    if (net.ledgers[number].hash() !== net.ledgers[0].hash()) fail(`seed ${seed}: node ${number} has another state`);
    checker.compare(id, net.ledgers[number]);
  }
}

/** Draws a cluster, and lets the checker follow the tip of every node after every event. */
function born(seed: number): Life {
  const random = RandomStream.named(seed, "life", "draws");
  const nodes = random.integer(3, 6);
  const delayNsMax = random.integer(10, 800) * 1e6;
  const net = miningNetwork({
    seed,
    parameters: PARAMETERS,
    powers: Array.from({ length: nodes }, () => random.integer(1, 400)),
    delayNs: (_from, _to, chance) => chance.integer(1e6, delayNsMax),
    codec: chainCodec,
    announceNs: SECOND,
  });
  const checker = new ChainChecker(PARAMETERS);
  const seen = { reorganisations: 0, crashes: 0, cuts: 0, behind: 0, payments: 0 };
  const tips: (TreeBlock | undefined)[] = [];
  net.network.lossProbability = random.uniform() * 0.3;
  net.network.onEvent = (number) => {
    const tip = net.network.isUp(number) ? net.nodes[number].chain.tip : undefined;
    const before = tips[number];
    tips[number] = tip;
    if (tip === undefined || tip === before) return;
    follow(checker, tip);
    checker.compare(tip.block.id, net.ledgers[number]);
    if (before !== undefined && !net.nodes[number].chain.isOnMain(before)) seen.reorganisations++;
    if (before !== undefined && tip.block.height > before.block.height + 2) seen.behind++;
  };
  return { net, checker, random, seen };
}

function follow(checker: ChainChecker, tip: TreeBlock): void {
  const missing: Block[] = [];
  for (let each: TreeBlock | undefined = tip; each !== undefined && !checker.has(each.block.id); each = each.parent) {
    missing.push(each.block);
  }
  for (const block of missing.toReversed()) checker.add(block);
}

function pay({ net, random }: Life): void {
  const to = random.integer(0, net.nodes.length - 1);
  if (!net.network.isUp(to)) return;
  const sender = ACCOUNTS[random.integer(0, ACCOUNTS.length - 1)];
  const receiver = ACCOUNTS[random.integer(0, ACCOUNTS.length - 1)];
  const nonce = net.ledgers[to].nextNonce(sender) + random.integer(0, 1);
  const transaction = payment({ sender, receiver, amount: random.integer(0, 500), fee: random.integer(0, 9), nonce });
  net.network.inject(to, CLIENT, { kind: "submission", transaction });
}

/** Something bad, or the end of it. */
function disturb({ net: { network, nodes }, random, seen }: Life): void {
  const number = random.integer(0, nodes.length - 1);
  const fate = random.uniform();
  if (!network.isUp(number)) network.start(number);
  else if (fate < 0.15) {
    network.crash(number);
    seen.crashes++;
  } else if (fate < 0.3) {
    network.disks[number].writesLeft = random.integer(network.disks[number].writes, network.disks[number].writes + 9);
  }
  const cut = random.uniform();
  if (cut < 0.1) {
    network.partition(nodes.map(() => random.integer(0, 1)));
    seen.cuts++;
  } else if (cut < 0.2) network.heal();
}

function healAll({ net: { network, nodes } }: Life): void {
  network.lossProbability = 0;
  network.heal();
  for (const number of nodes.keys()) {
    network.disks[number].writesLeft = Infinity;
    if (!network.isUp(number)) network.start(number);
  }
}
