import { expect, test } from "vitest";

import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { QUOTE_STUFFING_THRESHOLDS } from "./quote-stuffing.ts";

const { messages, withinNs } = QUOTE_STUFFING_THRESHOLDS;

/** So many pairs of an order and its cancel, each message so long after the one before; each order trades or not. */
function flood(pairs: number, spacingMs: number, trades = false): WatchedVenue {
  const venue = new WatchedVenue("quoteStuffing");
  if (trades) venue.submit(2, ["sell", 1_000_000, 99]);
  for (let pair = 0; pair < pairs; pair++) {
    const order = venue.wait(spacingMs).submit(1, ["buy", 1, 99]);
    venue.wait(spacingMs).cancel(1, order);
  }
  return venue;
}

const LIMIT_MS = withinNs / 1e6 / (messages - 1);

test("names who sends more than it can need, with the newest messages", () => {
  const venue = flood(messages / 2, LIMIT_MS / 10);
  expect(venue.named).toEqual([[1]]);
  const [{ score, evidence, finding }] = venue.alerts;
  expect(score).toBeCloseTo(10, 6);
  expect(finding).toContain(`${messages} messages within 100.0 ms, and 0 trades`);
  expect(evidence).toHaveLength(12);
});

test.each([
  ["one message less", flood(messages / 2 - 1, 1)],
  ["a little slower", flood(messages, LIMIT_MS * 1.01)],
  ["as fast, but trading", flood(messages, 1, true)],
])("does not name who sends %s", (_, venue) => {
  expect(venue.alerts).toEqual([]);
});

test("counts anew after each alert", () => {
  expect(flood(messages, 1).alerts.map(({ occurrences }) => occurrences)).toEqual([2]);
});
