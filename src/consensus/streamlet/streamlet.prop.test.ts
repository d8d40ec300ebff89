import { describe, expect, test } from "vitest";

import { runCoalition } from "../../testing/streamlet/coalition-run.ts";
import { runHonestMajority } from "../../testing/streamlet/run.ts";

/**
 * Clusters that a seed draws: 4 or 7 replicas, fewer liars than a third, a network that loses, delays, doubles, splits,
 * and crashes of disks between any two writes. The checkers in src/testing/streamlet watch from outside.
 */
describe("with fewer liars than a third no two replicas disagree, and the chain grows once the network is well", () => {
  const SEEDS_PER_TEST = 25;
  test.each(Array.from({ length: 8 }, (_, at) => 1 + at * SEEDS_PER_TEST))("25 seeds from %i on", (first) => {
    for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
      expect(runHonestMajority(seed).finalHeight).toBeGreaterThan(0);
    }
  });

  test("a seed decides everything", () => {
    expect(runHonestMajority(3)).toEqual(runHonestMajority(3));
  });
});

describe("a third of liars forks the chain, and all of them are caught, but no one else", () => {
  const isGuilty = ({ culprits, replicas }: ReturnType<typeof runCoalition>): boolean => culprits.size * 3 >= replicas;

  test.each([4, 7, 10])("of %i replicas, while the network keeps two groups apart", (replicas) => {
    for (let seed = 1; seed <= 10; seed++) {
      expect(isGuilty(runCoalition({ seed, replicas, network: "keeps the groups apart" }))).toBe(true);
    }
  });

  test("of 4 replicas, although the network is well", () => {
    for (let seed = 1; seed <= 5; seed++) {
      expect(isGuilty(runCoalition({ seed, replicas: 4, network: "is well" }))).toBe(true);
    }
  });
});
