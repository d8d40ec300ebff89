import { describe, expect, test } from "vitest";

import { NetworkStage, placesInARow, twoPlaces } from "../../testing/network-stage.ts";
import type { LinkSpec } from "../link-spec.ts";
import { plainLink } from "../link-spec.ts";
import type { NetworkOptions } from "../network.ts";
import { WINDOW_AT_START } from "./congestion-window.ts";
import { SEND_BUFFER_MAX, TIMEOUTS_MAX } from "./stream-sender.ts";

const transportOf = (): "reliable" => "reliable";
const MS = 1e6;

function stageOf(there: Partial<LinkSpec>, options: Partial<NetworkOptions> = {}): NetworkStage {
  return new NetworkStage({ graph: twoPlaces(there, { delayNs: there.delayNs ?? 0 }), transportOf, ...options });
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

const HOSTILE: Partial<LinkSpec> = {
  delayNs: 5 * MS,
  jitter: { kind: "uniform", low: 0, high: 3 * MS, correlation: 0 },
  loss: { kind: "gilbertElliott", p: 0.02, r: 0.3, h: 0.5, k: 0.995 },
  duplicate: 0.05,
  corrupt: 0.01,
  reorder: { probability: 0.1, holdBackNs: 4 * MS },
};

test("over a clean link a message takes the link's delay, and its acknowledgement comes back", () => {
  const stage = stageOf({ delayNs: 1_000 }).send("a", "b", [0, 10]).run();
  expect(stage.timesAt("b")).toEqual([1_000, 1_010]);
  expect(stage.network.counts).toMatchObject({ offered: 2, delivered: 2, packets: 4, repeated: 0 });
  expect(stage.network.isSettled(0, 1)).toBe(true);
});

test("over a hostile network every message arrives once and in order, and nothing is left over", () => {
  const graph = placesInARow(["a", "b", "c"], { ...plainLink(0), ...HOSTILE });
  const stage = new NetworkStage({ graph, transportOf });
  const times = numbers(3_000).map((i) => i * MS);
  stage.send("a", "c", times).send("c", "a", times).run();
  expect(stage.numbersAt("c")).toEqual(numbers(3_000));
  expect(stage.numbersAt("a")).toEqual(numbers(3_000));
  const { counts } = stage.network;
  expect(counts.repeated).toBeGreaterThan(300);
  expect(counts).toMatchObject({ offered: 6_000, delivered: 6_000, refused: 0, abandoned: 0 });
  expect(stage.network.inFlight).toBe(0);
  expect(stage.kernel.pool.held).toBe(0);
});

test("a single loss is repeated after three acknowledgements that say the same, long before the timeout", () => {
  // The link loses what waits when it is cut for a moment: message 5 alone.
  const fault = { kind: "cut", links: [["a", "b"]], atNs: 5 * MS - 1, forNs: 2 } as const;
  const stage = stageOf({ delayNs: 100 }, { faults: [fault] });
  stage
    .send(
      "a",
      "b",
      numbers(12).map((i) => i * MS),
    )
    .run();
  expect(stage.numbersAt("b")).toEqual(numbers(12));
  // Messages 6, 7 and 8 make the receiver ask for 5 three times; then 5 goes again.
  expect(stage.timesAt("b")[5]).toBe(8 * MS + 300);
  expect(stage.timesAt("b").slice(5, 9)).toEqual(Array.from({ length: 4 }, () => 8 * MS + 300));
  expect(stage.network.counts.repeated).toBe(1);
});

test("a lost last message waits for the timeout: a second before anything was measured", () => {
  const fault = { kind: "cut", links: [["a", "b"]], atNs: 0, forNs: 2 } as const;
  const stage = stageOf({ delayNs: 100 }, { faults: [fault] })
    .send("a", "b", [1])
    .run();
  expect(stage.timesAt("b")).toEqual([1_000 * MS + 101]);
});

test("timeouts double, and after enough of them the stream gives up and starts afresh", () => {
  const fault = { kind: "oneWay", from: ["a"], to: ["b"], atNs: 0, forNs: 3_600_000 * MS } as const;
  const stage = stageOf({ delayNs: 100 }, { faults: [fault] });
  stage.send("a", "b", [1, 2, 7_200_000 * MS]).run();
  expect(stage.numbersAt("b")).toEqual([2]);
  const { counts } = stage.network;
  expect(counts).toMatchObject({ abandoned: 2, delivered: 1 });
  // The first packet goes again each time; 1 + 2 + 4 + ... seconds, of at most 60 s.
  expect(counts.repeated).toBe(TIMEOUTS_MAX);
  expect(stage.kernel.pool.held).toBe(0);
});

test("a receiver that was given up on does not keep what it had", () => {
  // Only the very first packet is lost; then no acknowledgement comes through for an hour.
  const faults = [
    { kind: "cut", links: [["a", "b"]], atNs: 0, forNs: 5 },
    { kind: "oneWay", from: ["b"], to: ["a"], atNs: 6, forNs: 3_600_000 * MS },
  ] as const;
  const stage = stageOf({ delayNs: 100 }, { faults })
    .send("a", "b", [1, 10, 20, 7_200_000 * MS])
    .run();
  // The first repetition brings all three to b, which says so in vain.
  expect(stage.numbersAt("b")).toEqual([0, 1, 2, 3]);
  expect(stage.network.counts.abandoned).toBe(3);
  expect(stage.kernel.pool.held).toBe(0);
});

test("a full send buffer refuses what comes, and counts it", () => {
  const fault = { kind: "clog", links: [["a", "b"]], atNs: 0, forNs: 10 } as const;
  const stage = stageOf({ delayNs: 100, queueBytesMax: 1e9 }, { faults: [fault] });
  stage
    .send(
      "a",
      "b",
      Array.from({ length: SEND_BUFFER_MAX + 5 }, () => 1),
    )
    .run();
  expect(stage.network.counts).toMatchObject({ refused: 5, delivered: SEND_BUFFER_MAX });
  expect(stage.kernel.pool.held).toBe(0);
});

describe("congestion", () => {
  test("slow start: the window doubles each round trip", () => {
    const stage = stageOf({ delayNs: 50 * MS });
    stage
      .send(
        "a",
        "b",
        Array.from({ length: 150 }, () => 0),
      )
      .run();
    const perTrip = [0, 1, 2, 3].map((trip) => {
      const timeNs = 50 * MS + trip * 100 * MS;
      return stage.timesAt("b").filter((ns) => ns === timeNs).length;
    });
    expect(perTrip).toEqual([WINDOW_AT_START, 2 * WINDOW_AT_START, 4 * WINDOW_AT_START, 8 * WINDOW_AT_START]);
  });

  test("a stream fills a narrow link, and keeps its losses low", () => {
    const stage = stageOf({ delayNs: 5 * MS, bandwidthBps: 10e6, queueBytesMax: 20_000 });
    // A packet of 142 bytes takes 0.1136 ms, so the link is offered a little more than it can bear.
    stage
      .send(
        "a",
        "b",
        numbers(50_000).map((i) => 110_000 * i),
      )
      .run();
    expect(stage.numbersAt("b")).toEqual(numbers(50_000));
    const [link] = stage.network.links;
    expect((50_000 * 0.1136 * MS) / stage.timesAt("b").at(-1)!).toBeGreaterThan(0.85);
    expect(link.counts.overflowed).toBeGreaterThan(0);
    expect(stage.network.counts.repeated / 50_000).toBeLessThan(0.05);
  });

  test("loss costs a stream time and a datagram its data", () => {
    const loss = { kind: "bernoulli", probability: 0.1 } as const;
    const times = numbers(2_000).map((i) => i * 10 * MS);
    const run = (transport: "reliable" | "datagram"): NetworkStage =>
      stageOf({ delayNs: 5 * MS, loss }, { transportOf: () => transport })
        .send("a", "b", times)
        .run();
    const [stream, datagrams] = [run("reliable"), run("datagram")];
    expect(stream.numbersAt("b")).toEqual(numbers(2_000));
    expect(datagrams.arrivals.every(({ number, timeNs }) => timeNs === times[number] + 5 * MS)).toBe(true);
    const late = stream.arrivals.filter(({ number, timeNs }) => timeNs > times[number] + 5 * MS).length;
    expect(late).toBeGreaterThan(200);
    expect(2_000 - datagrams.arrivals.length).toBe(datagrams.network.counts.lost);
    expect(datagrams.network.counts.lost).toBeGreaterThan(100);
  });

  test("two streams share a link about evenly", () => {
    const graph = placesInARow(["a", "b", "c"], { ...plainLink(MS), bandwidthBps: 20e6, queueBytesMax: 30_000 });
    const stage = new NetworkStage({ graph, transportOf });
    const times = Array.from({ length: 8_000 }, (_, i) => i);
    stage
      .send("a", "c", times)
      .send("b", "c", times)
      .run(2_000 * MS);
    const ofA = stage.arrivals.filter(({ from }) => from === "a").length / stage.arrivals.length;
    expect(stage.arrivals.length).toBeGreaterThan(4_000);
    expect(ofA).toBeGreaterThan(0.25);
    expect(ofA).toBeLessThan(0.75);
  });
});
