import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { REASONS } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import { BOOK_PROFILES } from "../../testing/book-profiles.ts";
import { renderStep } from "../../testing/book-step-text.ts";
import { NaiveRules } from "../../testing/naive-rules.ts";
import { waitingRecords } from "../../testing/stale-words.ts";
import { TradingFloor } from "../../testing/trading-floor.ts";
import { VenueStepGenerator } from "../../testing/venue-step-generator.ts";
import { BTC } from "../../testing/venue-cases/venue-case.ts";

const STEPS = 900;
const OWNERS = 6;
const FUNDS = 10_000_000_000_000;

const OPTIONS = {
  rateLimit: {
    // Time goes on by hundreds of nanoseconds in these flows.
    perSecond: 30_000_000,
    burst: 9,
    throttleAfter: Infinity,
    forgetNs: 1,
    throttledPerSecond: 1,
    throttleNs: 1,
    suspendAfter: Infinity,
    suspendNs: 1,
  },
  orderLimits: { qtyLotsMax: 18, notionalUnitsMax: 165_000 },
  fatFinger: { timesAverage: 1.6, orders: 9 },
  priceCollar: { millionths: 600, maxAgeNs: 300 },
  positionLimit: { lotsMax: 25 },
};

/** Runs a flow through the gates and their naive twins. @returns how often each reason was given */
function runFlow(profileName: string, options: ConstructorParameters<typeof NaiveRules>[0]): Map<string, number> {
  const profile = BOOK_PROFILES.find(({ name }) => name === profileName) ?? BOOK_PROFILES[0];
  const floor = new TradingFloor([{ instruments: [{ ...BTC, referencePrice: "10000" }], rules: [options] }]);
  const [venue] = floor.venues;
  const accounts = Array.from({ length: OWNERS }, () => floor.ledger.openAccount());
  for (const account of accounts) for (const code of ["BTC", "USD"]) floor.deposit(account, code, FUNDS);
  const naive = new NaiveRules(options, { book: venue.books[0], tickLotUnits: 1, referenceTicks: 10_000 });
  const generator = new VenueStepGenerator(RandomStream.named(1, "gates", profileName), {
    profile,
    instruments: [1],
    accounts,
  });
  const counts = new Map<string, number>();
  for (let count = 0; count < STEPS; count++) {
    const { instrument, step } = generator.next();
    const isJudged =
      (step.do === "submit" || step.do === "replace") && accounts.includes(step.owner) && instrument === 0;
    const expected = isJudged ? naive.expect(step, floor.nowNs) : "none";
    floor.apply(step, { venue, instrument });
    let found = "none";
    for (const at of waitingRecords(venue.reports)) {
      const { words } = venue.reports;
      const reason = REASONS.find(({ code }) => code === words[at + ReportWord.reason]);
      const isRefusal = words[at] === RecordKind.orderRejected || words[at] === RecordKind.requestRejected;
      if (isRefusal && reason !== undefined && reason.code >= 100) found = reason.name;
      naive.take(words, at, floor.nowNs);
    }
    expect(found, `step ${count}: ${renderStep(step)}`).toBe(expected);
    counts.set(found, (counts.get(found) ?? 0) + 1);
    floor.take();
  }
  return counts;
}

describe("gates refuse what their naive twins refuse, for the same reason", () => {
  const counts = new Map<string, number>();
  const add = (found: ReadonlyMap<string, number>): void => {
    for (const [reason, count] of found) counts.set(reason, (counts.get(reason) ?? 0) + count);
  };

  test.each(["everything", "time passes", "reduce-only", "self-trades", "cascades of stops"])("%s", (profile) => {
    add(runFlow(profile, OPTIONS));
  });

  test.each(["rateLimit", "orderLimits", "fatFinger", "priceCollar", "positionLimit"] as const)("%s alone", (name) => {
    const alone = { ...OPTIONS, ...Object.fromEntries(Object.keys(OPTIONS).map((key) => [key, undefined])) };
    add(runFlow("everything", { ...alone, [name]: OPTIONS[name] }));
  });

  test.each(["none", "rateLimited", "orderTooLarge", "notionalLimit", "fatFinger", "priceCollar", "positionLimit"])(
    "the flow met %s",
    (reason) => {
      expect(counts.get(reason) ?? 0).toBeGreaterThan(20);
    },
  );
});
