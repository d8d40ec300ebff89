import { test } from "vitest";

import { runRaft } from "../../src/testing/raft/raft-run.ts";
import { soakSettings } from "./soak-settings.ts";

/**
 * Clusters under faults for as long as you like, a hundred seeds in each test:
 *
 *     TRADESWARM_SOAK_SEEDS=10000 npx vitest run --mode soak test/soak/raft.soak.ts
 *
 * TRADESWARM_SOAK_SEED is the first seed (1). Alone it runs that seed only: so does a failure print itself.
 */
const SEEDS_OF_A_TEST = 100;

const { seeds } = soakSettings({ seeds: 5_000, commands: 1, profiles: [{ name: "all" }] });

for (let at = 0; at < seeds.length; at += SEEDS_OF_A_TEST) {
  const some = seeds.slice(at, at + SEEDS_OF_A_TEST);
  test(`Raft keeps its promises, seeds ${some[0]} to ${some[some.length - 1]}`, () => {
    for (const seed of some) runRaft(seed);
  });
}
