import fc from "fast-check";
import { expect, test } from "vitest";

import { RecentVolume } from "./recent-volume.ts";

const WINDOW = 60_000;
const SLOT = WINDOW / 60;

test("holds what was traded in the last window, exact to one slot", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          waitNs: fc.oneof(fc.nat(3_000), fc.nat(200_000)),
          side: fc.constantFrom("buy", "sell"),
          qtyLots: fc.integer({ min: 1, max: 1_000 }),
        }),
      ),
      fc.nat(100_000),
      (trades, laterNs) => {
        const volume = new RecentVolume(WINDOW);
        let timeNs = 0;
        const done = trades.map(({ waitNs, side, qtyLots }) => {
          timeNs += waitNs;
          volume.add(timeNs, { side, qtyLots });
          return { timeNs, side, qtyLots };
        });
        const nowNs = timeNs + laterNs;
        const found = volume.at(nowNs);
        // The newest slot has just begun or is about to end: sixty slots reach back by 59 to 60 of them.
        const since = (fromNs: number, side: string): number =>
          done
            .filter((trade) => trade.side === side && trade.timeNs >= fromNs)
            .reduce((sum, { qtyLots }) => sum + qtyLots, 0);
        const firstSlotNs = (Math.floor(nowNs / SLOT) - 59) * SLOT;
        expect(found).toEqual({ boughtLots: since(firstSlotNs, "buy"), soldLots: since(firstSlotNs, "sell") });
        expect(nowNs - firstSlotNs).toBeGreaterThanOrEqual(WINDOW - SLOT);
        expect(nowNs - firstSlotNs).toBeLessThanOrEqual(WINDOW);
      },
    ),
  );
});
