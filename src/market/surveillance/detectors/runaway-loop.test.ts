import { expect, test } from "vitest";

import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { RUNAWAY_LOOP_THRESHOLDS } from "./runaway-loop.ts";

const { orders, withinNs } = RUNAWAY_LOOP_THRESHOLDS;
const LIMIT_MS = withinNs / 1e6 / (orders - 1);

function loop(count: number, spacingMs: number, lotsOf: (order: number) => number = () => 10): WatchedVenue {
  const venue = new WatchedVenue("runawayLoop");
  for (let order = 0; order < count; order++) venue.wait(spacingMs).submit(1, ["buy", lotsOf(order), 100 + order]);
  return venue;
}

test("names who sends the same order again and again, whatever the price", () => {
  const venue = loop(orders, LIMIT_MS / 2);
  expect(venue.named).toEqual([[1]]);
  expect(venue.alerts[0].finding).toContain(`${orders} orders of 10 lots to the same side within 2.50 s`);
  expect(loop(2 * orders, 1).alerts[0].occurrences).toBe(2);
});

test.each([
  ["once less often", loop(orders - 1, 1)],
  ["a little slower", loop(2 * orders, LIMIT_MS * 1.01)],
  ["orders that differ", loop(2 * orders, 1, (order) => (order % orders === 25 ? 11 : 10))],
])("does not name who sends %s", (_, venue) => {
  expect(venue.alerts).toEqual([]);
});

test("who cancels in between knows what it does", () => {
  const venue = new WatchedVenue("runawayLoop");
  for (let order = 0; order < 3 * orders; order++) {
    const id = venue.wait(1).submit(1, ["buy", 10, 100]);
    if (order % 20 === 0) venue.cancel(1, id);
  }
  expect(venue.alerts).toEqual([]);
});
