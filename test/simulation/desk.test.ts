import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE, NS_PER_SECOND } from "../../src/core/units.ts";
import { rowsOf } from "../../src/desk/risk/scope.ts";
import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { Side } from "../../src/model/side.ts";
import type { DeskActor } from "../../src/world/desk/desk-actor.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";

const FILE = "scenarios/desk/two-strategies.yaml";
const TEXT = readFileSync(join(import.meta.dirname, "..", "..", FILE), "utf8");

/** The same desk behind a line that loses a packet in twenty, and is cut and mended twice. */
const BAD_LINE = TEXT.replace(
  "network: { kind: uniform, low: 1ms, high: 5ms }",
  `network:
  kind: routed
  topology: { kind: mesh, places: [exchange, office] }
  link: { delay: 5ms, loss: { kind: bernoulli, probability: 0.05 } }
  transport: { orders: datagram }
  at: { XSIM: exchange, alpha: office, noise: exchange, value: exchange }
  faults:
    - { kind: cut, at: 2m, for: 20s, links: [[exchange, office]] }
    - { kind: cut, at: 4m, for: 1m, links: [[exchange, office]] }`,
);

/** After six minutes everything is canceled, and nothing new is sent. */
const HALTED = "    kill: [{ at: 6m, grade: halt }]\n";

function worldOf(text: string, seed: number): World {
  const scenario = parseScenario(text, FILE);
  return new World({ ...scenario, seed }, { journal: discardingJournal, factories: new Map() });
}

function expectAsInTheLedger(world: World, desk: DeskActor): void {
  const { portfolio, risk } = desk.path;
  const { everybody } = rowsOf(desk.roster);
  for (const [number, { listed }] of portfolio.listing.markets.entries()) {
    const account = desk.accounts[portfolio.listing.markets[number].venue];
    const { lots } = portfolio.positions[number];
    expect(BigInt(world.ledger.balance(account, listed.baseAsset))).toBe(BigInt(lots) * BigInt(listed.lotUnits));
    expect(risk.desk.exposure.held(everybody, number)).toBe(lots);
    const shared = portfolio.subAccounts.reduce((sum, { positions }) => sum + positions[number].lots, 0);
    expect(shared).toBe(lots);
  }
  for (const [venue, balances] of portfolio.balances.entries()) {
    for (const asset of portfolio.listing.assets.assets.keys()) {
      expect(balances.of(asset)).toBe(BigInt(world.ledger.balance(desk.accounts[venue], asset)));
    }
  }
}

test("the line is worse than in the shipped scenario", () => expect(BAD_LINE).not.toBe(TEXT));

describe.each([
  { line: "a good line", text: TEXT },
  { line: "a bad line", text: BAD_LINE },
])("a desk behind $line", ({ text }) => {
  test("ends with what the venue's ledger has, and never passed a limit", () => {
    const world = worldOf(text + HALTED, 3);
    const [desk] = world.desks;
    const { exposure, roster } = desk.path.risk.desk;
    const trends = rowsOf(roster).strategy(roster.strategies.indexOf("trends"));
    for (let atNs = 0; atNs <= 6 * NS_PER_MINUTE; atNs += NS_PER_SECOND) {
      world.kernel.run(atNs);
      for (const side of [Side.buy, Side.sell]) expect(exposure.worst(trends, 0, side)).toBeLessThanOrEqual(500);
    }
    expect(desk.record.fills.reduce((sum, fills) => sum + fills)).toBeGreaterThan(50);
    world.kernel.run(11 * NS_PER_MINUTE);
    expect(desk.path.execution.orders.working).toEqual([]);
    expect(world.venues[0].venue.books[0].orders().filter(({ owner }) => owner === desk.accounts[0])).toEqual([]);
    expectAsInTheLedger(world, desk);
    expect(desk.record.halts).toBe(0);
    expect(desk.record.quarantined).toBe(0);
  });
});

test("the same seed gives the same run, another seed another", () => {
  const tapeOf = (seed: number): string => {
    const world = worldOf(BAD_LINE, seed);
    world.kernel.run(NS_PER_MINUTE);
    return world.kernel.tape.digest();
  };
  expect(tapeOf(1)).toBe(tapeOf(1));
  expect(tapeOf(1)).not.toBe(tapeOf(2));
});

test("a venue that is cut off takes no new risk, and what was under way is asked about", () => {
  const world = worldOf(BAD_LINE, 3);
  const [desk] = world.desks;
  world.kernel.run(2 * NS_PER_MINUTE + 15 * NS_PER_SECOND);
  const lost = desk.path.execution.orders.working.filter(({ status }) => status === "unknown");
  expect(lost.length).toBeGreaterThan(0);
  world.kernel.run(4 * NS_PER_MINUTE - NS_PER_SECOND);
  const still = new Set(desk.path.execution.orders.working);
  const unknown = lost.filter((order) => still.has(order) && order.status === "unknown");
  // The line still loses a packet in twenty, and an order is asked about at longer and longer intervals.
  expect(unknown.length).toBeLessThan(lost.length / 2);
  expect(unknown.filter(({ queriedNs }) => queriedNs < 3 * NS_PER_MINUTE)).toEqual([]);
});
