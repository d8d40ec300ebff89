import { describe, expect, test } from "vitest";

import { NS_PER_SECOND } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import { DeskLife } from "../../testing/desk/desk-life.ts";
import { ANN, BEN, CEM, intentOf } from "../../testing/desk/risk-stage.ts";
import type { Scope } from "../risk/scope.ts";
import type { ScopeKind } from "../risk/scope-kind.ts";
import { KillSwitch } from "./kill-switch.ts";

/** A desk at calm venues, with an order of each agent resting in market 0 and one of Ann's in market 2. */
function stage(): { life: DeskLife; kill: KillSwitch; scope: (kind: ScopeKind, name: string) => Scope } {
  const life = new DeskLife(1);
  life.calmDown();
  life.line.runUntil(20 * NS_PER_SECOND);
  for (const [agent, market] of [
    [ANN, 0],
    [BEN, 0],
    [CEM, 0],
    [ANN, 2],
  ]) {
    expect(life.path.onIntent(intentOf({ agent, market, limitTicks: 98, expiresNs: Infinity })).kind).toBe("placed");
  }
  life.line.runUntil(40 * NS_PER_SECOND);
  const scope = (kind: ScopeKind, name: string): Scope => {
    const found = life.path.risk.desk.scopes.find(kind, name);
    if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
    return found;
  };
  return { life, kill: new KillSwitch(life.path), scope };
}

const engageBy = (life: DeskLife): { by: string; nowNs: number } => ({ by: "test", nowNs: life.line.nowNs });

describe("a halt cancels what is in its scope, and nothing else", () => {
  test.each([
    { kind: "portfolio", name: "portfolio", left: [] },
    { kind: "venue", name: "ALPHA", left: [4] },
    { kind: "venue", name: "BETA", left: [1, 2, 3] },
    { kind: "strategy", name: "makers", left: [3] },
    { kind: "agent", name: "ann", left: [2, 3] },
    { kind: "instrument", name: "ETH-USD", left: [1, 2, 3, 4] },
  ] as const)("$kind $name", ({ kind, name, left }) => {
    const { life, kill, scope } = stage();
    const engaged = kill.engage(scope(kind, name), "halt", engageBy(life));
    expect(kill.status(engaged)).toMatchObject({ gone: 0, pending: 4 - left.length, unknown: [] });
    life.line.runUntil(60 * NS_PER_SECOND);
    expect(life.path.execution.orders.working.map(({ plan }) => plan.number)).toEqual(left);
    expect(kill.status(engaged)).toMatchObject({ gone: 4 - left.length, pending: 0 });
  });
});

test("it holds until it is released, and only for its scope", () => {
  const { life, kill, scope } = stage();
  const tryOf = (agent: number): string =>
    life.path.onIntent(intentOf({ agent, limitTicks: 97, expiresNs: Infinity })).kind;
  kill.engage(scope("strategy", "makers"), "halt", engageBy(life));
  kill.engage(scope("agent", "ann"), "halt", engageBy(life));
  expect([ANN, BEN, CEM].map(tryOf)).toEqual(["denied", "denied", "placed"]);
  expect(kill.release(scope("strategy", "makers"))).toBe(1);
  expect([ANN, BEN].map(tryOf)).toEqual(["denied", "placed"]);
  expect(kill.release(scope("agent", "ann"))).toBe(1);
  expect(kill.release(scope("agent", "ann"))).toBe(0);
  expect(tryOf(ANN)).toBe("placed");
});

test("orders of unknown fate are named", () => {
  const { life, kill, scope } = stage();
  life.path.onVenueEvent(0, { kind: "sessionDown" });
  const engaged = kill.engage(scope("portfolio", "portfolio"), "halt", engageBy(life));
  expect(kill.status(engaged)).toMatchObject({ gone: 0, pending: 1, unknown: [1, 2, 3] });
});

test("reducing only lets out and not in, and cancels nothing", () => {
  const { life, kill, scope } = stage();
  life.venues[0].fillSome();
  life.line.runUntil(50 * NS_PER_SECOND);
  const held = life.path.portfolio.subAccounts.findIndex(({ positions }) => positions[0].lots > 0);
  kill.engage(scope("portfolio", "portfolio"), "reduceOnly", engageBy(life));
  const before = life.path.execution.orders.working.length;
  const sell = { agent: held, side: Side.sell, limitTicks: 110, expiresNs: Infinity };
  expect(life.path.onIntent(intentOf({ agent: held, expiresNs: Infinity })).kind).toBe("denied");
  expect(life.path.onIntent(intentOf({ ...sell, qtyLots: 1_000 }))).toMatchObject({ clampedBy: "reducingOnly" });
  expect(life.path.execution.orders.working).toHaveLength(before + 1);
});

test("flatten closes every position when everything has been canceled", () => {
  const { life, kill, scope } = stage();
  for (const venue of life.venues) venue.fillSome();
  life.line.runUntil(50 * NS_PER_SECOND);
  const engaged = kill.engage(scope("portfolio", "portfolio"), "flatten", engageBy(life));
  expect(kill.status(engaged).open.length).toBeGreaterThan(0);
  for (let second = 51; second < 120; second++) {
    kill.tick(life.line.nowNs);
    life.line.runUntil(second * NS_PER_SECOND);
    for (const venue of life.venues) venue.fillSome();
  }
  expect(kill.status(engaged)).toMatchObject({ pending: 0, unknown: [], open: [] });
  expect(life.path.portfolio.positions.map(({ lots }) => lots)).toEqual([0, 0, 0]);
});
