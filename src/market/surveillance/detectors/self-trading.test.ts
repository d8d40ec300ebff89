import { describe, expect, test } from "vitest";

import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { SELF_TRADING_THRESHOLDS } from "./self-trading.ts";

const { times, withinNs } = SELF_TRADING_THRESHOLDS;

/** The buyer takes what the seller offers, so often. */
function trades(count: number, [seller, buyer]: readonly [number, number], waitMs = 1_000): WatchedVenue {
  const venue = new WatchedVenue("selfTrading");
  venue.unite(3, 4);
  for (let time = 0; time < count; time++) {
    venue.submit(seller, ["sell", 10, 100]);
    venue.submit(buyer, ["buy", 10, 100]);
    venue.wait(waitMs);
  }
  return venue;
}

describe("trades with oneself", () => {
  test("are named when there are enough of them, with each of them", () => {
    const venue = trades(times, [1, 1]);
    expect(venue.named).toEqual([[1]]);
    expect(venue.alerts[0].evidence).toHaveLength(times);
    expect(trades(times - 1, [1, 1]).alerts).toEqual([]);
  });

  test("count between accounts of one owner as well, and name both", () => {
    expect(trades(times, [3, 4]).named).toEqual([[3, 4]]);
  });

  test("are none between strangers", () => {
    expect(trades(3 * times, [1, 2]).alerts).toEqual([]);
  });

  test("are forgotten with time", () => {
    expect(trades(3 * times, [1, 1], withinNs / 1e6 / (times - 2)).alerts).toEqual([]);
  });

  test("are an accident where they are a small part of what the account trades", () => {
    const venue = trades(0, [1, 1]);
    venue.submit(2, ["sell", 1_000, 100]);
    venue.submit(1, ["buy", 1_000, 100]);
    for (let time = 0; time < times; time++) {
      venue.submit(1, ["sell", 10, 100]);
      venue.submit(1, ["buy", 10, 100]);
    }
    expect(venue.alerts).toEqual([]);
  });
});
