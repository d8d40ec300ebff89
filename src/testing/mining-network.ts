import type { ChainMessage } from "../consensus/proof-of-work/chain-message.ts";
import type { AccountLedger } from "../consensus/ledger/account-ledger.ts";
import type { Mining } from "../consensus/proof-of-work/mining.ts";
import { SimulatedMining } from "../consensus/proof-of-work/mining.ts";
import type { NodeOptions } from "../consensus/proof-of-work/node.ts";
import { ProofOfWorkNode } from "../consensus/proof-of-work/node.ts";
import type { ChainParameters } from "../consensus/proof-of-work/parameters.ts";
import type { Strategy } from "../consensus/proof-of-work/strategy.ts";
import { honest } from "../consensus/proof-of-work/strategy.ts";
import { COIN_ACCOUNTS, coinLedger } from "./coins.ts";
import type { ReplicaNetworkOptions } from "./replica-network.ts";
import { ReplicaNetwork } from "./replica-network.ts";

export interface MiningNetworkOptions {
  readonly seed: number;
  readonly parameters: ChainParameters;
  /** Simulated hashes per second, by node. */
  readonly powers: readonly number[];
  readonly strategies?: ReadonlyMap<number, Strategy>;
  readonly delayNs: ReplicaNetworkOptions<ChainMessage>["delayNs"];
  readonly codec?: ReplicaNetworkOptions<ChainMessage>["codec"];
  readonly announceNs?: number;
  /** To whom a node speaks by itself; to all others where nothing is said. */
  readonly peersOf?: (node: number) => readonly number[];
  /** In a mesh where all are peers of all, everybody hears of a block from its miner: relaying it only costs time. */
  readonly relay?: "all" | "own blocks only";
}

export interface MiningNetwork {
  readonly network: ReplicaNetwork<ChainMessage>;
  /** As they are at the moment: a crashed node is another one afterwards. */
  readonly nodes: ProofOfWorkNode[];
  readonly ledgers: AccountLedger[];
  /** Takes power from a node, or gives it: it counts from its next block on. */
  setPower(node: number, hashesPerSecond: number): void;
}

/** Nodes of one chain, each a peer of all others; the account of a node's rewards is 1,000 and its number. */
export function miningNetwork(options: MiningNetworkOptions): MiningNetwork {
  const { parameters, strategies, seed, delayNs, announceNs } = options;
  const powers = [...options.powers];
  const numbers = powers.map((_, number) => number);
  const nodes: ProofOfWorkNode[] = [];
  const ledgers: AccountLedger[] = [];
  const minings: SimulatedMining[] = [];
  const network = new ReplicaNetwork<ChainMessage>({
    seed,
    replicas: powers.length,
    delayNs,
    ...(options.codec === undefined ? {} : { codec: options.codec }),
    create(number, disk) {
      minings[number] = new SimulatedMining(powers[number]);
      ledgers[number] = coinLedger(parameters.allocation);
      const strategy = strategies?.get(number) ?? (options.relay === "own blocks only" ? silent : undefined);
      nodes[number] = new ProofOfWorkNode(disk, {
        parameters,
        proof: "simulated",
        accountKeys: COIN_ACCOUNTS.verifier,
        machine: ledgers[number],
        peers: options.peersOf?.(number) ?? numbers.filter((peer) => peer !== number),
        account: minerAccount(number),
        mining: minings[number] satisfies Mining,
        ...(strategy === undefined ? {} : { strategy }),
        ...(announceNs === undefined ? {} : { announceNs }),
      } satisfies NodeOptions);
      return nodes[number];
    },
  });
  return {
    network,
    nodes,
    ledgers,
    setPower(node, hashesPerSecond) {
      powers[node] = hashesPerSecond;
      minings[node].setPower(hashesPerSecond);
    },
  };
}

/** Honest, but tells nobody what it heard. */
const silent: Strategy = { ...honest, onHeard: () => {} };

export function minerAccount(node: number): number {
  return 1_000 + node;
}
