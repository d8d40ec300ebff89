import { expect, test } from "vitest";

import { nearest } from "./suggestion.ts";

const WORDS = ["seed", "start", "duration", "venues", "network", "population", "agents", "b"];

test.each([
  ["sede", "seed"],
  ["Seed", "seed"],
  ["duratoin", "duration"],
  ["venue", "venues"],
  ["popluation", "population"],
  ["agent", "agents"],
  ["a", "b"],
  ["", undefined],
  ["wibble", undefined],
  ["netowkr", "network"],
  ["ntwrk1", "network"],
  ["nwk", undefined],
])("%j was meant to be %s", (word, expected) => {
  expect(nearest(word, WORDS)).toBe(expected);
});

test("of two that are as near, the first one is meant", () => {
  expect(nearest("cat", ["bat", "hat"])).toBe("bat");
});
