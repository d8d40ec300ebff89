import type { ChainParameters } from "../consensus/proof-of-work/parameters.ts";
import { CHAIN_DEFAULTS } from "../consensus/proof-of-work/parameters.ts";

/** Simulated hashes per second of all miners together. */
export const ALL_POWER = 1_000;
/** Mean time between blocks when all mine upon one branch. */
export const BLOCK_NS = 10e9;

/**
 * A chain for measuring attacks: the difficulty stays, every block is worth one unit, so that a miner's balance counts
 * its blocks, and no race is longer than what is kept.
 */
export const ATTACK_CHAIN: ChainParameters = {
  ...CHAIN_DEFAULTS,
  blockIntervalNs: BLOCK_NS,
  difficultyFirst: (ALL_POWER * BLOCK_NS) / 1e9,
  retargetBlocks: 1_000_000_000,
  reward: 1,
  halvingBlocks: 1_000_000_000,
  depthMax: 400,
  snapshotBlocks: 4,
  treeBlocksMax: 2_000,
};
