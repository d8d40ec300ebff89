import { describe, expect, test } from "vitest";

import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { CIRCULAR_TRADING_THRESHOLDS, RING_MAX } from "./circular-trading.ts";

const { trades } = CIRCULAR_TRADING_THRESHOLDS;

/** Sells from one account to another. */
function hand(venue: WatchedVenue, from: number, to: number, lots = 10): void {
  venue.submit(from, ["sell", lots, 100]);
  venue.submit(to, ["buy", lots, 100]);
  venue.wait(1_000);
}

/** Goes round so often; `between` is called after each turn. */
function rounds(count: number, ring: readonly number[], between?: (venue: WatchedVenue) => void): WatchedVenue {
  const venue = new WatchedVenue("circularTrading");
  for (let round = 0; round < count; round++) {
    for (const [place, account] of ring.entries()) hand(venue, account, ring[(place + 1) % ring.length]);
    between?.(venue);
  }
  return venue;
}

describe("circular trading", () => {
  test.each([
    ["round trips of two", [1, 2]],
    ["a ring of three", [1, 2, 3]],
    ["a ring of five, in no order of numbers", [4, 1, 5, 2, 3]],
  ])("names %s", (_, ring) => {
    const venue = rounds(trades + 1, ring);
    expect(venue.named).toEqual([ring.toSorted((a, b) => a - b)]);
    expect(venue.alerts[0].evidence.length).toBeGreaterThanOrEqual(2 * ring.length);
    expect(rounds(trades - 1, ring).alerts).toEqual([]);
  });

  test("a ring is one though its members trade a little with others", () => {
    const venue = rounds(trades + 2, [1, 2, 3], (market) => hand(market, 4, 1, 4));
    expect(venue.named).toEqual([[1, 2, 3]]);
  });

  test("is none where members trade more with others than with one another", () => {
    const venue = rounds(3 * trades, [1, 2, 3], (market) => {
      hand(market, 1, 4, 15);
      hand(market, 4, 1, 15);
      hand(market, 2, 5, 15);
      hand(market, 5, 2, 15);
      hand(market, 5, 4, 40);
      hand(market, 4, 5, 40);
    });
    expect(venue.named.every((accounts) => !accounts.includes(1) && !accounts.includes(2))).toBe(true);
  });

  test("is none where it all flows one way", () => {
    const venue = new WatchedVenue("circularTrading");
    for (let time = 0; time < 3 * trades; time++) {
      hand(venue, 1, 2);
      hand(venue, 2, 3);
      if (time < trades) hand(venue, 3, 1, 1);
    }
    expect(venue.alerts).toEqual([]);
  });

  test("is none where one sells only to a maker, which buys from many", () => {
    const venue = new WatchedVenue("circularTrading");
    for (let time = 0; time < 3 * trades; time++) {
      for (const seller of [2, 3, 4]) hand(venue, seller, 1);
      hand(venue, 1, 2, 20);
    }
    expect(venue.alerts).toEqual([]);
  });

  test("is none among a maker and its customers", () => {
    const venue = new WatchedVenue("circularTrading");
    for (let time = 0; time < 3 * trades; time++) {
      for (const customer of [2, 3, 4, 5, 6]) {
        if ((time + customer) % 2 === 0) hand(venue, 1, customer);
        else hand(venue, customer, 1);
      }
    }
    expect(venue.alerts).toEqual([]);
  });

  test("the largest ring has its limit", () => {
    expect(RING_MAX).toBeGreaterThanOrEqual(12);
    expect(rounds(trades + 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).named).toHaveLength(1);
  });
});
