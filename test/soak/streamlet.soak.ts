import { describe, test } from "vitest";

import { runCoalition } from "../../src/testing/streamlet/coalition-run.ts";
import { runHonestMajority } from "../../src/testing/streamlet/run.ts";
import { soakSettings } from "./soak-settings.ts";

/**
 * Clusters of Streamlet under faults and liars, a hundred seeds a test; 5,000 seeds unless the environment says
 * otherwise (soak-settings.ts):
 *
 *     TRADESWARM_SOAK_SEEDS=20000 npx vitest run --mode soak test/soak/streamlet.soak.ts
 *
 * Only one of the two runs with TRADESWARM_SOAK_PROFILE="fewer than a third" or "a third".
 */
const SEEDS_PER_TEST = 100;

const { seeds, profiles } = soakSettings({
  seeds: 5_000,
  commands: 1,
  profiles: [
    { name: "fewer than a third", run: (seed: number) => void runHonestMajority(seed) },
    {
      name: "a third",
      run: (seed: number) =>
        void runCoalition({ seed, replicas: 4 + 3 * (seed % 3), network: "keeps the groups apart" }),
    },
  ],
});
const batches = Array.from({ length: Math.ceil(seeds.length / SEEDS_PER_TEST) }, (_, batch) =>
  seeds.slice(batch * SEEDS_PER_TEST, (batch + 1) * SEEDS_PER_TEST),
);

describe.each(profiles)("$name of the replicas lie", ({ run }) => {
  test.each(batches.map((batch) => ({ first: batch[0], batch })))("seeds from $first on", ({ batch }) => {
    for (const seed of batch) run(seed);
  });
});
