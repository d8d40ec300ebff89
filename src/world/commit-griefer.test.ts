import { describe, expect, test } from "vitest";

import { discardingJournal } from "../kernel/journal-port.ts";
import { RecordKind, recordKindName } from "../model/record.ts";
import { Reason } from "../model/reason.ts";
import { ReportWord } from "../model/report.ts";
import { scenarioOf } from "../testing/scenario-text.ts";
import { World } from "./world.ts";
import { AgentBench } from "../testing/agent-bench.ts";
import { commitGriefer, defaultCommitGrieferParameters } from "../agents/population/commit-griefer.ts";

const RULES =
  "rules: { auctions: { batch: { window: 1s } }, commitReveal: { reveal: 300ms, collateral: 100, penalty: 25, commitsMax: 64 } }";
const VENUE = `{ name: XSIM, ${RULES}, instruments: [{ symbol: ACME, base: ACME, quote: USD, tick: 0.01, lot: 1, referencePrice: 1000 }] }`;

/** What the venue tells a griefer in two minutes: how often each thing, and how much the griefer loses by it. */
function griefing(revealChance: number) {
  const griefer = `{ kind: commitGriefer, name: griefer, parameters: { revealChance: ${revealChance}, commits: 3, sizeLots: 1 } }`;
  const scenario = scenarioOf({
    duration: "2m",
    venues: [VENUE],
    population: [griefer],
    network: "{ kind: constant, delay: 1ms }",
  });
  const world = new World(scenario, { journal: discardingJournal, factories: new Map() });
  const counts = new Map<string, number>();
  world.venues[0].watcher = {
    command: () => undefined,
    report: (_timeNs, words, at) => {
      const kind = words[at];
      const isMissed = kind === RecordKind.collateralReleased && words[at + ReportWord.reason] === Reason.notRevealed;
      const name = isMissed ? "notRevealed" : recordKindName(kind);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
  };
  world.kernel.run(world.endNs);
  const { assets, ledger, groups } = world;
  const money = ledger.balance(groups[0].accounts[0], assets.indexOf("USD"));
  return { counts, lostUsd: 1_000_000 - money / 100 };
}

describe("commitGriefer", () => {
  test("commits and does not reveal, and pays for each", () => {
    const { counts, lostUsd } = griefing(0);
    const locked = counts.get("collateralLocked") ?? 0;
    expect(locked).toBeGreaterThan(30);
    expect(locked % 3).toBe(0);
    expect(counts.get("notRevealed")).toBe(locked);
    expect(counts.get("orderAccepted")).toBeUndefined();
    expect(lostUsd).toBe(25 * locked);
  });

  test("reveals some where it is told to", () => {
    const { counts } = griefing(0.5);
    const locked = counts.get("collateralLocked") ?? 0;
    const missed = counts.get("notRevealed") ?? 0;
    expect(Math.abs(missed - locked / 2)).toBeLessThan(5 * Math.sqrt(locked / 4));
    expect(counts.get("orderAccepted")).toBe(locked - missed);
  });

  test("says where there is nothing to grief", () => {
    const bench = new AgentBench();
    expect(() => bench.add("griefer", commitGriefer, defaultCommitGrieferParameters)).toThrow("ABM takes no commits");
  });
});
