import { describe, test } from "vitest";

import { FastBook } from "../../src/market/fast-book.ts";
import { BOOK_PROFILES, profileNamed } from "../../src/testing/book-profiles.ts";
import { compareBooks } from "../../src/testing/compare-books.ts";
import { NaiveBook } from "../../src/testing/naive-book.ts";

/**
 * The differential test of the books for as long as you like, a test per seed and profile:
 *
 *     TRADESWARM_SOAK_SEEDS=100 npx vitest run --mode soak test/soak/matching.soak.ts
 *
 * TRADESWARM_SOAK_SEED is the first seed (1), TRADESWARM_SOAK_PROFILE runs one profile only, TRADESWARM_SOAK_COMMANDS
 * is the count per seed and profile. Without any of them it is about five million commands.
 */
const seeds = wholeNumber("TRADESWARM_SOAK_SEEDS", process.env["TRADESWARM_SOAK_SEED"] === undefined ? 20 : 1);
const firstSeed = wholeNumber("TRADESWARM_SOAK_SEED", 1);
const commands = wholeNumber("TRADESWARM_SOAK_COMMANDS", 20_000);
const profileName = process.env["TRADESWARM_SOAK_PROFILE"];
const profiles = profileName === undefined ? BOOK_PROFILES : [profileNamed(profileName)];

for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
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

function wholeNumber(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${variable}: expected a whole number above 0, found "${text}"`);
}
