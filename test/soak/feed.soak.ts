import { describe, test } from "vitest";

import { BOOK_PROFILES } from "../../src/testing/book-profiles.ts";
import { FeedFlow } from "../../src/testing/feed-flow.ts";
import { soakSettings } from "./soak-settings.ts";

/**
 * Subscribers that come and go under random commands, each compared with the book, a test per seed and profile; about
 * half a million commands unless the environment says otherwise (soak-settings.ts):
 *
 *     TRADESWARM_SOAK_SEEDS=100 npx vitest run --mode soak test/soak/feed.soak.ts
 */
const { seeds, commands, profiles } = soakSettings({ seeds: 10, commands: 4_000, profiles: BOOK_PROFILES });

for (const seed of seeds) {
  describe(`feeds tell the book, seed ${seed}, ${commands} commands`, () => {
    test.each(profiles)("$name", (profile) => {
      new FeedFlow({ profile, seed, commands }).run();
    });
  });
}
