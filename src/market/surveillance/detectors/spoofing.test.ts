import { describe, expect, test } from "vitest";

import { recordKindName } from "../../../model/record.ts";
import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { SPOOFING_THRESHOLDS } from "./spoofing.ts";

const [SPOOFER, VICTIM, MAKER] = [1, 2, 3];
const { times, imbalance } = SPOOFING_THRESHOLDS;

interface Attempt {
  /** Each of the decoys. */
  readonly decoyLots?: number;
  readonly layers?: number;
  /** What the account shows on the side where it trades. */
  readonly ownLots?: number;
  /** After the trade: until the decoys are canceled. */
  readonly delayMs?: number;
  readonly replaces?: boolean;
}

/** The spoofer sells a little while it shows bids, so often. */
function attempts(count: number, attempt: Attempt = {}): WatchedVenue {
  const { decoyLots = 1_000, layers = 1, ownLots = 100, delayMs = 5, replaces = false } = attempt;
  const venue = new WatchedVenue("spoofing");
  for (let time = 0; time < count; time++) {
    venue.submit(SPOOFER, ["sell", ownLots, 101]);
    const decoys = Array.from({ length: layers }, (_, layer) => venue.submit(SPOOFER, ["buy", decoyLots, 99 - layer]));
    venue.wait(100).submit(VICTIM, ["buy", ownLots, 101]);
    venue.wait(delayMs);
    for (const decoy of decoys) venue.cancel(SPOOFER, decoy);
    if (replaces) venue.submit(SPOOFER, ["buy", decoyLots, 98]);
    venue.wait(10_000);
  }
  // The last withdrawal is counted when the account is next heard of.
  venue.submit(SPOOFER, ["sell", 1, 200]);
  return venue;
}

describe("spoofing", () => {
  test("is large orders that go when a small one on the other side has traded, again and again", () => {
    const venue = attempts(times);
    expect(venue.named).toEqual([[SPOOFER]]);
    const [{ score, evidence, finding }] = venue.alerts;
    expect(score).toBe(1);
    expect(finding).toContain("last 1000 lots in 1 order, 5.0 ms after the trade");
    const kinds = evidence.map(({ kind, account, qtyLots }) => `${recordKindName(kind)} ${account} ${qtyLots}`);
    const [{ account: spoofer }] = evidence;
    const round = [`orderAccepted ${spoofer} 1000`, `trade ${spoofer + 1} 100`, `orderCanceled ${spoofer} 1000`];
    expect(kinds).toEqual(Array.from({ length: times }, () => round).flat());
  });

  test("once less is chance", () => {
    expect(attempts(times - 1).alerts).toEqual([]);
  });

  test("several prices are layers", () => {
    const [{ finding, accounts }] = attempts(times, { layers: 4, decoyLots: 200 }).alerts;
    expect(accounts).toHaveLength(1);
    expect(finding).toContain("last 800 lots in 4 orders at 4 prices");
  });

  test.each<[string, Attempt]>([
    ["what is shown is in proportion", { decoyLots: 100 * imbalance - 1 }],
    ["it is canceled long after", { delayMs: 1_500 }],
    ["it is placed anew: it was moved", { replaces: true }],
  ])("is none where %s", (_, attempt) => {
    expect(attempts(2 * times, attempt).alerts).toEqual([]);
  });

  test("a maker whose bids are swept away is none, though it then moves its asks", () => {
    const venue = new WatchedVenue("spoofing");
    for (let time = 0; time < 2 * times; time++) {
      const bids = [99, 98, 97, 96, 95, 94].map((price) => venue.submit(MAKER, ["buy", 50, price]));
      const asks = [101, 102, 103, 104, 105, 106].map((price) => venue.submit(MAKER, ["sell", 50, price]));
      venue.wait(100).submit(VICTIM, ["sell", 280, 94]);
      venue.wait(5);
      for (const ask of asks) venue.cancel(MAKER, ask);
      venue.wait(5_000);
      for (const bid of bids) venue.cancel(MAKER, bid);
      venue.wait(5_000);
    }
    expect(venue.alerts).toEqual([]);
  });
});
