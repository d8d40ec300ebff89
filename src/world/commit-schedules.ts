import type { CommitSchedule } from "../agents/commit-schedule.ts";
import { auctionsOf } from "./phase-rule-options.ts";
import type { RulePlace } from "./scenario/rules-of.ts";
import { ruleOf } from "./scenario/rules-of.ts";
import type { Scenario } from "./scenario/schema.ts";

/** When an instrument takes commits and reveals, for its agents; undefined where it takes orders as they are. */
export function commitScheduleOf(scenario: Scenario, place: RulePlace): CommitSchedule | undefined {
  const rule = ruleOf(scenario, place, "commitReveal")?.spec;
  const auctions = auctionsOf(ruleOf(scenario, place, "auctions")?.spec, scenario.duration);
  if (rule === undefined || auctions === undefined) return undefined;
  const { openingNs, windowNs, closingNs, endNs } = auctions;
  const { reveal: revealNs, commitsMax } = rule;
  return { openingNs, windowNs, closingStartsNs: endNs - closingNs, endNs, revealNs, commitsMax };
}
