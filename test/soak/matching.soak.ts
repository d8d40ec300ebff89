import { describe, test } from "vitest";

import { FastBook } from "../../src/market/fast-book.ts";
import { BOOK_PROFILES } from "../../src/testing/book-profiles.ts";
import { compareBooks } from "../../src/testing/compare-books.ts";
import { NaiveBook } from "../../src/testing/naive-book.ts";
import { soakSettings } from "./soak-settings.ts";

/**
 * The differential test of the books for as long as you like, a test per seed and profile; about five million commands
 * unless the environment says otherwise (soak-settings.ts):
 *
 *     TRADESWARM_SOAK_SEEDS=100 npx vitest run --mode soak test/soak/matching.soak.ts
 */
const { seeds, commands, profiles } = soakSettings({ seeds: 20, commands: 20_000, profiles: BOOK_PROFILES });

for (const seed of seeds) {
  describe(`FastBook does word for word what NaiveBook does, seed ${seed}, ${commands} commands`, () => {
    test.each(profiles)("$name", (profile) => {
      compareBooks({
        profile,
        seed,
        commands,
        expected: (rules) => new NaiveBook(rules),
        found: (rules) => new FastBook(rules),
      });
    });
  });
}
