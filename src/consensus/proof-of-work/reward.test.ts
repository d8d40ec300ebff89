import { expect, test } from "vitest";

import { rewardAt, supplyAt } from "./reward.ts";

const RULES = { reward: 50, halvingBlocks: 3, allocation: new Map([[1, 1_000]]) };

test("the reward is halved after each so many blocks, down to nothing", () => {
  const rewards = Array.from({ length: 21 }, (_, i) => rewardAt(i + 1, RULES));
  expect(rewards).toEqual([50, 50, 50, 25, 25, 25, 12, 12, 12, 6, 6, 6, 3, 3, 3, 1, 1, 1, 0, 0, 0]);
});

test("the supply is the allocation and the sum of all rewards, at every height", () => {
  let sum = 1_000;
  for (let height = 0; height <= 40; height++) {
    if (height > 0) sum += rewardAt(height, RULES);
    expect(supplyAt(height, RULES)).toBe(sum);
  }
});

test("the reward of the genesis block is nobody's, and a supply that cannot be counted is refused", () => {
  expect(() => rewardAt(0, RULES)).toThrow("nobody mined");
  expect(() => supplyAt(1e9, { ...RULES, reward: 2 ** 52, halvingBlocks: 1e6 })).toThrow("more money");
});
