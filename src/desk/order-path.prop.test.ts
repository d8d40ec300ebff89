import fc from "fast-check";
import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../core/units.ts";
import { Side } from "../model/side.ts";
import { DeskLife } from "../testing/desk/desk-life.ts";
import { intentOf } from "../testing/desk/risk-stage.ts";

const ROUGH_NS = 20 * NS_PER_SECOND;
/** By then every question has been answered: the longest pause between two is 30 s. */
const CALM_NS = 200 * NS_PER_SECOND;
const STEP_NS = 100 * NS_PER_MILLISECOND;

test("behind a bad line and through crashes nothing is sent twice, nothing is lost, and all ends as the venue has it", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = RandomStream.named(seed, "test", "steps");
      const life = new DeskLife(seed);
      for (let atNs = 0; atNs < ROUGH_NS; atNs += STEP_NS) {
        life.line.runUntil(atNs);
        act(life, random);
      }
      life.calmDown();
      life.line.runUntil(ROUGH_NS + CALM_NS);
      for (const order of life.path.execution.orders.working) life.path.execution.cancel(order.plan.number);
      life.line.runUntil(ROUGH_NS + 2 * CALM_NS);
      life.reconcile();
      life.line.runUntil(ROUGH_NS + 3 * CALM_NS);
      expectAsAtVenues(life);
    }),
    { numRuns: 40 },
  );
});

function act(life: DeskLife, random: RandomStream): void {
  const { path, venues } = life;
  switch (random.integer(0, 9)) {
    case 0:
    case 1:
    case 2:
      path.onIntent(
        intentOf({
          agent: random.integer(1, 3),
          market: random.integer(0, 2),
          side: random.chance(0.5) ? Side.buy : Side.sell,
          limitTicks: random.chance(0.5) ? 98 : 102,
          qtyLots: random.integer(1, 20),
          expiresNs: Infinity,
        }),
      );
      break;
    case 3: {
      const { working } = path.execution.orders;
      if (working.length > 0) path.execution.cancel(working[random.integer(0, working.length - 1)].plan.number);
      break;
    }
    case 4:
      life.reconcile();
      break;
    case 5:
      if (random.chance(0.3)) life.crash();
      break;
    default:
      venues[random.integer(0, 1)].fillSome();
  }
}

function expectAsAtVenues({ path, venues, entries, handedOver, halts }: DeskLife): void {
  expect(path.execution.orders.working).toEqual([]);
  expect(path.risk.reservations.count).toBe(0);
  for (const [number, venue] of venues.entries()) {
    // What is gone for the desk must not rest at the venue.
    expect([...venue.orders.values()].filter(({ isDone }) => !isDone)).toEqual([]);
    // No id is ever used for two orders, or for one order twice.
    const ids = venue.submitted.map((order) => order.clientOrderId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { market, lots } of venue.account().positions) {
      expect(path.portfolio.positions[market].lots).toBe(lots);
      expect(path.risk.desk.exposure.held(path.roster.agents.length + path.roster.strategies.length, market)).toBe(
        lots,
      );
    }
    expect(path.risk.desk.isReconciling[number]).toBe(false);
  }
  expect(path.portfolio.quarantine.count).toBe(0);
  // Fills of all attempts of an order never pass what was ordered.
  const filled = new Map<number, number>();
  const wanted = new Map(
    entries.flatMap((entry) =>
      entry.kind === "orderPlaced" ? [[entry.plan.number, entry.plan.qtyLots] as const] : [],
    ),
  );
  for (const entry of entries) {
    if (entry.kind === "fillBooked") filled.set(entry.order, (filled.get(entry.order) ?? 0) + entry.fill.qtyLots);
  }
  for (const [order, lots] of filled) expect(lots).toBeLessThanOrEqual(wanted.get(order) ?? 0);
  // The journal held each order, durably, before it left, and nobody had taken it back.
  expect(handedOver.every(({ durable, writtenAs, isUnwanted }) => writtenAs <= durable && !isUnwanted)).toBe(true);
  // Nothing was ever wrong at the venues, so nothing may ever have looked wrong.
  expect(halts).toEqual([]);
}
