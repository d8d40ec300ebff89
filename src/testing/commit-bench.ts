import type { CommitSchedule } from "../agents/commit-schedule.ts";
import type { Nanos } from "../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../core/units.ts";
import type { RuleOptions } from "../market/rules/registry.ts";

/** How the market of a bench trades. */
export type TradingStyle = "continuous" | "batches" | "commit and reveal";

const COMMITS_MAX = 10_000;

/** Rules, and what agents are told of them, of a market with batches of a second until a time. */
export function tradingStyle(
  style: TradingStyle,
  endNs: Nanos,
): { readonly rules?: RuleOptions; readonly commits?: CommitSchedule } {
  if (style === "continuous") return {};
  const auctions = { openingNs: 0, closingNs: 0, windowNs: NS_PER_SECOND, endNs, allocation: "time" } as const;
  if (style === "batches") return { rules: { auctions } };
  const revealNs = 300 * NS_PER_MILLISECOND;
  const commitReveal = { revealNs, collateralUnits: 10_000, penaltyUnits: 1_000, commitsMax: COMMITS_MAX };
  const { openingNs, windowNs } = auctions;
  return {
    rules: { auctions, commitReveal },
    commits: { openingNs, windowNs, closingStartsNs: endNs, endNs, revealNs, commitsMax: COMMITS_MAX },
  };
}
