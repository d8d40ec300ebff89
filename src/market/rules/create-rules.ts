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
    const kinds = RULE_KINDS.filter((kind) => own[kind.name] !== undefined);
    const rules = kinds.flatMap((kind) => {
      const key = own[kind.name];
      const rule = (kind.scope === "venue" ? shared.get(key) : undefined) ?? kind.create(own, site);
      if (rule === undefined) return [];
      shared.set(key, rule);
      return [rule];
    });
    if (rules.length === 0) return undefined;
    for (const rule of rules) rule.join?.(site);
    // Who decides about phases hears of them before any rule that asks for one.
    const all = kinds.some(({ setsPhases }) => setsPhases) ? new Set([site.phases, ...rules]) : rules;
    return new RuleChain([...all], site.listed.index, site.bounds);
  });
}
