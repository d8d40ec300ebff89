import { expect, test } from "vitest";

import { NS_PER_DAY } from "../../core/units.ts";
import { Depth, FeedMode } from "../../model/market-data.ts";
import { RecordKind } from "../../model/record.ts";
import type { FeedRequest } from "../../testing/venue-stage.ts";
import { writeSubscription } from "../../testing/venue-stage.ts";
import type { ChannelKey } from "./channel.ts";
import { INTERVAL_NS_MAX, INTERVAL_NS_MIN, readSubscription } from "./subscription.ts";

function read(request: FeedRequest): ChannelKey | undefined {
  const words = new Int32Array(16);
  const doubles = new Float64Array(words.buffer);
  writeSubscription(words, doubles, RecordKind.subscribe, request);
  return readSubscription(words, doubles, 0);
}

test.each<[request: FeedRequest, levels: number, intervalNs: number]>([
  [{ depth: "quotes", mode: "everyChange" }, 0, 0],
  [{ depth: "levels", mode: "everyChange" }, 0, 0],
  [{ depth: "orders", mode: "everyChange" }, 0, 0],
  [{ depth: "trades", mode: "everyChange" }, 0, 0],
  [{ depth: "auctions", mode: "everyChange" }, 0, 0],
  [{ depth: "auctions", mode: "conflated", intervalNs: 1_000 }, 0, 1_000],
  // What the way of publishing has no use for makes no other channel.
  [{ depth: "quotes", mode: "everyChange", levels: 5, intervalNs: 77 }, 0, 0],
  [{ depth: "quotes", mode: "conflated", levels: 5, intervalNs: 1_000 }, 0, 1_000],
  [{ depth: "levels", mode: "conflated", levels: -5, intervalNs: 1_000 }, 0, 1_000],
  [{ depth: "quotes", mode: "snapshots", levels: 5, intervalNs: 1_000 }, 0, 1_000],
  [{ depth: "levels", mode: "snapshots", levels: 5, intervalNs: 1_000 }, 5, 1_000],
  [{ depth: "levels", mode: "snapshots", intervalNs: 1_000 }, 64, 1_000],
  [{ depth: "levels", mode: "snapshots", levels: 64, intervalNs: INTERVAL_NS_MIN }, 64, 1_000],
  [{ depth: "levels", mode: "snapshots", levels: 1, intervalNs: INTERVAL_NS_MAX }, 1, NS_PER_DAY],
])("%o is a feed", (request, levels, intervalNs) => {
  const key = { instrument: 0, depth: Depth[request.depth], mode: FeedMode[request.mode], levels, intervalNs };
  expect(read(request)).toEqual(key);
});

test.each<FeedRequest>([
  { depth: "orders", mode: "conflated", intervalNs: 1_000 },
  { depth: "auctions", mode: "snapshots", intervalNs: 1_000 },
  { depth: "trades", mode: "conflated", intervalNs: 1_000 },
  { depth: "orders", mode: "snapshots", intervalNs: 1_000 },
  { depth: "trades", mode: "snapshots", intervalNs: 1_000 },
  { depth: "quotes", mode: "conflated" },
  { depth: "quotes", mode: "conflated", intervalNs: INTERVAL_NS_MIN - 1 },
  { depth: "quotes", mode: "conflated", intervalNs: -1_000 },
  { depth: "quotes", mode: "conflated", intervalNs: 1_000.5 },
  { depth: "quotes", mode: "conflated", intervalNs: Number.NaN },
  { depth: "quotes", mode: "conflated", intervalNs: Infinity },
  { depth: "quotes", mode: "snapshots", intervalNs: INTERVAL_NS_MAX + 1 },
  { depth: "levels", mode: "snapshots", levels: -1, intervalNs: 1_000 },
  { depth: "levels", mode: "snapshots", levels: 65, intervalNs: 1_000 },
])("%o is none", (request) => {
  expect(read(request)).toBeUndefined();
});

test("depths and modes that there are not are none", () => {
  const words = new Int32Array(16);
  const doubles = new Float64Array(words.buffer);
  for (const [depth, mode] of [
    [0, 0],
    [6, 0],
    [-1, 0],
    [1, 3],
    [1, -1],
  ]) {
    words.set([RecordKind.subscribe, 0, depth, mode]);
    doubles[3] = 1_000;
    expect(readSubscription(words, doubles, 0)).toBeUndefined();
  }
});
