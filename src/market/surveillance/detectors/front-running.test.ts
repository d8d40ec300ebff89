import { describe, expect, test } from "vitest";

import { recordKindName } from "../../../model/record.ts";
import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { FRONT_RUNNING_THRESHOLDS } from "./front-running.ts";

const { times } = FRONT_RUNNING_THRESHOLDS;
const [RUNNER, VICTIM, MAKER, LATER] = [1, 2, 3, 4];

interface Sandwich {
  readonly leadMs?: number;
  readonly victimLots?: number;
  readonly side?: "buy" | "sell";
  /** What the runner gains a lot. */
  readonly gainTicks?: number;
}

function sandwiches(count: number, sandwich: Sandwich = {}): WatchedVenue {
  const { leadMs = 5, victimLots = 500, side = "buy", gainTicks = 2 } = sandwich;
  const venue = new WatchedVenue("frontRunning");
  // What is usual: orders of ten lots.
  for (let order = 0; order < 200; order++) venue.submit(MAKER, ["buy", 10, 50]);
  for (let time = 0; time < count; time++) {
    venue.submit(MAKER, ["sell", 100, 101]);
    const asked = venue.submit(MAKER, ["sell", 1_000, 108]);
    venue.submit(MAKER, ["buy", 1_000, 90]);
    venue.wait(1_000).submit(RUNNER, ["buy", 100, 101], "IOC");
    if (gainTicks > 0) venue.submit(RUNNER, ["sell", 100, 101 + gainTicks]);
    venue.wait(leadMs).submit(VICTIM, [side, victimLots, side === "buy" ? 110 : 90], "IOC");
    if (gainTicks <= 0) venue.submit(RUNNER, ["sell", 100, 50], "IOC");
    // Whoever comes later takes what is left of its offer.
    if (gainTicks > 0) venue.submit(LATER, ["buy", 100, 101 + gainTicks], "IOC");
    venue.cancel(MAKER, asked);
    venue.wait(10_000);
  }
  return venue;
}

describe("front-running", () => {
  test("is to take just before another's large order, and to trade out with a gain", () => {
    const venue = sandwiches(times);
    expect(venue.named).toEqual([[RUNNER]]);
    const [{ evidence, finding }] = venue.alerts;
    expect(finding).toContain("last of 2 ticks; that is 100 %");
    expect(evidence.map(({ kind }) => recordKindName(kind))).toEqual(
      Array.from({ length: times }, () => ["trade", "submitOrder", "trade"]).flat(),
    );
  });

  test.each<[string, Sandwich]>([
    ["long before it", { leadMs: 60 }],
    ["before a small one", { victimLots: 20 }],
    ["before one to the other side", { side: "sell" }],
    ["and to lose by it", { gainTicks: -1 }],
  ])("is not to trade %s", (_, sandwich) => {
    expect(sandwiches(2 * times, sandwich).alerts).toEqual([]);
  });

  test("once less is chance", () => {
    expect(sandwiches(times - 1).alerts).toEqual([]);
  });
});
