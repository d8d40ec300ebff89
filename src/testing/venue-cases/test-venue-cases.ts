import { expect, test } from "vitest";

import { dedent } from "../book-script.ts";
import { TradingFloor } from "../trading-floor.ts";
import { runVenueScript } from "../venue-script.ts";
import type { VenueCase } from "./venue-case.ts";
import { BTC } from "./venue-case.ts";

const OWNERS = 4;

/** Runs each script on a trading floor with accounts 2 to 5: it must come back unchanged. */
export function testVenueCases(cases: readonly VenueCase[]): void {
  for (const { title, venues = [{ instruments: [BTC] }], script } of cases) {
    test(title, () => {
      const floor = new TradingFloor(venues);
      for (let owner = 0; owner < OWNERS; owner++) floor.ledger.openAccount();
      expect(runVenueScript(floor, script)).toBe(dedent(script));
    });
  }
}
