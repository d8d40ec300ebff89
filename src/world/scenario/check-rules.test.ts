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
      - { symbol: B, base: B, quote: USD, tick: 0.01, lot: 1, referencePrice: 1.00, rules: ${own} }
population: [{ kind: noise, name: noise, count: 2, account: { owner: fund } }]
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
    "9:94 venues[0].instruments[1].rules.orderLimits: limits nothing: expected maxQty, maxNotional or both",
  ]);
});

test("limits that contradict themselves", () => {
  expect(
    problemsOf(
      "{ rateLimit: { perSecond: 5, throttledPerSecond: 6 }, orderToTrade: { perTrade: 9, perTradeMax: 8 } }",
      "{ rateLimit: { perSecond: 7, throttledPerSecond: 6 }, positionLimit: { maxQty: 0.5 } }",
    ),
  ).toEqual([
    "6:41 venues[0].rules.rateLimit.throttledPerSecond: expected at most perSecond (5): who is throttled is slower, found 6",
    "6:95 venues[0].rules.orderToTrade.perTradeMax: would refuse what is still free: expected at least perTrade (9), found 8",
    "9:163 venues[0].instruments[1].rules.positionLimit.maxQty: lets no order of B pass: expected at least 1, its least quantity, found 0.5",
  ]);
});

test("a collar that is narrower than a tick", () => {
  expect(problemsOf("{ priceCollar: { percent: 1 } }")).toEqual([]);
  expect(problemsOf("{ priceCollar: { percent: 0.5 } }")).toEqual([
    "6:29 venues[0].rules.priceCollar.percent: is narrower than a tick of B (0.01) at its reference price 1: expected at least 1, found 0.5",
  ]);
});

test("a kill switch for nobody, after the end, or released before it is engaged", () => {
  const schedule = [
    "{ at: 1m, action: engage, who: noise }",
    "{ at: 11m, action: release, who: noise }",
    "{ at: 2m, action: engage, who: noise-2 }",
    "{ at: 2m, action: engage, who: noise-3 }",
    "{ at: 3m, action: release }",
    "{ at: 3m, action: engage, who: fund }",
  ];
  expect(problemsOf(`{ killSwitch: { schedule: [${schedule.join(", ")}] } }`)).toEqual([
    "6:81 venues[0].rules.killSwitch.schedule[1].at: is after the run's end: expected at most 10m, found 11m",
    '6:189 venues[0].rules.killSwitch.schedule[3].who: there is no noise-3; did you mean "noise"?',
    "6:215 venues[0].rules.killSwitch.schedule[4].action: releases everybody, whom nothing has stopped by then: expected an engage of the same before",
  ]);
  expect(problemsOf("{}", "{ killSwitch: {} }")).toEqual([
    "9:94 venues[0].instruments[1].rules.killSwitch: unknown key; expected speedBump, commitReveal, rateLimit, orderToTrade, orderLimits, fatFinger, priceCollar, positionLimit, auctions, limitUpLimitDown, circuitBreaker, marketHalt or ownerSelfTrade",
  ]);
});

test("a speed bump that delays nothing, or exempts what is none of its business", () => {
  expect(
    problemsOf("{ speedBump: { delay: 0s } }", "{ speedBump: { appliesTo: takers, exemptCancels: true } }"),
  ).toEqual([
    "6:14 venues[0].rules.speedBump: delays nothing: expected a delay or a jitter above 0, or enabled: false",
    "9:126 venues[0].instruments[1].rules.speedBump.exemptCancels: says nothing where the bump is for takers, since no cancel takes: leave it out",
  ]);
});
