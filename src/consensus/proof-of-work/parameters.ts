import { assert } from "../../core/assert.ts";
import type { Nanos, Units } from "../../core/units.ts";

/** What all nodes of a chain must have in common. */
export interface ChainParameters {
  /** Mean time between blocks at which the retarget aims. */
  readonly blockIntervalNs: Nanos;
  /** Difficulty of the first blocks: hashes that a block takes on average. */
  readonly difficultyFirst: number;
  /** Blocks between two changes of the difficulty. */
  readonly retargetBlocks: number;
  /** By what factor one retarget may change the difficulty at most, up or down. */
  readonly retargetFactorMax: number;
  /** What the miner of a block gets beside the fees, halved every `halvingBlocks`. */
  readonly reward: Units;
  readonly halvingBlocks: number;
  /** Balances at the genesis block, by account. */
  readonly allocation: ReadonlyMap<number, Units>;
  /** By how much a block's time may be ahead of the clock of who gets it. */
  readonly clockAheadNsMax: Nanos;
  /** Blocks that a reorganisation can always undo. A branch that leaves the chain deeper may be refused. */
  readonly depthMax: number;
  /** Blocks from one snapshot of the state to the next. */
  readonly snapshotBlocks: number;
  /** Blocks kept in memory, side branches included. */
  readonly treeBlocksMax: number;
  /** Blocks kept whose parent is missing. */
  readonly orphansMax: number;
  /** Transactions that wait for a block. */
  readonly mempoolMax: number;
  /** Of those, by one sender. */
  readonly mempoolOfSenderMax: number;
}

export const CHAIN_DEFAULTS: ChainParameters = {
  blockIntervalNs: 10e9,
  difficultyFirst: 1_000,
  retargetBlocks: 32,
  retargetFactorMax: 4,
  reward: 5_000_000,
  halvingBlocks: 100_000,
  allocation: new Map(),
  clockAheadNsMax: 60e9,
  depthMax: 128,
  snapshotBlocks: 16,
  treeBlocksMax: 1_024,
  orphansMax: 64,
  mempoolMax: 4_096,
  mempoolOfSenderMax: 64,
};

/** Difficulties are int32 words of a header. */
export const DIFFICULTY_MAX = 0x7fff_ffff;

export function assertParameters(parameters: ChainParameters): void {
  const { retargetBlocks, depthMax, snapshotBlocks, treeBlocksMax, orphansMax, mempoolMax } = parameters;
  const counts = [retargetBlocks, depthMax, snapshotBlocks, treeBlocksMax, orphansMax, mempoolMax];
  assert(
    [...counts, parameters.halvingBlocks, parameters.mempoolOfSenderMax].every((n) => Number.isSafeInteger(n) && n > 0),
    "a chain's limits are whole numbers above 0",
  );
  assert(
    Number.isSafeInteger(parameters.difficultyFirst) &&
      parameters.difficultyFirst >= 1 &&
      parameters.difficultyFirst <= DIFFICULTY_MAX,
    "the first difficulty is a whole number from 1 to 2^31 - 1",
  );
  assert(parameters.retargetFactorMax > 1, "a retarget must be able to change the difficulty");
  assert(parameters.blockIntervalNs > 0, "blocks need an interval above 0");
  // The main chain alone takes that many, so there must be room for side branches as well.
  assert(treeBlocksMax >= 2 * (depthMax + snapshotBlocks), "the tree needs room for the chain twice");
  assert(Number.isSafeInteger(parameters.reward) && parameters.reward >= 0, "a reward is a whole number");
}
