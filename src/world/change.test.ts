import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { UserError } from "../core/errors.ts";
import { applyChange } from "./change.ts";
import { POPULATION_KINDS } from "./population-kinds.ts";
import type { Group } from "./world.ts";

function groups(): Group[] {
  const group = (name: string, kind: string, parameters: Record<string, unknown>): Group =>
    ({ name, kind, parameters }) as Partial<Group> as Group;
  return [
    group("momentum", "momentum", { meanInterval: 37_000_000_000, shortMids: 20, typicalLots: 100 }),
    group("a.b", "value", { aggression: 0.1 }),
    group("a", "noise", { typicalLots: 100 }),
    group("own", "./own.ts", { threshold: 3 }),
  ];
}

function problemOf(path: string, value: unknown): string {
  try {
    applyChange({ groups: groups() }, { events: 0, path, value });
  } catch (error) {
    if (error instanceof UserError) return error.describe().split("\n  ")[1];
    throw error;
  }
  return "none";
}

test.each([
  ["momentum.meanInterval", "5s", 0, { meanInterval: 5_000_000_000, shortMids: 20, typicalLots: 100 }],
  ["momentum.typicalLots", 3, 0, { meanInterval: 37_000_000_000, shortMids: 20, typicalLots: 3 }],
  ["a.b.aggression", 0.5, 1, { aggression: 0.5 }],
  ["a.typicalLots", 7, 2, { typicalLots: 7 }],
  ["own.threshold", { any: "thing" }, 3, { threshold: { any: "thing" } }],
])("%s becomes %j", (path, value, place, parameters) => {
  const all = groups();
  applyChange({ groups: all }, { events: 0, path, value });
  expect(all[place].parameters).toEqual(parameters);
  const others = (list: readonly Group[]): readonly Group[] => list.filter((_, i) => i !== place);
  expect(others(all)).toEqual(others(groups()));
});

describe("what cannot change", () => {
  const UNKNOWN = "there is no parameter that can change during a run;";
  test.each([
    ["momentum.meanIntreval", 1, `momentum.meanIntreval: ${UNKNOWN} did you mean momentum.meanInterval?`],
    ["mometum.shortMids", 1, `mometum.shortMids: ${UNKNOWN} did you mean momentum.shortMids?`],
    [
      "momentum.shortMids",
      3,
      "momentum.shortMids: agents of this kind read it once, at the start: a change would do nothing",
    ],
    [
      "wibble",
      1,
      `wibble: ${UNKNOWN} expected one of momentum.meanInterval, momentum.shortMids, momentum.typicalLots, a.b.aggression, a.typicalLots, own.threshold`,
    ],
    ["momentum.", 1, `momentum.: ${UNKNOWN} expected one of`],
    ["own.constructor", 1, `own.constructor: ${UNKNOWN} expected one of`],
    ["own.__proto__", 1, `own.__proto__: ${UNKNOWN} expected one of`],
    ["momentum.meanInterval", 5, "momentum.meanInterval: expected a duration such as 50ns"],
    ["momentum.meanInterval", "0s", 'momentum.meanInterval: expected a duration above 0, found "0s"'],
    ["momentum.typicalLots", "many", 'momentum.typicalLots: expected a number, found "many"'],
    ["momentum.typicalLots", 0.5, "momentum.typicalLots: expected a whole number, found 0.5"],
    ["a.b.aggression", 2, "a.b.aggression: expected at most 1, found 2"],
    ["a.b.aggression", null, "a.b.aggression: expected a number, found null"],
  ])("%s to %j", (path, value, expected) => {
    expect(problemOf(path, value).slice(0, expected.length)).toBe(expected);
  });
});

test("the docs name the parameters that are read once", () => {
  const page = ["population", "rogue-agents"]
    .map((name) => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), "utf8"))
    .join("\n");
  for (const { kind, readOnce } of POPULATION_KINDS) {
    const section = page.split(`\n## ${kind}\n`)[1].split("\n## ")[0];
    const documented = [...section.matchAll(/^\| `(\w+)` .*_at the start_ *\|$/gm)].map(([, name]) => name);
    expect([kind, documented]).toEqual([kind, readOnce]);
  }
});
