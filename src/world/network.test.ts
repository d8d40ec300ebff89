import { describe, expect, test } from "vitest";

import { isCarrier } from "../kernel/carrier.ts";
import { scenarioOf } from "../testing/scenario-text.ts";
import { createLink } from "./network.ts";

/** The delay of a first message between two actors, by name. */
function delayNs(network: string, from: string, to: string): number {
  const link = createLink(scenarioOf({ network }));
  if (isCarrier(link)) throw new Error("a link was asked for");
  link.join(0, from);
  link.join(1, to);
  return link.delayNs(0, 1, 0);
}

test("constant: one delay for all", () => {
  expect(delayNs("{ kind: constant, delay: 3us }", "noise-1", "XSIM")).toBe(3_000);
});

test("uniform: a draw between low and high that depends on the names", () => {
  const network = "{ kind: uniform, low: 1ms, high: 5ms }";
  const drawn = ["noise-1", "noise-2", "noise-3"].map((name) => delayNs(network, name, "XSIM"));
  expect(new Set(drawn).size).toBe(3);
  for (const ns of drawn) expect(ns >= 1e6 && ns <= 5e6).toBe(true);
  expect(delayNs(network, "noise-1", "XSIM")).toBe(drawn[0]);
});

test("line: at most the time that light takes from end to end", () => {
  const ns = delayNs("{ kind: line, lengthMetres: 3866660 }", "noise-1", "XSIM");
  expect(ns).toBeGreaterThan(0);
  expect(ns).toBeLessThanOrEqual(12_897_791);
});

describe("matrix", () => {
  const network =
    "{ kind: matrix, places: [a, b, c], delays: [[1ns, 12ns, 13ns], [21ns, 2ns, 23ns], [31ns, 32ns, 3ns]], at: { XSIM: b, noise: c, noise-2: b } }";
  test.each([
    ["an agent stands where its group does", "noise-1", "XSIM", 32],
    ["or at a place of its own", "noise-2", "XSIM", 2],
    ["who is not placed stands at the first place", "value-1", "XSIM", 12],
    ["there and back differ", "XSIM", "noise-1", 23],
    ["a name that objects have anyway is no place", "constructor", "toString-1", 1],
  ])("%s", (_name, from, to, expected) => {
    expect(delayNs(network, from, to)).toBe(expected);
  });
});
