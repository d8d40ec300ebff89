import { describe, expect, test } from "vitest";

import { NetworkStage, placesInARow, twoPlaces } from "../testing/network-stage.ts";
import { plainLink } from "./link-spec.ts";

/** A message of one record on the wire, as a datagram: 64 bytes and 66 of headers. */
const WIRE_BITS = 130 * 8;

test("a message takes the delay of every link on its way", () => {
  const stage = new NetworkStage({ graph: placesInARow(["a", "b", "c"], plainLink(1_000)) });
  stage.send("a", "c", [0, 5_000]).send("c", "b", [70]).run();
  expect(stage.timesAt("c")).toEqual([2_000, 7_000]);
  expect(stage.timesAt("b")).toEqual([1_070]);
});

test("serialisation: a packet occupies a link for its bits over the bandwidth, and those behind it wait", () => {
  const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 500, bandwidthBps: 1e9 }) });
  stage.send("a", "b", [0, 0, 0, 10_000]).run();
  // One bit takes a nanosecond.
  expect(stage.timesAt("b")).toEqual([1, 2, 3].map((n) => n * WIRE_BITS + 500).concat(10_000 + WIRE_BITS + 500));
  expect(stage.network.links[0].counts).toMatchObject({ packets: 4, bytes: 520, busyNs: 4 * WIRE_BITS });
});

test("a queue drops what does not fit, from the tail, and counts it", () => {
  const graph = twoPlaces({ bandwidthBps: 1e6, queueBytesMax: 260 });
  const stage = new NetworkStage({ graph }).send("a", "b", [0, 0, 0, 0, 0]).run();
  expect(stage.numbersAt("b")).toEqual([0, 1, 2]);
  expect(stage.network.counts).toMatchObject({ offered: 5, delivered: 3, overflowed: 2 });
  expect(stage.network.inFlight).toBe(0);
  expect(stage.kernel.pool.held).toBe(0);
});

test("each direction of a link has a delay and a queue of its own", () => {
  const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 10 }, { delayNs: 3_000 }) });
  stage.send("a", "b", [0]).send("b", "a", [0]).run();
  expect([stage.timesAt("b"), stage.timesAt("a")]).toEqual([[10], [3_000]]);
});

test("flows share a queue", () => {
  const graph = placesInARow(["a", "b", "c"], { ...plainLink(0), bandwidthBps: 1e9 });
  const stage = new NetworkStage({ graph })
    .send("a", "c", [0])
    .send("b", "c", [WIRE_BITS - 1, WIRE_BITS - 1])
    .run();
  // The packet from a is at b a moment after the two from there.
  expect(stage.arrivals.map(({ from, timeNs }) => [from, timeNs])).toEqual([
    ["b", 2 * WIRE_BITS - 1],
    ["b", 3 * WIRE_BITS - 1],
    ["a", 4 * WIRE_BITS - 1],
  ]);
});

test("a busy sender's message enters when it leaves, behind what others sent meanwhile", () => {
  const graph = placesInARow(["a", "b", "c"], { ...plainLink(0), bandwidthBps: 1e9 });
  const stage = new NetworkStage({ graph }, { b: 50 }).send("b", "c", [0]).send("a", "c", [0]).run();
  expect(stage.timesAt("c")[0]).toBeGreaterThanOrEqual(50 + WIRE_BITS);
  expect(stage.arrivals.map(({ from }) => from)).toEqual(["b", "a"]);
});

test("a message to oneself takes no link", () => {
  const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 10 }) }).send("a", "a", [7]).run();
  expect(stage.timesAt("a")).toEqual([7]);
});

describe("accesses and places", () => {
  const graph = {
    places: [{ name: "a", access: { up: plainLink(3), down: plainLink(4) }, local: plainLink(50) }, { name: "b" }],
    edges: twoPlaces({ delayNs: 100 }).edges,
  };
  const locate = (name: string): { place: number } => ({ place: name === "b" ? 1 : 0 });

  test("what leaves takes the access up, what comes the access down", () => {
    const stage = new NetworkStage({ graph, locate }).send("a", "b", [0]).send("b", "a", [0]).run();
    expect([stage.timesAt("b"), stage.timesAt("a")]).toEqual([[103], [104]]);
  });

  test("between two actors of a place lie both accesses and the place's own link", () => {
    const stage = new NetworkStage({ graph, locate: () => ({ place: 0 }) }).send("a", "b", [0]).run();
    expect(stage.timesAt("b")).toEqual([57]);
    expect(stage.network.route(0, 1)).toEqual({
      places: ["a"],
      links: ["a up", "within a", "b down"],
      expectedDelayNs: 57,
    });
  });
});

test("a duplicate arrives twice, and the message is freed once", () => {
  const stage = new NetworkStage({ graph: twoPlaces({ duplicate: 1 }) }).send("a", "b", [0, 5]).run();
  expect(stage.numbersAt("b")).toEqual([0, 0, 1, 1]);
  expect(stage.network.counts).toMatchObject({ offered: 2, delivered: 4, duplicated: 2 });
  expect(stage.kernel.pool.held).toBe(0);
});

test("a damaged packet takes its time and is discarded at the end", () => {
  const stage = new NetworkStage({ graph: twoPlaces({ corrupt: 1 }) }).send("a", "b", [0, 5]).run();
  expect(stage.arrivals).toEqual([]);
  expect(stage.network.counts).toMatchObject({ damaged: 2, delivered: 0 });
  expect(stage.network.links[0].counts.packets).toBe(2);
});

test("who is held back is overtaken, and nobody is faster than the link", () => {
  const reorder = { probability: 0.3, holdBackNs: 250 };
  const graph = twoPlaces({ delayNs: 1_000, reorder });
  const times = Array.from({ length: 1_000 }, (_, i) => 100 * i);
  const stage = new NetworkStage({ graph }).send("a", "b", times).run();
  const late = stage.arrivals.filter(({ number, timeNs }) => timeNs === 100 * number + 1_250).length;
  expect(stage.arrivals.every(({ number, timeNs }) => timeNs >= 100 * number + 1_000)).toBe(true);
  // Five standard deviations of a binomial number.
  expect(Math.abs(late - 300)).toBeLessThan(5 * Math.sqrt(1_000 * 0.3 * 0.7));
  expect(stage.numbersAt("b")).not.toEqual(stage.numbersAt("b").toSorted((x, y) => x - y));
});

test("every datagram is delivered or counted as dropped, whatever the links do", () => {
  const loss = { kind: "gilbertElliott", p: 0.1, r: 0.3, h: 0.2, k: 0.99 } as const;
  const codel = { targetNs: 2_000, intervalNs: 20_000 };
  const spec = {
    ...plainLink(1_000),
    loss,
    codel,
    duplicate: 0.1,
    corrupt: 0.1,
    bandwidthBps: 1e9,
    queueBytesMax: 2_000,
  };
  const stage = new NetworkStage({ graph: placesInARow(["a", "b", "c", "d"], spec) });
  const times = Array.from({ length: 5_000 }, (_, i) => 700 * i);
  stage.send("a", "d", times).send("d", "b", times).send("c", "a", times).run();
  const { counts } = stage.network;
  for (const cause of ["lost", "damaged", "thinned", "duplicated"] as const) expect(counts[cause]).toBeGreaterThan(50);
  expect(counts.offered + counts.duplicated).toBe(counts.delivered + counts.dropped);
  expect(counts.delivered).toBe(stage.arrivals.length);
  expect(stage.network.inFlight).toBe(0);
  expect(stage.kernel.pool.held).toBe(0);
});
