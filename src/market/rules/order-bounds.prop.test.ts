import { afterEach, expect, test, vi } from "vitest";

import type { RandomStream } from "../../core/random.ts";
import { RandomStream as Random } from "../../core/random.ts";
import { BOOK_PROFILES } from "../../testing/book-profiles.ts";
import { waitingRecords } from "../../testing/stale-words.ts";
import { RuleScene } from "../../testing/rule-scene.ts";
import { TradingFloor } from "../../testing/trading-floor.ts";
import { BTC } from "../../testing/venue-cases/venue-case.ts";
import { VenueStepGenerator } from "../../testing/venue-step-generator.ts";
import { REASONS } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import { OrderBounds } from "./order-bounds.ts";
import type { RuleOptions } from "./registry.ts";

const STEPS = 300;
const SEEDS = 30;
const OWNERS = 5;
const FUNDS = 10_000_000_000_000;
const NO_END = { throttleAfter: Infinity, forgetNs: 1, throttledPerSecond: 1, throttleNs: 1 };

/** Rules that refuse something, but not all: the collar alone, or any of them together. */
function drawRules(random: RandomStream): RuleOptions {
  const rules: RuleOptions = {
    uniqueOrderIds: { window: 32 },
    rateLimit: { perSecond: 40_000_000, burst: random.integer(9, 20), ...NO_END, suspendAfter: Infinity, suspendNs: 1 },
    orderLimits: { qtyLotsMax: random.integer(12, 22), notionalUnitsMax: random.integer(130_000, 220_000) },
    fatFinger: { timesAverage: 1 + random.uniform() * 2, orders: random.integer(1, 12) },
    priceCollar: { millionths: random.integer(100, 900), maxAgeNs: random.integer(50, 3_000) },
    positionLimit: { lotsMax: random.integer(8, 40) },
  };
  const { priceCollar } = rules;
  return random.chance(0.5)
    ? { priceCollar }
    : Object.fromEntries(Object.entries(rules).filter(() => random.chance(0.6)));
}

/** What a venue with these rules refuses of a flow, step by step. */
function refusalsOf(seed: number, rules: RuleOptions): string[] {
  const profile = BOOK_PROFILES[seed % BOOK_PROFILES.length];
  const floor = new TradingFloor([{ instruments: [{ ...BTC, referencePrice: "10000" }], rules: [rules] }]);
  const [venue] = floor.venues;
  const accounts = Array.from({ length: OWNERS }, () => floor.ledger.openAccount());
  for (const account of accounts) for (const code of ["BTC", "USD"]) floor.deposit(account, code, FUNDS);
  const steps = new VenueStepGenerator(Random.named(seed, "order bounds", "flow"), {
    profile,
    instruments: [1],
    accounts,
  });
  return Array.from({ length: STEPS }, () => {
    const { instrument, step } = steps.next();
    floor.apply(step, { venue, instrument });
    const { words } = venue.reports;
    const found = waitingRecords(venue.reports)
      .filter((at) => words[at] === RecordKind.orderRejected || words[at] === RecordKind.requestRejected)
      .map((at) => REASONS.find(({ code }) => code === words[at + ReportWord.reason])?.name ?? "unknown");
    floor.take();
    return found.join();
  });
}

afterEach(() => vi.restoreAllMocks());

test("gates refuse the same for the same reasons as when each of them is asked about every order", () => {
  const counts = new Map<string, number>();
  let within = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const rules = drawRules(Random.named(seed, "order bounds", "rules"));
    const spy = vi.spyOn(OrderBounds.prototype, "contains");
    const found = refusalsOf(seed, rules);
    within += spy.mock.results.filter(({ value }) => value === true).length;
    // Nothing lies within: every gate is asked.
    spy.mockReturnValue(false);
    expect(found, `seed ${seed}`).toEqual(refusalsOf(seed, rules));
    spy.mockRestore();
    for (const reason of found) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  expect(within).toBeGreaterThan((SEEDS * STEPS) / 10);
  for (const reason of ["orderTooLarge", "notionalLimit", "fatFinger", "priceCollar", "positionLimit", "rateLimited"])
    expect(counts.get(reason) ?? 0, reason).toBeGreaterThan(10);
});

test.each([
  [101, "accepted 4:1"],
  [102, "rejected 4:1 sell 1@9960 priceCollar"],
])("nothing lies within bounds that a last price set which is stale by now: at %i ns", (nowNs, expected) => {
  const scene = new RuleScene({ priceCollar: { millionths: 20_000, maxAgeNs: 100 } });
  scene.trade(1, 10_000);
  // The middle of these moves the collar away from a price that the last trade lets pass.
  scene.at(2, "buy 2:10 1@10150", "sell 2:11 1@10190");
  expect(scene.at(nowNs, "sell 4:1 1@9960")[0]).toContain(expected);
});
