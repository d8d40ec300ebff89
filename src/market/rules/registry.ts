import type { ReasonName } from "../../model/reason.ts";
import type { OrderLimitsOptions } from "./order-limits.ts";
import { OrderLimits } from "./order-limits.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

/** Which rules an instrument has, and how they are set. */
export interface RuleOptions {
  readonly orderLimits?: OrderLimitsOptions | undefined;
}

export type RuleName = keyof RuleOptions;

export interface RuleKind {
  readonly name: RuleName;
  /** What it does, in a sentence; docs/venue-rules.md shows it. */
  readonly does: string;
  /**
   * Whether instruments that are set by the same options (the same object) share one rule, which then counts over all
   * of them, or each has its own.
   */
  readonly scope: "venue" | "instrument";
  readonly reasons: readonly ReasonName[];
  /** The rule as these options set it; undefined where they do not ask for it. */
  create(options: RuleOptions, site: RuleSite): VenueRule | undefined;
}

/** Every rule, in the order in which they are asked and shown reports. */
export const RULE_KINDS: readonly RuleKind[] = [
  kind("orderLimits", {
    does: "Refuses orders above a size in lots, or above a notional.",
    scope: "instrument",
    reasons: ["orderTooLarge", "notionalLimit"],
    make: (options, site) => new OrderLimits(options, site),
  }),
];

function kind<Name extends RuleName>(
  name: Name,
  {
    make,
    ...rest
  }: Omit<RuleKind, "name" | "create"> & {
    make: (options: NonNullable<RuleOptions[Name]>, site: RuleSite) => VenueRule;
  },
): RuleKind {
  return {
    name,
    ...rest,
    create(options, site) {
      const own = options[name];
      return own === undefined ? undefined : make(own, site);
    },
  };
}
