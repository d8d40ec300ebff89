import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { scenarioText } from "../../testing/scenario-text.ts";
import { limitValue } from "../desk/limit-value.ts";
import { parseScenario } from "./parse.ts";

const AGENTS = ["{ kind: momentum, name: follower, count: 2, desk: alpha, strategy: trends }"];

function problemsOf(desk: string, population = AGENTS): string[] {
  try {
    parseScenario(`${scenarioText({ population })}desks:\n  - ${desk}\n`, "x.yaml");
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

test("a desk with limits at every scope is a scenario", () => {
  const limits = [
    "{ limit: grossExposureMax, value: 1000.50 }",
    "{ scope: agent, of: follower-2, limit: orderLotsMax, value: 5 }",
    "{ scope: strategy, of: trends, limit: stopRequired, value: false }",
    "{ scope: venue, of: XSIM, limit: collarMillionths, value: 1.5 }",
    "{ scope: instrument, of: ACME, limit: referenceAgeNsMax, value: 500ms }",
  ].map((limit) => (limit.includes("scope") ? limit : limit.replace("{", "{ scope: portfolio,")));
  expect(problemsOf(`{ name: alpha, reports: USD, cash: { USD: 1000 }, limits: [${limits.join(", ")}] }`)).toEqual([]);
});

test("every problem of a desk is told at once, with what was meant", () => {
  const desk =
    "{ name: alpha, reports: USB, cash: { ACM: 1 }, kill: [{ at: 9h, grade: halt, scope: venue, of: XSIN }], limits: [{ scope: agent, of: follower-3, limit: orderLotsMax, value: 1.5 }] }";
  const population = [
    ...AGENTS,
    "{ kind: momentum, name: lost, desk: alfa }",
    "{ kind: momentum, name: free, strategy: x }",
  ];
  expect(problemsOf(desk, population).toSorted()).toEqual([
    'desks[0].cash.ACM: no instrument has ACM; did you mean "ACME"?',
    "desks[0].kill[0].at: expected a time within the run's duration",
    'desks[0].kill[0].of: there is no venue XSIN; did you mean "XSIM"?',
    'desks[0].limits[0].of: there is no agent follower-3; did you mean "follower-1"?',
    "desks[0].limits[0].value: expected a whole number of lots, found 1.5",
    'desks[0].reports: no instrument has USB; did you mean "USD"?',
    'population[1].desk: there is no desk alfa; did you mean "alpha"?',
    "population[2].strategy: expected a desk beside it: strategies are a desk's",
  ]);
});

test("a desk without agents says how to give it some", () => {
  expect(problemsOf("{ name: alpha }", ["{ kind: momentum, name: free }"])).toEqual([
    "desks[0]: no group of agents is on the desk alpha: give one `desk: alpha`",
  ]);
});

test("a desk's name fits into an order's id", () => {
  expect(problemsOf("{ name: Alpha-1 }").join()).toContain("expected 2 to 6 small letters");
});

test.each([
  ["money", "2500.5", 250_050],
  ["money", 3_000_000, 300_000_000],
  ["money", "0.001", undefined],
  ["money", -1, undefined],
  ["millionths", 2.5, 25_000],
  ["millionths", 0.00001, undefined],
  ["lots", 7, 7],
  ["lots", true, undefined],
  ["ns", "5s", 5e9],
  ["ns", 5, undefined],
  ["yes or no", true, 1],
  ["yes or no", "yes", undefined],
  ["count", "many", undefined],
] as const)("%s: %s", (unit, value, expected) => {
  expect(limitValue(unit, value, 2)).toBe(expected);
});
