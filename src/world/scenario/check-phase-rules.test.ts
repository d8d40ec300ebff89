import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { parseScenario } from "./parse.ts";

function problemsOf(rules: string, { own = "{}", recorded = "", duration = "10m" } = {}): string[] {
  const text = `version: 1
name: made-up
duration: ${duration}
venues:
  - name: X
    rules: ${rules}
    instruments:
      - { symbol: A, base: A, quote: USD, tick: 0.01, lot: 1, referencePrice: 1.00 }
      - { symbol: B, base: B, quote: USD, tick: 0.01, lot: 1, bandPercent: 10, rules: ${own} }
${recorded}
population: [{ kind: noise, name: noise, count: 2 }]
`;
  try {
    parseScenario(text, "s.yaml");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lines = error.describe().split("\n").slice(1);
    // Where in the file each stands is the parser's business.
    return lines.map((line) => line.trim().replace(/^\d+:\d+ /, ""));
  }
  return [];
}

test("what is possible passes, with all its defaults", () => {
  const rules =
    "{ auctions: { opening: 1m, closing: 1m, batch: {} }, circuitBreaker: {}, marketHalt: { levels: [{ declinePercent: 7 }] } }";
  expect(problemsOf(rules, { own: "{ circuitBreaker: { enabled: false } }" })).toEqual([]);
  expect(problemsOf("{}", { own: "{}" })).toEqual([]);
});

test("auctions that are none, take the whole run, or have no time for a batch", () => {
  expect(problemsOf("{ auctions: {} }", { own: "{ auctions: { enabled: false } }" })).toEqual([
    "venues[0].rules.auctions: has no auction: expected opening, closing or batch",
  ]);
  expect(problemsOf("{}", { own: "{ auctions: { opening: 6m, closing: 4m } }" })).toEqual([
    "venues[0].instruments[1].rules.auctions: opening and closing take 10m: expected less than the run's 10m",
  ]);
  expect(problemsOf("{}", { own: "{ auctions: { opening: 5m, batch: { window: 301s } } }" })).toEqual([
    "venues[0].instruments[1].rules.auctions.batch.window: expected at most the 5m of trading that are left, found 5m1s",
  ]);
  expect(problemsOf("{ auctions: { batch: { window: 0s } } }")).toEqual([
    "venues[0].rules.auctions.batch.window: expected a duration above 0, found 0s",
  ]);
});

test("bands and moves that are narrower than a tick, and two bands for one instrument", () => {
  expect(problemsOf("{ limitUpLimitDown: { bandPercent: 0.9 }, circuitBreaker: { movePercent: 0.5 } }")).toEqual([
    "venues[0].rules.limitUpLimitDown: B has a bandPercent of its own: an instrument has one band, leave one of them out",
    "venues[0].rules.limitUpLimitDown.bandPercent: is narrower than a tick of A (0.01): expected at least 1, found 0.9",
    "venues[0].rules.circuitBreaker.movePercent: is narrower than a tick of A (0.01): expected at least 1, found 0.5",
  ]);
});

test("batches stand at no limit", () => {
  expect(
    problemsOf("{ auctions: { batch: {} }, limitUpLimitDown: {} }", {
      own: "{ limitUpLimitDown: { enabled: false } }",
    }),
  ).toEqual([
    "venues[0].rules.limitUpLimitDown: A trades in batches, which stand at no limit: leave it out, or use circuitBreaker",
  ]);
});

test("halts that never end, and levels that do not rise", () => {
  const rules =
    "{ circuitBreaker: { halt: 9m, reopening: 1m }, marketHalt: { levels: [{ declinePercent: 7, halt: 1h }, { declinePercent: 7 }] } }";
  expect(problemsOf(rules, { own: "{ circuitBreaker: {}, marketHalt: { enabled: false } }" })).toEqual([
    "venues[0].rules.circuitBreaker: halt and reopening take 10m: expected less than the run's 10m",
    "venues[0].rules.marketHalt.levels[0]: halt and reopening take 1h30s: expected less than the run's 10m",
    "venues[0].rules.marketHalt.levels[1].declinePercent: expected more than 7, the level before, found 7",
  ]);
});

test("a recording was made while orders traded as they came", () => {
  expect(problemsOf("{}", { own: "{ auctions: { batch: {} } }", recorded: "recorded: { symbol: B }" })).toEqual([
    "venues[0].instruments[1].rules.auctions: a recording drives B, whose trades came one by one: leave auctions or recorded out",
  ]);
});
