import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { parseScenario } from "./parse.ts";

function problemsOf(rules: string): string[] {
  const text = `version: 1
name: made-up
duration: 10m
venues:
  - name: X
    rules: ${rules}
    instruments:
      - { symbol: A, base: A, quote: USD, tick: 0.01, lot: 1 }
`;
  try {
    parseScenario(text, "s.yaml");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

test("commits need batches", () => {
  expect(problemsOf("{ commitReveal: {} }")).toEqual([
    "venues[0].rules.commitReveal: needs batches to commit for, and A trades one by one: set auctions: { batch: { window: 1s } }, or leave it out",
  ]);
  expect(problemsOf("{ auctions: { opening: 30s }, commitReveal: {} }")).toHaveLength(1);
  expect(problemsOf("{ auctions: { batch: {} }, commitReveal: {} }")).toEqual([]);
  expect(problemsOf("{ commitReveal: { enabled: false } }")).toEqual([]);
});

test("every impossible length and amount is named at once", () => {
  const auctions = "auctions: { opening: 500ms, closing: 10s, batch: { window: 1s } }";
  expect(problemsOf(`{ ${auctions}, commitReveal: { reveal: 1s, collateral: 1.5, penalty: 1.51 } }`)).toEqual([
    "venues[0].rules.commitReveal.reveal: leaves no time to commit in the batch of A: expected less than its 1s, found 1s",
    "venues[0].rules.commitReveal.reveal: leaves no time to commit in the opening auction of A: expected less than its 500ms, found 1s",
    "venues[0].rules.commitReveal.penalty: is paid out of the collateral: expected at most 1.5, found 1.51",
  ]);
  expect(problemsOf(`{ ${auctions}, commitReveal: { reveal: 499ms, collateral: 1.5, penalty: 1.500 } }`)).toEqual([]);
});
