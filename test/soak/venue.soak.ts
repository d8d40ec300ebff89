import { describe, test } from "vitest";

import { VENUE_PROFILES, runVenueFlow, wealthFor } from "../../src/testing/venue-flow.ts";
import { soakSettings } from "./soak-settings.ts";

/**
 * Two venues on one ledger under random commands, the money checked after each, a test per seed and profile; about five
 * million commands unless the environment says otherwise (soak-settings.ts):
 *
 *     TRADESWARM_SOAK_SEEDS=100 npx vitest run --mode soak test/soak/venue.soak.ts
 */
const { seeds, commands, profiles } = soakSettings({ seeds: 20, commands: 20_000, profiles: VENUE_PROFILES });

for (const seed of seeds) {
  describe(`money is right after every command, seed ${seed}, ${commands} commands`, () => {
    test.each(profiles)("$name", (profile) => {
      runVenueFlow({ profile, seed, commands, wealth: wealthFor(profile) });
    });
  });
}
