import { assert } from "../../core/assert.ts";
import type { Units } from "../../core/units.ts";
import type { ChainParameters } from "./parameters.ts";

type RewardRules = Pick<ChainParameters, "reward" | "halvingBlocks" | "allocation">;

/** What the miner of the block at this height gets beside its fees. */
export function rewardAt(height: number, rules: RewardRules): Units {
  assert(height > 0, "nobody mined the genesis block");
  let reward = rules.reward;
  const halvings = Math.floor((height - 1) / rules.halvingBlocks);
  for (let i = 0; i < halvings && reward > 0; i++) reward = Math.floor(reward / 2);
  return reward;
}

/** All money there is after the block at this height: what was allocated, and every reward since. */
export function supplyAt(height: number, rules: RewardRules): Units {
  let supply = 0;
  for (const units of rules.allocation.values()) supply += units;
  let reward = rules.reward;
  for (let first = 1; first <= height && reward > 0; first += rules.halvingBlocks) {
    supply += reward * Math.min(rules.halvingBlocks, height - first + 1);
    reward = Math.floor(reward / 2);
  }
  assert(Number.isSafeInteger(supply), "the schedule of rewards makes more money than can be counted exactly");
  return supply;
}
