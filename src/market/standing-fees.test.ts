import { expect, test } from "vitest";

import { NS_PER_MINUTE } from "../core/units.ts";
import { parseStep } from "../testing/book-step-text.ts";
import { TradingFloor } from "../testing/trading-floor.ts";
import { BTC } from "../testing/venue-cases/venue-case.ts";
import { renderVenueReports } from "../testing/venue-script.ts";

/** A venue whose owner 2 pays 100 an hour and has 6 to begin with. */
class Scene {
  readonly floor = new TradingFloor([{ instruments: [BTC], sessionEndNs: 5.5 * NS_PER_MINUTE }]);
  readonly venue = this.floor.venues[0];

  constructor() {
    this.floor.ledger.openAccount();
    this.floor.deposit(2, "USD", 6);
    this.venue.chargeByTime(2, { instrument: 0, unitsPerHour: 100 });
  }

  /** Wakes the venue whenever it wants, up to a time. */
  runTo(minutes: number): string[] {
    const lines: string[] = [];
    while (this.venue.nextWakeNs <= minutes * NS_PER_MINUTE) {
      this.floor.nowNs = this.venue.nextWakeNs;
      this.floor.wake(this.venue);
      const at = this.floor.nowNs / NS_PER_MINUTE;
      lines.push(...renderVenueReports({ venue: this.venue, instrument: 0 }).map((line) => `${at} ${line}`));
      this.floor.take();
    }
    return lines;
  }
}

test("is due by the minute, in whole units, and owed on where there is no free money", () => {
  const scene = new Scene();
  // 1.67 a minute.
  expect(scene.runTo(2)).toEqual(["1 charged 2: 1 colocation", "2 charged 2: 2 colocation"]);
  scene.floor.apply(parseStep("buy 2:1 1@2"), { venue: scene.venue, instrument: 0 });
  scene.floor.take();
  expect(scene.runTo(4)).toEqual(["3 charged 2: 1 colocation"]);
  scene.floor.deposit(2, "USD", 50);
  // Five and a half minutes come to 9.17, of which 4 are paid.
  expect(scene.runTo(100)).toEqual(["5 charged 2: 4 colocation", "5.5 charged 2: 1 colocation"]);
  expect(scene.venue.nextWakeNs).toBe(Infinity);
});
