import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE } from "../../src/core/units.ts";
import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { summarize } from "../../src/lab/summary.ts";
import { RULE_KINDS } from "../../src/market/rules/registry.ts";
import { RunsFolder, replay } from "../../src/testing/recorded-run.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";

const FILE = join(import.meta.dirname, "..", "..", "scenarios", "fair", "rules.yaml");
const scenario = parseScenario(readFileSync(FILE, "utf8"), "rules.yaml");

/** Rules whose reasons the scenario shows; those of phases and of ids have scenarios of their own. */
const SHOWN = [
  "killSwitch",
  "rateLimit",
  "orderToTrade",
  "orderLimits",
  "fatFinger",
  "priceCollar",
  "positionLimit",
] as const;
/** An agent of the scenario cannot ask for what only the operator may. */
const NOT_SHOWN = new Set<string>(["notPermitted"]);

describe("scenarios/fair/rules.yaml", () => {
  const world = new World(scenario, { journal: discardingJournal, factories: new Map() });
  world.kernel.run(world.endNs);
  const summary = summarize(world, "time");
  const [instrument] = summary.instruments;

  test.each(SHOWN)("refuses by %s, for each of its reasons", (name) => {
    const { reasons } = RULE_KINDS.find((kind) => kind.name === name) ?? { reasons: [] };
    const expected = reasons.filter((reason) => !NOT_SHOWN.has(reason));
    expect(expected.length).toBeGreaterThan(0);
    expect(Object.keys(instrument.rejections)).toEqual(expect.arrayContaining([...expected]));
  });

  test("trades on, charges what is due, and conserves money", () => {
    expect(instrument.trades).toBeGreaterThan(1_000);
    // Three makers pay 60 an hour for ten minutes.
    expect(instrument.charges).toEqual({ colocation: "30.00", orderToTradeRatio: expect.any(String) as string });
    expect(summary.money.every(({ conserved }) => conserved)).toBe(true);
  });

  test("who is stopped for good has nothing left in the book, and trades no more", () => {
    const loop = summary.groups.findIndex(({ name }) => name === "loop");
    const [account] = world.groups[loop].accounts;
    const { books } = world.venues[0].venue;
    expect(books[0].orders().filter(({ owner }) => owner === account)).toEqual([]);
  });
});

test("a journal of it is made again, word for word", async () => {
  using folder = new RunsFolder();
  const { directory, summary } = await folder.record({ ...scenario, duration: 2 * NS_PER_MINUTE });
  const { proof, world } = await replay(directory.journal);
  expect(proof).toBe("equal");
  expect(world.kernel.tape.digest()).toBe(summary.tape);
});
