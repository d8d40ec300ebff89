import type { Path } from "./finding.ts";
import type { InstrumentRulesSpec } from "./rules-schema.ts";
import type { Scenario } from "./schema.ts";

/** Rules that an instrument may have for itself. */
export type RuleSpecName = keyof InstrumentRulesSpec;

/** A venue and an instrument by their places in the scenario. */
export interface RulePlace {
  readonly venue: number;
  readonly instrument: number;
}

/** A rule that holds for an instrument, and where the scenario sets it. */
export interface PlacedRule<Name extends RuleSpecName> {
  readonly spec: NonNullable<InstrumentRulesSpec[Name]>;
  readonly path: Path;
}

/**
 * What an instrument has of a rule: its own where it names the rule, else its venue's.
 * @returns undefined where the rule does not hold
 */
export function ruleOf<Name extends RuleSpecName>(
  { venues }: Scenario,
  { venue, instrument }: RulePlace,
  name: Name,
): PlacedRule<Name> | undefined {
  const own = venues[venue].instruments[instrument].rules[name];
  const spec = own ?? venues[venue].rules[name];
  if (spec === undefined || !spec.enabled) return undefined;
  const at = ["venues", venue, ...(own === undefined ? [] : ["instruments", instrument]), "rules", name];
  return { spec, path: at };
}
