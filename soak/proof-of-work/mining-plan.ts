import type { ChainParameters } from "../../src/consensus/proof-of-work/parameters.ts";
import { CHAIN_DEFAULTS } from "../../src/consensus/proof-of-work/parameters.ts";
import { RandomStream } from "../../src/core/random.ts";
import type { LedgerHabits } from "../ledger/ledger-clients.ts";
import { drawLedgerHabits } from "../ledger/ledger-clients.ts";
import type { Limits } from "../life.ts";
import { logUniform } from "../simulation/draws.ts";
import type { Fault, FaultKind } from "../simulation/fault.ts";
import { drawFaults, FAULT_KINDS } from "../simulation/fault.ts";
import type { DiskHabits } from "../simulation/faulty-disk.ts";
import type { Topology } from "../simulation/topology.ts";
import { drawTopology } from "../simulation/topology.ts";

const SECOND = 1e9;
const SECONDS_UNDER_FAULTS = 40;
const LATENCY_MS_MAX = 400;
const NOT_OF_MINERS: readonly FaultKind[] = ["freeze", "hold-up", "black hole", "membership", "transfer", "depose"];
/** Faults that keep nobody away for long. */
const SHORT_FAULTS: readonly FaultKind[] = ["bounce", "torn write", "duplicate", "reorder", "forgery"];
const BALANCE_AT_START = 1_000;

export interface MiningPlan {
  readonly replicas: number;
  readonly clients: number;
  readonly seconds: number;
  readonly chain: ChainParameters;
  /** Simulated hashes per second, by replica. */
  readonly powers: readonly number[];
  readonly confirmations: number;
  readonly announceNs: number;
  readonly topology: Topology;
  readonly habits: LedgerHabits;
  readonly disks: DiskHabits;
  readonly coded: boolean;
  readonly rottenMax: number;
  readonly faults: readonly Fault[];
  readonly keptFaults: readonly Fault[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Draws miners, a chain, what its clients do and what goes wrong. */
export function drawMiningPlan(seed: number, limits: Limits): MiningPlan {
  const random = RandomStream.named(seed, "proof of work", "plan");
  const replicasDrawn = random.integer(3, 7);
  const powersDrawn = Array.from({ length: replicasDrawn }, () => random.integer(1, 400));
  const replicas = Math.min(replicasDrawn, limits.replicas ?? Infinity);
  const powers = powersDrawn.slice(0, replicas);
  const clients = Math.min(random.integer(1, 4), limits.clients ?? Infinity);
  const seconds = Math.min(SECONDS_UNDER_FAULTS, limits.seconds ?? Infinity);
  // Some keep so little that much is forgotten and written anew; then nobody may be away for long.
  const isShallow = random.chance(0.25);
  const blockSeconds = isShallow ? 0.3 : logUniform(random, 0.4, 3);
  const owners = Array.from({ length: clients }, (_, account) => account);
  const snapshotBlocks = random.integer(1, isShallow ? 3 : 8);
  const depthMax = isShallow ? random.integer(16, 24) : 400;
  const rules = {
    blockIntervalNs: Math.ceil(blockSeconds * SECOND),
    difficultyFirst: Math.max(1, Math.round(blockSeconds * powers.reduce((sum, power) => sum + power, 0))),
    retargetBlocks: random.integer(2, 16),
    reward: random.integer(0, 50),
    halvingBlocks: random.integer(3, 40),
    depthMax,
    snapshotBlocks,
    treeBlocksMax: 2 * (depthMax + snapshotBlocks),
    mempoolMax: random.chance(0.7) ? 4_096 : random.integer(2, 12),
    mempoolOfSenderMax: 64,
    orphansMax: random.chance(0.7) ? 64 : random.integer(1, 4),
  };
  const chain = { ...CHAIN_DEFAULTS, ...rules, allocation: new Map(owners.map((owner) => [owner, BALANCE_AT_START])) };
  const habits = drawLedgerHabits(random);
  const disks = { torn: random.chance(0.5) ? random.uniform() : 0 };
  const coded = random.chance(0.2);
  const confirmations = random.integer(1, 6);
  const announceNs = Math.ceil(logUniform(random, 0.5, 5) * SECOND);
  const seats = replicas + clients;
  const topology = drawTopology(RandomStream.named(seed, "proof of work", "topology"), seats, LATENCY_MS_MAX);
  const { mix, faults } = drawFaults(RandomStream.named(seed, "proof of work", "faults"), {
    kinds: isShallow ? SHORT_FAULTS : FAULT_KINDS.filter((kind) => !NOT_OF_MINERS.includes(kind)),
    replicas: replicasDrawn,
    endNs: SECONDS_UNDER_FAULTS * SECOND,
  });
  const kept = limits.faults === undefined ? faults : limits.faults.map((place) => faults[place]);
  const { latencyNs: _, ...where } = topology;
  const drawn = { replicas, powers, ...rules, clients, ...habits, ...disks, coded, confirmations, announceNs, seconds };
  return {
    replicas,
    clients,
    seconds,
    chain,
    powers,
    confirmations,
    announceNs,
    topology,
    habits,
    disks,
    coded,
    rottenMax: replicas - 1,
    faults,
    keptFaults: kept.filter(({ atNs }) => atNs < seconds * SECOND),
    parameters: { ...drawn, ...where, faults: mix },
  };
}
