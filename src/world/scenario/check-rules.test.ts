import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { parseScenario } from "./parse.ts";

/** Lines 1 to 5; the rules are line 6, one instrument's own line 9. */
function scenario(rules: string, own = "{}"): string {
  return `version: 1
name: made-up
duration: 10m
venues:
  - name: X
    rules: ${rules}
    instruments:
      - { symbol: A, base: A, quote: USD, tick: 0.01, lot: 0.5, minQty: 1, minNotional: 10 }
      - { symbol: B, base: B, quote: USD, tick: 0.01, lot: 1, rules: ${own} }
`;
}

function problemsOf(rules: string, own?: string): string[] {
  try {
    parseScenario(scenario(rules, own), "s.yaml");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error
      .describe()
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

test("an instrument's own rule takes the place of its venue's, and may turn it off", () => {
  expect(problemsOf("{ orderLimits: { maxQty: 0.5 } }", "{ orderLimits: { enabled: false } }")).toEqual([
    "6:29 venues[0].rules.orderLimits.maxQty: lets no order of A pass: expected at least 1, its least quantity, found 0.5",
  ]);
  expect(problemsOf("{ orderLimits: { maxQty: 2.5 } }", "{ orderLimits: { maxQty: 2 } }")).toEqual([]);
});

test("an unknown rule is named, with the one that is near", () => {
  expect(problemsOf("{ orderLimit: {} }")).toEqual([
    '6:14 venues[0].rules.orderLimit: unknown key; did you mean "orderLimits"?',
  ]);
});

test("order limits that limit nothing, everything, or no whole lots", () => {
  expect(problemsOf("{ orderLimits: { maxQty: 2.25, maxNotional: 9 } }", "{ orderLimits: {} }")).toEqual([
    "6:29 venues[0].rules.orderLimits.maxQty: expected whole lots of 0.5 (A), found 2.25",
    "6:43 venues[0].rules.orderLimits.maxNotional: lets no priced order of A pass: expected at least 10, its least notional, found 9",
    "9:72 venues[0].instruments[1].rules.orderLimits: limits nothing: expected maxQty, maxNotional or both",
  ]);
});
