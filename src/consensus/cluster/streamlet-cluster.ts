import { blockForger } from "../byzantine/block-forger.ts";
import { Coalition } from "../byzantine/coalition.ts";
import { doubleVoter } from "../byzantine/double-voter.ts";
import { equivocatingLeader } from "../byzantine/equivocating-leader.ts";
import { lateReplica } from "../byzantine/late-replica.ts";
import type { DoubleSpender } from "../byzantine/lies.ts";
import { silentReplica } from "../byzantine/silent.ts";
import { voteWithholder } from "../byzantine/vote-withholder.ts";
import { genesisOf } from "../block.ts";
import type { AccountLedger } from "../ledger/account-ledger.ts";
import { transferWords } from "../ledger/ledger-transaction.ts";
import { CheckedDisk } from "../checked-disk.ts";
import { ReplicaActor } from "../replica-actor.ts";
import type { Replica } from "../replica.ts";
import type { Keyring } from "../signature.ts";
import { SimulatedDisk } from "../simulated-disk.ts";
import { streamletCodec } from "../streamlet/codec.ts";
import type { StreamletMessage } from "../streamlet/message.ts";
import type { StreamletOptions } from "../streamlet/options.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { epochAt, leaderOf, toleratedBy } from "../streamlet/rules.ts";
import { signTransaction } from "../transaction.ts";
import type { LedgerCluster, LedgerClusterOptions, LedgerMember, LiarsMoney } from "./ledger-cluster.ts";

/** How replicas of Streamlet may lie. */
export const STREAMLET_LIES = [
  "silent",
  "withholdVotes",
  "voteTwice",
  "equivocate",
  "forge",
  "beLate",
  "coalition",
] as const;
export type StreamletLie = (typeof STREAMLET_LIES)[number];

export interface StreamletClusterOptions extends LedgerClusterOptions {
  /** By replica; the others are honest. */
  readonly liars: ReadonlyMap<number, StreamletLie>;
  /** What liars try to spend twice. */
  readonly money: LiarsMoney;
}

/** An epoch is two Delta long: Delta is how long a message takes at most once the network is well. */
const DELTAS_PER_EPOCH = 2;

/** Replicas that agree by Streamlet, some of which may lie. */
export function streamletCluster(options: StreamletClusterOptions): LedgerCluster {
  const { replicas, clients, seed, record, createLedger, liars } = options;
  const names = [...replicas, ...clients];
  const keys = options.signatures({ seed, group: "replicas", signers: replicas.length });
  const spender = doubleSpenderOf(options.money);
  const coalition = coalitionOf(options, keys, spender);
  const deltaNs = options.blockIntervalNs / DELTAS_PER_EPOCH;
  const members = replicas.map((name, number): LedgerMember => {
    let machine: AccountLedger;
    const lie = liars.get(number);
    const create = (disk: SimulatedDisk): Replica<StreamletMessage> => {
      machine = createLedger();
      const own: StreamletOptions = {
        replicas: replicas.length,
        chain: seed,
        deltaNs,
        signer: keys.signers[number],
        replicaKeys: keys.verifier,
        accountKeys: options.accountKeys,
        disk: new CheckedDisk(disk),
        machine,
        mempool: options.mempool,
      };
      if (lie !== undefined) return liarOf(lie, own, { spender, coalition });
      return new StreamletReplica({
        ...own,
        observer: {
          onFinal: ({ id, block: { height, transactions: body } }, outcomes) =>
            record.onFinal(number, { height, id, body, outcomes }),
          onEvidence: ({ culprit }) => void record.culprits.add(culprit),
        },
      });
    };
    const disk = new SimulatedDisk({ torn: "left" });
    const actor = new ReplicaActor<StreamletMessage>({ number, names, codec: streamletCodec, disk, create });
    return { name, actor, isHonest: lie === undefined, ledger: () => machine };
  });
  const genesis = genesisOf(seed).id;
  return {
    codec: streamletCodec,
    members,
    witnesses: toleratedBy(replicas.length) + 1,
    leader: (nowNs) => leaderOf(epochAt(nowNs, deltaNs), genesis, replicas.length),
  };
}

function liarOf(
  lie: StreamletLie,
  options: StreamletOptions,
  means: { readonly spender: DoubleSpender; readonly coalition: Coalition },
): Replica<StreamletMessage> {
  switch (lie) {
    case "silent":
      return silentReplica;
    case "withholdVotes":
      return voteWithholder(options, []);
    case "voteTwice":
      return doubleVoter(options);
    case "equivocate":
      return equivocatingLeader(options, means.spender);
    case "forge":
      return blockForger(options, means.spender);
    case "beLate":
      return lateReplica(options);
    case "coalition":
      return means.coalition.member(options);
  }
}

/** Its members are all that are of it; the honest replicas are its victims, in two halves. */
function coalitionOf({ replicas, liars }: StreamletClusterOptions, keys: Keyring, spender: DoubleSpender): Coalition {
  const numbers = replicas.map((_, number) => number);
  const honest = numbers.filter((number) => !liars.has(number));
  const half = Math.ceil(honest.length / 2);
  const members = new Map(
    numbers.filter((number) => liars.get(number) === "coalition").map((number) => [number, keys.signers[number]]),
  );
  return new Coalition({ members, victims: [honest.slice(0, half), honest.slice(half)], spender });
}

/** Sends all coins of an account to one of two others, with the same nonce. */
function doubleSpenderOf({ account, keys }: LiarsMoney): DoubleSpender {
  const pay = (nonce: number, to: number) =>
    signTransaction(transferWords({ account, nonce, to, amount: 1 }), keys.signers[account]);
  return { account, spend: (nonce) => [pay(nonce, account), pay(nonce, account + 1)] };
}
