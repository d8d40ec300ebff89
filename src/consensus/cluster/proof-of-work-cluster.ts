import { assert } from "../../core/assert.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { Units } from "../../core/units.ts";
import type { AccountLedger } from "../ledger/account-ledger.ts";
import { chainCodec } from "../proof-of-work/chain-message.ts";
import type { ChainMessage } from "../proof-of-work/chain-message.ts";
import { DoubleSpender } from "../proof-of-work/double-spender.ts";
import type { Mining } from "../proof-of-work/mining.ts";
import { HashMining, SimulatedMining } from "../proof-of-work/mining.ts";
import { ProofOfWorkNode } from "../proof-of-work/node.ts";
import type { ChainParameters } from "../proof-of-work/parameters.ts";
import { CHAIN_DEFAULTS } from "../proof-of-work/parameters.ts";
import { SelfishMiner } from "../proof-of-work/selfish-miner.ts";
import { timestampLiar } from "../proof-of-work/timestamp-liar.ts";
import type { Strategy } from "../proof-of-work/strategy.ts";
import { CheckedDisk } from "../checked-disk.ts";
import { ReplicaActor } from "../replica-actor.ts";
import { SimulatedDisk } from "../simulated-disk.ts";
import type { LedgerCluster, LedgerClusterOptions, LedgerMember, LiarsMoney } from "./ledger-cluster.ts";

/** How miners may break the rules. */
export const MINING_LIES = ["selfishMining", "doubleSpend", "falseTimes"] as const;
export type MiningLie = (typeof MINING_LIES)[number];

export interface ProofOfWorkClusterOptions extends LedgerClusterOptions {
  readonly confirmations: number;
  /** Real hashes, at a difficulty that a simulation can afford, or waiting times of the same law. */
  readonly proof: "hashed" | "simulated";
  /** Parts of the mining power, by replica. */
  readonly powers: readonly number[];
  /** Account of each replica's rewards. */
  readonly minerAccount: (replica: number) => number;
  /** Coins that there are at the start, by account: what the ledgers begin with. */
  readonly allocation: ReadonlyMap<number, Units>;
  readonly liars: ReadonlyMap<number, MiningLie>;
  readonly money: LiarsMoney;
}

/** Blocks of which a branch can be undone, at least; more where more confirmations are asked for. */
const DEPTH_MAX = 128;
/** Hashes that a block takes on average: enough for a share of the power to be a fair share of the blocks. */
const DIFFICULTY = 1_024;
const HASHES_PER_STEP = 4;

/** Miners of one chain, each of which tells all others. */
export function proofOfWorkCluster(options: ProofOfWorkClusterOptions): LedgerCluster {
  const { replicas, clients, record, createLedger, liars, confirmations, powers } = options;
  assert(powers.length === replicas.length, "each miner has its part of the power");
  const names = [...replicas, ...clients];
  const numbers = replicas.map((_, number) => number);
  const parameters = parametersOf(options);
  const members = replicas.map((name, number): LedgerMember => {
    let machine: AccountLedger;
    const lie = liars.get(number);
    const create = (disk: SimulatedDisk): ProofOfWorkNode => {
      machine = createLedger();
      const mining = miningOf(options, number);
      const strategy = lie === undefined ? undefined : strategyOf(lie, options);
      return new ProofOfWorkNode(new CheckedDisk(disk), {
        parameters,
        proof: options.proof,
        accountKeys: options.accountKeys,
        machine,
        peers: numbers.filter((peer) => peer !== number),
        account: options.minerAccount(number),
        confirmations,
        ...(mining === undefined ? {} : { mining }),
        ...(strategy === undefined ? {} : { strategy }),
        // What a liar believes is nobody's business.
        ...(lie === undefined
          ? {
              observer: {
                onFinal: ({ height, id, transactions: body }, outcomes) =>
                  record.onFinal(number, { height, id, body, outcomes }),
                onReorganisation: (left) => record.onReorganisation(left.length),
              },
            }
          : {}),
      });
    };
    const disk = new SimulatedDisk({ torn: "left" });
    const actor = new ReplicaActor<ChainMessage>({ number, names, codec: chainCodec, disk, create });
    return { name, actor, isHonest: lie === undefined, ledger: () => machine };
  });
  return { codec: chainCodec, members, witnesses: 1, leader: () => undefined };
}

function parametersOf({
  confirmations,
  blockIntervalNs,
  allocation,
  mempool,
}: ProofOfWorkClusterOptions): ChainParameters {
  const depthMax = Math.max(DEPTH_MAX, 2 * confirmations);
  return {
    ...CHAIN_DEFAULTS,
    blockIntervalNs,
    difficultyFirst: DIFFICULTY,
    allocation,
    depthMax,
    treeBlocksMax: 8 * depthMax,
    ...(mempool.transactionsMax === undefined ? {} : { mempoolMax: mempool.transactionsMax }),
    ...(mempool.accountTransactionsMax === undefined ? {} : { mempoolOfSenderMax: mempool.accountTransactionsMax }),
  };
}

/** So much power that all together take the interval for a block of the first difficulty. */
function miningOf({ proof, powers, blockIntervalNs }: ProofOfWorkClusterOptions, number: number): Mining | undefined {
  const share = powers[number] / powers.reduce((sum, power) => sum + power, 0);
  if (share === 0) return undefined;
  const hashesPerSecond = (share * DIFFICULTY * NS_PER_SECOND) / blockIntervalNs;
  if (proof === "simulated") return new SimulatedMining(hashesPerSecond);
  const stepNs = Math.max(1, Math.round((HASHES_PER_STEP * NS_PER_SECOND) / hashesPerSecond));
  return new HashMining({ hashesPerStep: HASHES_PER_STEP, stepNs });
}

function strategyOf(lie: MiningLie, options: ProofOfWorkClusterOptions): Strategy {
  const { confirmations, money } = options;
  if (lie === "selfishMining") return new SelfishMiner();
  if (lie === "falseTimes") return timestampLiar(parametersOf(options));
  return new DoubleSpender({
    account: money.account,
    signer: money.keys.signers[money.account],
    merchant: money.account + 1,
    amount: 1,
    fee: 0,
    confirmations,
    givesUpBehind: confirmations + 4,
  });
}
