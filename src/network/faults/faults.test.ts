import { describe, expect, test } from "vitest";

import { NetworkStage, placesInARow, twoPlaces } from "../../testing/network-stage.ts";
import { bothWays } from "../graph.ts";
import type { Graph } from "../graph.ts";
import { plainLink } from "../link-spec.ts";
import type { NetworkFault } from "./fault.ts";
import { drawFaults } from "./random-faults.ts";

function everyNs(stepNs: number, untilNs: number): number[] {
  return Array.from({ length: untilNs / stepNs }, (_, i) => i * stepNs);
}

/** Sends from a to b every 10 ns over a link of 100 ns, and from b to a. */
function lifeUnder(faults: readonly NetworkFault[], graph: Graph = twoPlaces({ delayNs: 100 })): NetworkStage {
  const stage = new NetworkStage({ graph, faults });
  return stage.send("a", "b", everyNs(10, 1_000)).send("b", "a", everyNs(10, 1_000)).run();
}

/** Numbers 0 to 99 without those of a range, both ends included. */
function without(first: number, last: number): number[] {
  return everyNs(1, 100).filter((number) => number < first || number > last);
}

test("a cut loses what is on the link and what comes, and heals", () => {
  const stage = lifeUnder([{ kind: "cut", links: [["a", "b"]], atNs: 305, forNs: 200 }]);
  // On the link at 305: what left at 210 to 300. Until 505: what left up to 500.
  expect(stage.numbersAt("b")).toEqual(without(21, 50));
  expect(stage.numbersAt("a")).toEqual(without(21, 50));
  expect(stage.network.counts.cutOff + stage.network.counts.unroutable).toBe(60);
  expect(stage.kernel.pool.held).toBe(0);
});

test("a one-way cut leaves the way back", () => {
  const stage = lifeUnder([{ kind: "oneWay", from: ["a"], to: ["b"], atNs: 305, forNs: 200 }]);
  expect(stage.numbersAt("b")).toEqual(without(21, 50));
  expect(stage.numbersAt("a")).toEqual(without(100, 100));
});

test("a link that flaps is cut again and again, up to the fault's end", () => {
  const stage = lifeUnder([{ kind: "flap", links: [["a", "b"]], atNs: 305, forNs: 250, downNs: 50, upNs: 150 }]);
  // Down from 305 to 355 and from 505 to 555; a packet needs 100 ns without a cut.
  expect(stage.numbersAt("b")).toEqual(without(21, 35).filter((number) => number < 41 || number > 55));
});

test("what two faults cut is whole when both have ended", () => {
  const stage = lifeUnder([
    { kind: "cut", links: [["a", "b"]], atNs: 305, forNs: 200 },
    { kind: "oneWay", from: ["a"], to: ["b"], atNs: 405, forNs: 200 },
  ]);
  expect(stage.numbersAt("b")).toEqual(without(21, 60));
  expect(stage.numbersAt("a")).toEqual(without(21, 50));
});

test("a split cuts what joins its sides; who is on no side is on the first", () => {
  const graph = placesInARow(["a", "b", "c", "d"], plainLink(10));
  const stage = new NetworkStage({ graph, faults: [{ kind: "split", sides: [["a"], ["d"]], atNs: 0, forNs: 500 }] });
  stage.send("a", "c", [100]).send("b", "d", [100, 600]).send("d", "a", [200]).run();
  expect(stage.arrivals.map(({ from, to, timeNs }) => `${from}${to} ${timeNs}`)).toEqual(["ac 120", "bd 620"]);
});

test("an isolated place is cut off from all others, an isolated actor from everyone", () => {
  const graph = placesInARow(["a", "b", "c"], plainLink(10));
  const place = new NetworkStage({ graph, faults: [{ kind: "isolate", places: ["b"], actors: [], atNs: 0 }] });
  place.send("a", "c", [100]).send("b", "a", [100]).run();
  expect(place.arrivals).toEqual([]);

  const actor = new NetworkStage({
    graph,
    faults: [{ kind: "isolate", places: [], actors: ["b"], atNs: 0, forNs: 500 }],
  });
  actor.send("a", "c", [100]).send("b", "a", [200]).send("c", "b", [300, 600]).run();
  expect(actor.arrivals.map(({ from, to, timeNs }) => `${from}${to} ${timeNs}`)).toEqual(["ac 120", "cb 610"]);
  expect(actor.network.counts.unreachable).toBe(2);
});

test("a clog holds back and lets go, in order", () => {
  const stage = lifeUnder([{ kind: "clog", links: [["a", "b"]], atNs: 305, forNs: 200 }]);
  expect(stage.numbersAt("b")).toEqual(everyNs(1, 100));
  const times = stage.timesAt("b");
  expect(times.slice(0, 31)).toEqual(everyNs(10, 310).map((ns) => ns + 100));
  expect(times.slice(31, 51)).toEqual(Array.from({ length: 20 }, () => 605));
  expect(times[51]).toBe(610);
});

test("a collapse leaves the given bandwidth, the narrowest of several, and gives the old one back", () => {
  const stage = new NetworkStage({
    graph: twoPlaces({ bandwidthBps: 1e9 }),
    faults: [
      { kind: "collapse", links: [["a", "b"]], bandwidthBps: 1e6, atNs: 5_000, forNs: 4_000_000 },
      { kind: "collapse", links: [["a", "b"]], bandwidthBps: 5e5, atNs: 2_000_000, forNs: 4_000_000 },
    ],
  });
  stage.send("a", "b", [0, 10_000, 2_500_000, 5_000_000, 9_000_000]).run();
  const took = stage.arrivals.map(({ timeNs }, i) => timeNs - [0, 10_000, 2_500_000, 5_000_000, 9_000_000][i]);
  expect(took).toEqual([1_040, 1_040_000, 2_080_000, 2_080_000, 1_040]);
});

test("a wider collapse within a narrower one changes nothing", () => {
  const stage = new NetworkStage({
    graph: twoPlaces({ bandwidthBps: 1e9 }),
    faults: [
      { kind: "collapse", links: [["a", "b"]], bandwidthBps: 1e6, atNs: 0, forNs: 9_000_000 },
      { kind: "collapse", links: [["a", "b"]], bandwidthBps: 2e6, atNs: 2_000_000, forNs: 3_000_000 },
    ],
  });
  const times = [3_000_000, 6_000_000, 9_500_000];
  stage.send("a", "b", times).run();
  expect(stage.timesAt("b").map((ns, i) => ns - times[i])).toEqual([1_040_000, 1_040_000, 1_040]);
});

test("an old packet comes again: datagrams twice, streams take no notice", () => {
  const fault = { kind: "replay", links: [["a", "b"]], probability: 1, afterNs: 500, atNs: 0, forNs: 55 } as const;
  const datagrams = lifeUnder([fault]);
  expect(datagrams.timesAt("b").filter((ns) => ns === 640)).toEqual([640, 640]);
  expect(datagrams.arrivals.length).toBe(200 + 12);
  const graph = twoPlaces({ delayNs: 100 });
  const streams = new NetworkStage({ graph, faults: [fault], transportOf: () => "reliable" });
  streams.send("a", "b", everyNs(10, 1_000)).run();
  expect(streams.numbersAt("b")).toEqual(everyNs(1, 100));
  expect(streams.network.counts.duplicated).toBe(6);
  expect(streams.kernel.pool.held).toBe(0);
});

describe("actors", () => {
  test("who crashes hears nothing, and starts again with a plan that it forgot", () => {
    const stage = lifeUnder([{ kind: "crash", actors: ["b"], atNs: 305, forNs: 200 }]);
    expect(stage.starts).toEqual(["a 0", "b 0", "b 505"]);
    expect(stage.numbersAt("b")).toEqual(without(21, 40));
    // What b sent until it crashed is on its way; its timer of 310 is lost, and it goes on where it was.
    expect(stage.timesAt("a").filter((ns) => ns > 400 && ns < 605)).toEqual([]);
    expect(stage.numbersAt("a")).toEqual(without(100, 100));
    expect(stage.kernel.pool.held).toBe(0);
  });

  test("one crash right after the other is a single one", () => {
    const stage = lifeUnder([
      { kind: "crash", actors: ["b"], atNs: 305, forNs: 100 },
      { kind: "crash", actors: ["b"], atNs: 405, forNs: 100 },
    ]);
    expect(stage.starts).toEqual(["a 0", "b 0", "b 505"]);
  });

  test("a stream outlives the crash of its receiver", () => {
    const graph = twoPlaces({ delayNs: 100 });
    const faults = [{ kind: "crash", actors: ["b"], atNs: 305, forNs: 200 }] as const;
    const stage = new NetworkStage({ graph, faults, transportOf: () => "reliable" });
    stage.send("a", "b", everyNs(10, 1_000)).run();
    expect(stage.numbersAt("b")).toEqual(everyNs(1, 100));
  });

  test("who pauses hears everything afterwards", () => {
    const stage = lifeUnder([{ kind: "pause", actors: ["b"], atNs: 305, forNs: 200 }]);
    expect(stage.numbersAt("b")).toEqual(everyNs(1, 100));
    expect(stage.timesAt("b").filter((ns) => ns > 300 && ns < 505)).toEqual([]);
    expect(stage.timesAt("b").filter((ns) => ns === 505).length).toBe(20);
  });

  test("who is slowed down or has a wrong clock is well again afterwards", () => {
    const faults: NetworkFault[] = [
      { kind: "slowDown", actors: ["b"], factor: 4, atNs: 105, forNs: 250 },
      { kind: "skew", actors: ["a"], offsetNs: 1_000_000, driftPpm: 0, atNs: 105, forNs: 250 },
    ];
    const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 100 }), faults }, { b: 3 });
    stage.send("b", "a", [0, 200, 400]).run();
    expect(stage.timesAt("a")).toEqual([1_000_106, 1_000_312, 503]);
  });
});

test("one slow-down or skew after the other, and one within the other: the worst and the latest count", () => {
  const actors = ["b"];
  const faults: NetworkFault[] = [
    { kind: "slowDown", actors, factor: 4, atNs: 1_000, forNs: 1_000 },
    { kind: "slowDown", actors, factor: 2, atNs: 2_000, forNs: 3_000 },
    { kind: "slowDown", actors, factor: 9, atNs: 3_000, forNs: 1_000 },
    { kind: "skew", actors: ["a"], offsetNs: 10_000_000, driftPpm: 0, atNs: 1_000, forNs: 4_000 },
    { kind: "skew", actors: ["a"], offsetNs: 50_000_000, driftPpm: 0, atNs: 3_000, forNs: 1_000 },
  ];
  const stage = new NetworkStage({ graph: twoPlaces({}), faults }, { b: 10 });
  stage.send("b", "a", [500, 1_500, 2_500, 3_500, 4_500, 5_500]).run();
  expect(stage.timesAt("a")).toEqual([510, 10_001_540, 10_002_520, 50_003_590, 10_004_520, 5_510]);
});

test("routes go around a cut once it is learnt, and come back", () => {
  const [fast, slow] = [plainLink(10), plainLink(100)];
  const graph = {
    places: ["a", "b", "c"].map((name) => ({ name })),
    edges: [...bothWays(0, 1, fast), ...bothWays(0, 2, slow), ...bothWays(2, 1, slow)],
  };
  const faults: NetworkFault[] = [{ kind: "cut", links: [["a", "b"]], atNs: 1_000, forNs: 2_000 }];
  const stage = new NetworkStage({ graph, faults, convergenceNs: 500 });
  const times = everyNs(100, 4_000);
  const routes: string[] = [];
  stage.send("a", "b", times);
  for (const untilNs of [900, 1_499, 1_600, 3_499, 3_600]) {
    stage.run(untilNs);
    routes.push(
      `${untilNs} ${stage.network.route(0, 1)?.places.join("")} ${stage.network.route(0, 1)?.expectedDelayNs}`,
    );
  }
  expect(routes).toEqual(["900 ab 10", "1499 ab 10", "1600 acb 200", "3499 acb 200", "3600 ab 10"]);
  stage.run();
  const lost = times.filter((ns) => ns >= 1_000 && ns < 1_500).map((ns) => ns / 100);
  expect(stage.numbersAt("b").toSorted((x, y) => x - y)).toEqual(everyNs(1, 40).filter((n) => !lost.includes(n)));
  const took = stage.arrivals.map(({ number, timeNs }) => timeNs - 100 * number);
  expect(took.filter((ns) => ns === 200).length).toBe(20);
});

describe("a fault that is thought of during a run", () => {
  const everyKind: NetworkFault[] = [
    { kind: "cut", links: [["a", "b"]], atNs: 105, forNs: 50 },
    { kind: "flap", links: [["a", "b"]], atNs: 205, forNs: 100, downNs: 20, upNs: 30 },
    { kind: "clog", links: [["a", "b"]], atNs: 355, forNs: 50 },
    { kind: "replay", links: [["a", "b"]], probability: 0.5, afterNs: 40, atNs: 455, forNs: 50 },
    { kind: "pause", actors: ["b"], atNs: 555, forNs: 50 },
    { kind: "crash", actors: ["b"], atNs: 655, forNs: 50 },
    { kind: "isolate", places: [], actors: ["a"], atNs: 755, forNs: 50 },
    { kind: "oneWay", from: ["a"], to: ["b"], atNs: 855 },
  ];

  test("does what it would have done from the scenario", () => {
    const scripted = lifeUnder(everyKind);
    const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 100 }) });
    stage.send("a", "b", everyNs(10, 1_000)).send("b", "a", everyNs(10, 1_000));
    for (const fault of everyKind) {
      stage.run(fault.atNs - 1);
      stage.kernel.direct(fault, fault.atNs);
    }
    stage.run();
    expect(stage.arrivals).toEqual(scripted.arrivals);
    expect(stage.network.counts).toEqual(scripted.network.counts);
    expect(stage.kernel.tape.digest()).toBe(scripted.kernel.tape.digest());
  });

  test("may begin later, before or after those that are known already", () => {
    const [early, late] = [everyKind[0], { ...everyKind[0], atNs: 505 }];
    const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 100 }), faults: [{ ...early, atNs: 305 }] });
    stage.send("a", "b", everyNs(10, 1_000)).run(50);
    stage.kernel.direct(late, 60);
    stage.kernel.direct(early, 60);
    stage.run();
    const lost = everyNs(1, 100).filter((number) => !stage.numbersAt("b").includes(number));
    expect(lost).toEqual([1, 21, 41].flatMap((first) => Array.from({ length: 15 }, (_, i) => first + i)));
  });

  test("must not begin in the past", () => {
    const stage = new NetworkStage({ graph: twoPlaces({}) }).run(500);
    expect(() => stage.kernel.direct(everyKind[0], 600)).toThrow("a fault begins now or later");
  });

  test("heal ends all that have begun, those of the scenario too, and leaves those to come", () => {
    const faults: NetworkFault[] = [
      { kind: "cut", links: [["a", "b"]], atNs: 105 },
      { kind: "flap", links: [["a", "b"]], atNs: 105, forNs: 800, downNs: 50, upNs: 10 },
      { kind: "crash", actors: ["b"], atNs: 105, forNs: 700 },
      { kind: "clog", links: [["a", "b"]], atNs: 605, forNs: 100 },
    ];
    const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 100 }), faults });
    stage.send("a", "b", everyNs(10, 1_000)).run(304);
    stage.kernel.direct({ kind: "heal", atNs: 305 }, 305);
    stage.run();
    // Number 0 had come; what left up to 300 was lost; what left at 610 to 700 was held back until 705.
    expect(stage.numbersAt("b")).toEqual(without(1, 30));
    expect(
      stage
        .timesAt("b")
        .filter((ns) => ns > 700 && ns <= 805)
        .at(-1),
    ).toBe(805);
    expect(stage.timesAt("b").filter((ns) => ns > 710 && ns < 805)).toEqual([]);
    expect(stage.starts).toEqual(["a 0", "b 0", "b 305"]);
  });
});

describe("random faults", () => {
  const graph = placesInARow(["a", "b", "c"], plainLink(10));
  const options = { graph, seed: 3, endNs: 3_600e9 };
  const cut = { everyNs: 60e9, lastsNs: 5e9, what: { kind: "cut" } } as const;
  const crash = { everyNs: 300e9, lastsNs: 5e9, what: { kind: "crash", actors: ["x", "y"] } } as const;

  test("come about as often and last about as long as asked, and hit everything", () => {
    const faults = drawFaults([cut], { ...options, endNs: 1_000 * 60e9 });
    // Five standard deviations of a Poisson number, and of the mean of exponential times.
    expect(Math.abs(faults.length - 1_000)).toBeLessThan(5 * Math.sqrt(1_000));
    const meanNs = faults.reduce((sum, { forNs }) => sum + (forNs ?? 0), 0) / faults.length;
    expect(Math.abs(meanNs / 5e9 - 1)).toBeLessThan(5 / Math.sqrt(faults.length));
    const hit = new Set(faults.flatMap((fault) => ("links" in fault ? fault.links.map((pair) => pair.join()) : [])));
    expect([...hit].toSorted()).toEqual(["a,b", "b,c"]);
  });

  test("follow from the seed, and each entry from its own place in the list", () => {
    expect(drawFaults([cut], options)).toEqual(drawFaults([cut], options));
    expect(drawFaults([cut], { ...options, seed: 4 })).not.toEqual(drawFaults([cut], options));
    const [one, other] = [drawFaults([cut], options), drawFaults([cut, cut], options)];
    expect(other.slice(0, one.length)).toEqual(one);
    expect(other[one.length].atNs).not.toBe(one[0].atNs);
    const both = drawFaults([cut, crash], options);
    expect(both.filter(({ kind }) => kind === "cut")).toEqual(drawFaults([cut], options));
    const victims = both.flatMap((fault) => (fault.kind === "crash" ? fault.actors : []));
    expect(new Set(victims)).toEqual(new Set(["x", "y"]));
  });

  test("are of every sort: one direction, two parts, links that flap, packets that come again, clocks ahead and behind", () => {
    const what = [
      { kind: "oneWay" },
      { kind: "split" },
      { kind: "flap", downNs: 1e9, upNs: 2e9 },
      { kind: "replay", probability: 0.5, afterNs: 7 },
      { kind: "skew", actors: ["x", "y"], offsetNs: 9, driftPpm: 3 },
    ] as const;
    const drawn = drawFaults(
      what.map((each) => ({ everyNs: 60e9, lastsNs: 5e9, what: each })),
      options,
    );
    const of = <Kind extends NetworkFault["kind"]>(kind: Kind) =>
      drawn.filter((fault): fault is Extract<NetworkFault, { kind: Kind }> => fault.kind === kind);
    const ways = new Set(of("oneWay").map(({ from, to }) => `${from.join()} ${to.join()}`));
    expect([...ways].toSorted()).toEqual(["a b", "b a", "b c", "c b"]);
    expect(of("split").length).toBeGreaterThan(20);
    for (const { sides } of of("split")) {
      expect(sides.flat().toSorted()).toEqual(["a", "b", "c"]);
      expect(sides.every((side) => side.length > 0)).toBe(true);
    }
    expect(of("flap")[0]).toMatchObject({ downNs: 1e9, upNs: 2e9 });
    expect(of("replay")[0]).toMatchObject({ probability: 0.5, afterNs: 7 });
    const skews = new Set(
      of("skew").map(({ actors, offsetNs, driftPpm }) => `${actors.join()} ${offsetNs} ${driftPpm}`),
    );
    expect([...skews].toSorted()).toEqual(["x -9 3", "x 9 3", "y -9 3", "y 9 3"]);
    // And a network takes them.
    const stage = new NetworkStage({ graph, faults: drawn.filter(({ kind }) => kind !== "skew") });
    expect(() => stage.send("a", "c", everyNs(30e9, 3_600e9)).run()).not.toThrow();
    expect(stage.kernel.pool.held).toBe(0);
  });

  test("hit nobody where there is nobody", () => {
    expect(drawFaults([{ ...crash, what: { kind: "crash", actors: [] } }], options)).toEqual([]);
  });
});
