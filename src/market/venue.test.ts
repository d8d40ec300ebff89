import { describe, expect, test } from "vitest";

import { parseStep } from "../testing/book-step-text.ts";
import { TradingFloor } from "../testing/trading-floor.ts";
import { CHANGE_CASES } from "../testing/venue-cases/funds-of-changes.ts";
import { MARKET_ORDER_CASES } from "../testing/venue-cases/funds-of-market-orders.ts";
import { RESERVING_CASES } from "../testing/venue-cases/reserving.ts";
import { testVenueCases } from "../testing/venue-cases/test-venue-cases.ts";
import type { VenueCase } from "../testing/venue-cases/venue-case.ts";
import { BTC } from "../testing/venue-cases/venue-case.ts";
import { VENUE_RULE_CASES } from "../testing/venue-cases/venue-rules.ts";

const SUBJECTS: readonly (readonly [subject: string, cases: readonly VenueCase[]])[] = [
  ["reserving", RESERVING_CASES],
  ["funds of market orders", MARKET_ORDER_CASES],
  ["funds of changes", CHANGE_CASES],
  ["rules of the venue", VENUE_RULE_CASES],
];

for (const [subject, cases] of SUBJECTS) describe(subject, () => testVenueCases(cases));

test("any number of accounts may ask for cancel on disconnect", () => {
  const floor = new TradingFloor([{ instruments: [BTC] }]);
  const [venue] = floor.venues;
  const accounts = Array.from({ length: 1_000 }, () => floor.ledger.openAccount());
  for (const account of accounts) {
    floor.deposit(account, "USD", 10);
    if (account % 3 !== 0) venue.cancelOnDisconnect(account);
    floor.apply(parseStep(`buy ${account}:1 1@10`), { venue, instrument: 0 });
    floor.take();
  }
  for (const account of accounts) {
    floor.apply({ do: "disconnect", owner: account }, { venue, instrument: 0 });
    expect(venue.books[0].find(account, 1) === undefined).toBe(account % 3 !== 0);
    floor.take();
  }
});
