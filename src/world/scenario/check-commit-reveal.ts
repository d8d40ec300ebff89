import { parseDecimal } from "../../core/decimal.ts";
import { formatDuration } from "../../core/duration.ts";
import type { Finding } from "./finding.ts";
import type { RulePlace } from "./rules-of.ts";
import { ruleOf } from "./rules-of.ts";
import type { Scenario } from "./schema.ts";

/** What cannot be of commits and reveals: they need calls that are longer than the reveals, and a penalty that is there. */
export function checkCommitReveal(
  scenario: Scenario,
  place: RulePlace,
  { symbol }: { readonly symbol: string },
): Finding[] {
  const rule = ruleOf(scenario, place, "commitReveal");
  if (rule === undefined) return [];
  const { spec, path } = rule;
  const findings: Finding[] = [];
  if (isAbove(spec.penalty, spec.collateral)) {
    const message = `is paid out of the collateral: expected at most ${spec.collateral}, found ${spec.penalty}`;
    findings.push({ path: [...path, "penalty"], message });
  }
  const auctions = ruleOf(scenario, place, "auctions")?.spec;
  if (auctions?.batch === undefined) {
    const message = `needs batches to commit for, and ${symbol} trades one by one: set auctions: { batch: { window: 1s } }, or leave it out`;
    return [...findings, { path, message }];
  }
  const calls = [
    ["the batch", auctions.batch.window],
    ["the opening auction", auctions.opening],
    ["the closing auction", auctions.closing],
  ] as const;
  for (const [call, lengthNs] of calls) {
    if (lengthNs === undefined || spec.reveal < lengthNs) continue;
    const message = `leaves no time to commit in ${call} of ${symbol}: expected less than its ${formatDuration(lengthNs)}, found ${formatDuration(spec.reveal)}`;
    findings.push({ path: [...path, "reveal"], message });
  }
  return findings;
}

/** Whether a decimal is above another, exactly. */
function isAbove(one: string, other: string): boolean {
  const [left, right] = [parseDecimal(one), parseDecimal(other)];
  const scale = Math.max(left.scale, right.scale);
  const units = ({ units: value, scale: own }: typeof left): bigint => value * 10n ** BigInt(scale - own);
  return units(left) > units(right);
}
