import { describe, expect, test } from "vitest";

import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { MOMENTUM_IGNITION_THRESHOLDS } from "./momentum-ignition.ts";

const { orders, times } = MOMENTUM_IGNITION_THRESHOLDS;
const [IGNITER, MAKER] = [1, 2];

interface Burst {
  readonly orders?: number;
  readonly gapMs?: number;
  /** Until it trades out; never where it is undefined. */
  readonly outMs?: number | undefined;
}

/** So many bursts up through a book of ten lots a tick, each traded out of. */
function bursts(count: number, burst: Burst = {}, venue = new WatchedVenue("momentumIgnition")): WatchedVenue {
  const { orders: burstOrders = orders, gapMs = 50 } = burst;
  const outMs = "outMs" in burst ? burst.outMs : 2_000;
  for (let time = 0; time < count; time++) {
    const asks = Array.from({ length: 30 }, (_, level) => venue.submit(MAKER, ["sell", 10, 101 + level]));
    const bid = venue.submit(MAKER, ["buy", 10 * burstOrders, 100]);
    for (let order = 0; order < burstOrders; order++) {
      venue.submit(IGNITER, ["buy", 10, 200], "IOC");
      venue.wait(gapMs);
    }
    if (outMs !== undefined) venue.wait(outMs).submit(IGNITER, ["sell", 10 * burstOrders, 100], "IOC");
    venue.cancel(MAKER, bid);
    for (const ask of asks) venue.cancel(MAKER, ask);
    venue.wait(10_000);
  }
  return venue;
}

describe("momentum ignition", () => {
  test("is bursts that move the price and are traded out of, again and again", () => {
    const venue = bursts(times);
    expect(venue.named).toEqual([[IGNITER]]);
    const [{ finding, evidence }] = venue.alerts;
    expect(finding).toContain(`last ${orders} orders, ${10 * orders} lots, moved the price by ${orders - 1} ticks`);
    expect(evidence).toHaveLength(times * (orders + 1));
  });

  test.each<[string, Burst]>([
    ["too few orders", { orders: orders - 1 }],
    ["orders that come slowly", { gapMs: 600 }],
    ["a position that is kept", { outMs: undefined }],
    ["a position that is kept for long", { outMs: 90_000 }],
  ])("is not %s", (_, burst) => {
    expect(bursts(2 * times, burst).alerts).toEqual([]);
  });

  test("once less is chance", () => {
    expect(bursts(times - 1).alerts).toEqual([]);
  });

  test("is not what an account does by the way", () => {
    const venue = new WatchedVenue("momentumIgnition");
    for (let trade = 0; trade < 10; trade++) {
      venue.submit(MAKER, ["sell", 100, 101]);
      venue.wait(1_000).submit(IGNITER, ["buy", 100, 101]);
    }
    expect(bursts(2 * times, {}, venue).alerts).toEqual([]);
  });
});
