import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { parseScenario } from "./parse.ts";

/** The fees are line 6. */
function problemsOf(fees: string): string[] {
  const text = `version: 1
name: made-up
duration: 10m
venues:
  - name: X
    fees: ${fees}
    instruments: [{ symbol: A, base: A, quote: USD, tick: 0.01, lot: 1 }]
`;
  try {
    parseScenario(text, "s.yaml");
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

test("tiers, a window, a least fee and a surcharge are fees", () => {
  expect(
    problemsOf(
      "{ makerBps: -0.1, takerBps: 0.3, tiers: [{ volume: 1000, makerBps: -0.2, takerBps: 0.25 }], volumeWindow: 1m, minimum: 0.01, washBps: 50 }",
    ),
  ).toEqual([]);
});

test("all that is wrong with them is told at once", () => {
  expect(
    problemsOf(
      "{ makerBps: -0.3, takerBps: 0.3, washBps: 0.001, tiers: [{ volume: 1000, takerBps: 0.2 }, { volume: 900, makerBps: -0.25, takerBps: 0.5 }] }",
    ),
  ).toEqual([
    "6:13 venues[0].fees.makerBps: expected a rebate of at most the taker fee (0.2), found 0.3",
    "6:44 venues[0].fees.washBps: expected hundredths of a basis point at the finest, found 0.001",
    "6:103 venues[0].fees.tiers[1].volume: expected more than the tier before it (1000), found 900",
    "6:116 venues[0].fees.tiers[1].makerBps: expected a rebate of at most the taker fee (0.2), found 0.25",
  ]);
  expect(problemsOf("{ volumeWindow: 1m }")).toEqual([
    "6:13 venues[0].fees.volumeWindow: says nothing without tiers: expected tiers, or no window",
  ]);
});

test("amounts must be there in the quote asset's units", () => {
  expect(problemsOf("{ minimum: 0.005, tiers: [{ volume: 1000000000000000000 }] }")).toEqual([
    "6:13 venues[0].fees.minimum: expected at most 2 decimals (A), found 0.005",
    "6:39 venues[0].fees.tiers[0].volume: expected at most 2^53 of the smallest unit, 10^-2 (A), found 1000000000000000000",
  ]);
});
