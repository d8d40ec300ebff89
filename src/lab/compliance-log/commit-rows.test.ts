import { afterAll, beforeAll, expect, test } from "vitest";

import type { LogObject } from "../../testing/exported-log.ts";
import { exportedRows } from "../../testing/exported-log.ts";
import { RunsFolder } from "../../testing/recorded-run.ts";
import { FEW, scenarioOf } from "../../testing/scenario-text.ts";

const VENUE =
  "{ name: XSIM, rules: { auctions: { batch: { window: 1s } }, commitReveal: { collateral: 12.50, penalty: 2 } }, instruments: [{ symbol: ACME, base: ACME, quote: USD, tick: 0.01, lot: 1, referencePrice: 1000 }] }";

const folder = new RunsFolder();
let rows: LogObject[] = [];

beforeAll(async () => {
  const { directory } = await folder.record(scenarioOf({ venues: [VENUE], population: FEW, duration: "1m" }));
  rows = (await exportedRows({ journal: directory.journal })).filter(({ source }) => source === "venue");
});
afterAll(() => {
  folder[Symbol.dispose]();
});

const ofKind = (kind: string): LogObject[] => rows.filter((row) => row["kind"] === kind);
const nameOf = (row: LogObject): string => `${String(row["agent"])}:${String(row["orderId"])}`;

test("an auditor finds every commit with its hash, its reveal with the salt, and each unit of collateral", () => {
  const commits = ofKind("commitOrder");
  expect(commits.length).toBeGreaterThan(50);
  for (const commit of commits) {
    expect(commit["hash"]).toMatch(/^[0-9a-f]{64}$/);
    expect(Number(commit["untilNs"])).toBeGreaterThan(Number(commit["timeNs"]));
  }
  expect(new Set(commits.map((row) => row["hash"])).size).toBe(commits.length);
  for (const reveal of ofKind("revealOrder")) expect(reveal["salt"]).toMatch(/^[0-9a-f]{32}$/);
  const [locked, released] = [ofKind("collateralLocked"), ofKind("collateralReleased")];
  expect(locked.map((row) => row["collateral"])).toEqual(locked.map(() => "12.50"));
  expect(released.map(nameOf).toSorted()).toEqual(locked.map(nameOf).toSorted());
});

test("between two phases no public change of the book stands in the log but what cancels make", () => {
  const changes = rows.filter(({ kind }) => ["orderAdded", "orderExecuted", "auctionExecuted"].includes(String(kind)));
  const ends = new Set(ofKind("phaseChanged").map((row) => row["event"]));
  expect(changes.length).toBeGreaterThan(10);
  expect(changes.every((row) => ends.has(row["event"]))).toBe(true);
});
