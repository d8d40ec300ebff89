import { RandomStream } from "../core/random.ts";
import type { CreateBook } from "./book-differential.ts";
import { findDifference } from "./book-differential.ts";
import type { BookProfile } from "./book-profiles.ts";
import { PROFILE_RULES } from "./book-profiles.ts";
import { describeDifference, shrinkDifference } from "./book-shrink.ts";
import { BookStepGenerator } from "./book-step-generator.ts";
import type { BookStep } from "./book-steps.ts";

export interface BookComparison {
  readonly profile: BookProfile;
  readonly seed: number;
  readonly commands: number;
  readonly expected: CreateBook;
  readonly found: CreateBook;
}

/**
 * Compares two books under random commands.
 * @throws {Error} with the shortest list of commands that was found to tell them apart, and how to run it again
 */
export function compareBooks({ profile, seed, commands, expected, found }: BookComparison): void {
  const pair = { rules: { ...PROFILE_RULES, ...profile.rules }, expected, found };
  const generator = new BookStepGenerator(RandomStream.named(seed, "matching", profile.name), profile);
  const steps: BookStep[] = Array.from({ length: commands }, () => generator.next());
  const difference = findDifference(pair, steps);
  if (difference === undefined) return;
  const shrunk = shrinkDifference(pair, steps, difference);
  throw new Error(
    [
      `profile "${profile.name}", seed ${seed}, step ${difference.step} of ${commands}; shrunk to ${shrunk.steps.length}:`,
      describeDifference(pair, shrunk),
      "run it again:",
      `  TRADESWARM_SOAK_SEED=${seed} TRADESWARM_SOAK_PROFILE="${profile.name}" TRADESWARM_SOAK_COMMANDS=${commands} \\`,
      "    npx vitest run --mode soak test/soak/matching.soak.ts",
    ].join("\n"),
  );
}
