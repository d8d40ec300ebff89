import { describe, expect, test } from "vitest";

import type { Actor } from "../../kernel/actor.ts";
import { Kernel } from "../../kernel/kernel.ts";
import { UniformLink } from "../../kernel/links.ts";
import { COIN_ACCOUNTS, coinLedger, payment } from "../../testing/coins.ts";
import { LedgerAnswer } from "../account-machine.ts";
import type { Outcome } from "../client-messages.ts";
import { keyedHashKeyring } from "../keyed-hash.ts";
import type { SignedTransaction } from "../transaction.ts";
import { nonceOf, TransactionWord } from "../transaction.ts";
import { FinalityRecord } from "./finality-record.ts";
import type { LedgerCluster, LedgerClusterOptions } from "./ledger-cluster.ts";
import { proofOfWorkCluster } from "./proof-of-work-cluster.ts";
import { raftCluster } from "./raft-cluster.ts";
import type { StreamletLie } from "./streamlet-cluster.ts";
import { streamletCluster } from "./streamlet-cluster.ts";

const SECOND = 1e9;
const ALLOCATION = new Map([
  [1, 1_000],
  [2, 1_000],
  [50, 10],
]);
const REPLICAS = ["amy", "bob", "cem", "dot"];
const money = { account: 50, keys: COIN_ACCOUNTS };

function raft(options: LedgerClusterOptions): LedgerCluster {
  return raftCluster({ ...options, heartbeatNs: 50e6, electionNs: 300e6 });
}

function streamlet(options: LedgerClusterOptions, liars = new Map<number, StreamletLie>()): LedgerCluster {
  return streamletCluster({ ...options, liars, money });
}

function proofOfWork(options: LedgerClusterOptions): LedgerCluster {
  return proofOfWorkCluster({
    ...options,
    confirmations: 4,
    proof: "simulated",
    powers: [1, 1, 1, 1],
    minerAccount: (replica) => 100 + replica,
    allocation: ALLOCATION,
    liars: new Map(),
    money,
  });
}

interface Submitted {
  readonly atNs: number;
  readonly to: number;
  readonly transaction: SignedTransaction;
}

/** Replicas in a kernel, and a client that hands in transactions and hears what became of them. */
function scene(create: (options: LedgerClusterOptions) => LedgerCluster, submitted: readonly Submitted[]) {
  const kernel = new Kernel({ seed: 4, link: new UniformLink({ seed: 4, lowNs: 1e6, highNs: 20e6 }) });
  const record = new FinalityRecord(() => kernel.nowNs);
  const cluster = create({
    seed: 4,
    replicas: REPLICAS,
    clients: ["client"],
    signatures: keyedHashKeyring,
    accountKeys: COIN_ACCOUNTS.verifier,
    createLedger: () => coinLedger(ALLOCATION),
    mempool: {},
    blockIntervalNs: 200e6,
    record,
  });
  const told: Outcome[] = [];
  const client: Actor = {
    onStart: (context) => submitted.forEach(({ atNs }, i) => context.setTimer(atNs, i)),
    onMessage(_context, words, at) {
      const message = cluster.codec.decode(words, at);
      if (message?.kind === "outcome") told.push(message as Outcome);
    },
    onTimer(context, i) {
      const { to, transaction } = submitted[i];
      const message = context.compose(3);
      cluster.codec.encode({ kind: "submission", transaction }, context.words, message << 4);
      context.send(context.find(REPLICAS[to]), message);
    },
  };
  for (const { name, actor } of cluster.members) kernel.add(name, actor);
  kernel.add("client", client);
  const ledgers = () => cluster.members.map(({ ledger }) => ledger());
  return { kernel, record, cluster, told, ledgers };
}

const paid = (nonce: number, amount = 1, sender = 1): SignedTransaction =>
  payment({ sender, receiver: 3, amount, fee: 0, nonce });

describe.each([
  ["Raft", raft],
  ["Streamlet", streamlet],
  ["proof of work", proofOfWork],
])("a ledger on %s", (_name, create) => {
  test("takes transfers at any replica, makes them final in order and tells the client", () => {
    const submitted = Array.from({ length: 40 }, (_, nonce) => {
      return { atNs: 2 * SECOND + nonce * 30e6, to: nonce % 4, transaction: paid(nonce, 1 + nonce) };
    });
    const { kernel, record, told, ledgers } = scene(create, submitted);
    kernel.run(20 * SECOND);
    const nonces = told.map(({ words }) => words[TransactionWord.nonce]).toSorted((a, b) => a - b);
    expect(nonces).toEqual(submitted.map(({ transaction }) => nonceOf(transaction)));
    expect(told.every(({ result }) => result === LedgerAnswer.applied)).toBe(true);
    expect(ledgers().map((ledger) => ledger.balanceOf(3))).toEqual([820, 820, 820, 820]);
    const { blocks, transactions, refused, spentTwice } = record.finalChain();
    expect([transactions, refused, spentTwice, record.forks(), record.reverted]).toEqual([40, 0, [], [], 0]);
    expect(blocks).toBeGreaterThan(2);
  });

  test("lets no account spend the same twice, whatever it tells whom", () => {
    const one = paid(0, 900);
    const other = payment({ sender: 1, receiver: 4, amount: 900, fee: 0, nonce: 0 });
    const submitted = [0, 1, 2, 3].map((to) => ({ atNs: 2 * SECOND, to, transaction: to < 2 ? one : other }));
    const { kernel, record, ledgers } = scene(create, submitted);
    kernel.run(20 * SECOND);
    for (const ledger of ledgers()) {
      expect([ledger.balanceOf(1), ledger.balanceOf(3) + ledger.balanceOf(4)]).toEqual([100, 900]);
    }
    const { transactions, spentTwice } = record.finalChain();
    expect([transactions, spentTwice, record.forks()]).toEqual([1, [], []]);
  });

  test("goes on while replicas crash, and those that come back catch up", () => {
    const submitted = Array.from({ length: 60 }, (_, nonce) => {
      return { atNs: 2 * SECOND + nonce * 100e6, to: 3, transaction: paid(nonce) };
    });
    const { kernel, cluster, record, ledgers } = scene(create, submitted);
    for (const atNs of [3 * SECOND, 6 * SECOND]) {
      kernel.run(atNs);
      // The client speaks to the last one, which stays up.
      const leader = cluster.leader(kernel.nowNs) ?? 0;
      const victim = leader === 3 ? 0 : leader;
      kernel.outages.crash(victim);
      kernel.run(atNs + 2 * SECOND);
      kernel.outages.restart(victim, atNs + 2 * SECOND);
    }
    kernel.run(40 * SECOND);
    expect(ledgers().map((ledger) => ledger.balanceOf(3))).toEqual([60, 60, 60, 60]);
    const { transactions, spentTwice } = record.finalChain();
    expect([transactions, spentTwice, record.forks()]).toEqual([60, [], []]);
    expect(cluster.members.map(({ ledger }) => ledger().total() - ledger().supply())).toEqual([0, 0, 0, 0]);
  });
});

test("a liar of four in Streamlet changes nothing, and is caught", () => {
  const submitted = [{ atNs: 2 * SECOND, to: 0, transaction: paid(0) }];
  const one = scene((options) => streamlet(options, new Map([[3, "equivocate"]])), submitted);
  one.kernel.run(20 * SECOND);
  expect([one.record.forks(), [...one.record.culprits], one.record.finalChain().spentTwice]).toEqual([[], [3], []]);
  expect(one.ledgers()[0].balanceOf(3)).toBe(1);
});

test("a client's signature is looked at by every protocol", () => {
  for (const create of [raft, streamlet, proofOfWork]) {
    const { words } = paid(0);
    const forged = { words, signature: paid(0, 1, 2).signature };
    const { kernel, record } = scene(create, [{ atNs: 2 * SECOND, to: 0, transaction: forged }]);
    kernel.run(10 * SECOND);
    expect(record.finalChain().transactions).toBe(0);
  }
});
