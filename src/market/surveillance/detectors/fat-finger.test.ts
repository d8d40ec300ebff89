import { expect, test } from "vitest";

import type { FewWords } from "../../../testing/watched-venue.ts";
import { WatchedVenue } from "../../../testing/watched-venue.ts";

/** One order after a few usual ones of ten lots, at a market of 9,999 to 10,001. */
function after(order: FewWords, account = 1): WatchedVenue {
  const venue = new WatchedVenue("fatFinger");
  venue.submit(2, ["buy", 10, 9_999]);
  venue.submit(2, ["sell", 10, 10_001]);
  for (let usual = 0; usual < 6; usual++) venue.submit(1, ["buy", 10, 9_000]);
  for (let usual = 0; usual < 6; usual++) venue.submit(3, ["buy", 10, 9_000]);
  venue.submit(account, order);
  return venue;
}

test.each<[string, FewWords, string]>([
  ["a buy far above the market", ["buy", 10, 10_102], "its price lies 1.0 % through the market"],
  ["a sell far below it", ["sell", 10, 9_000], "its price lies 10.0 % through the market"],
  ["zeros too many", ["buy", 200, 9_999], "its 200 lots are 20 times its usual quantity"],
  ["both", ["buy", 1_000, 11_001], "its price lies 10.0 % through the market, and its 1000 lots are 100 times"],
])("names %s", (_, order, finding) => {
  const venue = after(order);
  expect(venue.named).toEqual([[1]]);
  expect(venue.alerts[0].finding).toContain(finding);
  expect(venue.alerts[0].evidence).toMatchObject([{ priceTicks: order[2], qtyLots: order[1] }]);
});

test.each<[string, FewWords]>([
  ["a buy a little above it", ["buy", 10, 10_100]],
  ["a bid far away", ["buy", 10, 100]],
  ["a large order", ["buy", 199, 9_999]],
])("does not name %s", (_, order) => {
  expect(after(order).alerts).toEqual([]);
});

test("does not know what is usual for who is new", () => {
  expect(after(["buy", 1_000, 9_999], 4).alerts).toEqual([]);
});
