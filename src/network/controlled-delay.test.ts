import { describe, expect, test } from "vitest";

import { NetworkStage, twoPlaces } from "../testing/network-stage.ts";
import { ControlledDelay } from "./controlled-delay.ts";

const MS = 1e6;
const options = { targetNs: 10 * MS, intervalNs: 100 * MS };
const MANY_BYTES = 100_000;

/** At which milliseconds of a steady stream of packets, one each, that all waited so long, a packet is dropped. */
function drops(codel: ControlledDelay, span: { fromMs: number; toMs: number; waitedMs: number }): number[] {
  const dropped: number[] = [];
  for (let ms = span.fromMs; ms < span.toMs; ms++) {
    codel.begin();
    // Each round takes packets until one is sent.
    while (codel.shouldDrop(ms * MS, span.waitedMs * MS, MANY_BYTES)) dropped.push(ms);
  }
  return dropped;
}

describe("CoDel", () => {
  test("drops nothing while packets wait for less than the target", () => {
    expect(drops(new ControlledDelay(options), { fromMs: 1, toMs: 5_000, waitedMs: 9 })).toEqual([]);
  });

  test("drops first after a whole interval above the target, then by the square root of the count", () => {
    const dropped = drops(new ControlledDelay(options), { fromMs: 1, toMs: 500, waitedMs: 30 });
    const expected = [101];
    let at = 101;
    for (let count = 1; at < 500; count++) {
      at += 100 / Math.sqrt(count);
      if (at < 499) expected.push(Math.ceil(at - 1e-9));
    }
    expect(dropped).toEqual(expected);
  });

  test("one packet below the target ends it, and the interval begins anew", () => {
    const codel = new ControlledDelay(options);
    expect(drops(codel, { fromMs: 1, toMs: 150, waitedMs: 30 })).toEqual([101]);
    expect(drops(codel, { fromMs: 150, toMs: 151, waitedMs: 5 })).toEqual([]);
    expect(drops(codel, { fromMs: 151, toMs: 251, waitedMs: 30 })).toEqual([]);
    expect(drops(codel, { fromMs: 251, toMs: 252, waitedMs: 30 })).toEqual([251]);
  });

  test("drops nothing when less than a full packet would be left", () => {
    const codel = new ControlledDelay(options);
    for (let ms = 1; ms < 1_000; ms++) expect(codel.shouldDrop(ms * MS, 50 * MS, 1_514)).toBe(false);
  });

  test("that was dropping lately goes on at its rate", () => {
    const codel = new ControlledDelay(options);
    const before = drops(codel, { fromMs: 1, toMs: 600, waitedMs: 30 }).length;
    expect(before).toBeGreaterThan(5);
    drops(codel, { fromMs: 600, toMs: 601, waitedMs: 1 });
    const again = drops(codel, { fromMs: 601, toMs: 801, waitedMs: 30 });
    // From the first drop on, at 701, the gaps are those of a count near the last one, not of 1.
    expect(again[0]).toBe(701);
    expect(again[1] - again[0]).toBeLessThan(40);
  });
});

test("CoDel on a link keeps its queue short where drop-tail lets it fill", () => {
  const meanWaitMs = (codel: typeof options | undefined): number => {
    const graph = twoPlaces({ bandwidthBps: 1e6, queueBytesMax: 100_000, codel });
    const times = Array.from({ length: 4_000 }, (_, i) => Math.round(0.95 * i * MS));
    const stage = new NetworkStage({ graph }).send("a", "b", times).run();
    const waits = stage.arrivals.map(({ number, timeNs }) => timeNs - times[number] - 1.04 * MS);
    return waits.reduce((sum, ns) => sum + ns, 0) / waits.length / MS;
  };
  expect(meanWaitMs(undefined)).toBeGreaterThan(150);
  expect(meanWaitMs(options)).toBeLessThan(80);
});
