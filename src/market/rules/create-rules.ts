import type { VenueRule, RuleSite } from "./rule.ts";
import type { RuleOptions } from "./registry.ts";
import { RULE_KINDS } from "./registry.ts";
import { RuleChain } from "./rule-chain.ts";

/**
 * The rules of a venue's instruments, each chain in the order of the registry.
 * @returns by instrument; undefined where an instrument has no rules
 */
export function createRules(
  options: readonly (RuleOptions | undefined)[],
  sites: readonly RuleSite[],
): (RuleChain | undefined)[] {
  const shared = new Map<unknown, VenueRule>();
  return sites.map((site, instrument) => {
    const own = options[instrument];
    if (own === undefined) return undefined;
    const rules = RULE_KINDS.flatMap((kind) => {
      const key = own[kind.name];
      const rule = (kind.scope === "venue" ? shared.get(key) : undefined) ?? kind.create(own, site);
      if (rule === undefined) return [];
      shared.set(key, rule);
      return [rule];
    });
    return rules.length === 0 ? undefined : new RuleChain(rules);
  });
}
