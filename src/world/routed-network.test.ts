import { describe, expect, test } from "vitest";

import { NS_PER_HOUR } from "../core/units.ts";
import { discardingJournal } from "../kernel/journal-port.ts";
import { VENUE, scenarioOf } from "../testing/scenario-text.ts";
import { linkOfFields } from "./link-of-fields.ts";
import { plainLink } from "../network/link-spec.ts";
import { routedGraph } from "./routed-graph.ts";
import { World } from "./world.ts";

const POPULATION = [
  "{ kind: noise, name: noise, count: 40, parameters: { ordersPerDay: 1000 } }",
  "{ kind: value, name: value, count: 4, parameters: { meanInterval: 10s } }",
  "{ kind: inventoryMarketMaker, name: maker, count: 2 }",
];

function worldOf(network: string): World {
  const scenario = scenarioOf({ network: `{ kind: routed, ${network} }`, population: POPULATION });
  return new World(scenario, { journal: discardingJournal, factories: new Map() });
}

function routeOf(world: World, from: string, to = "XSIM"): string {
  const { kernel, network } = world;
  const route = network?.route(kernel.find(from), kernel.find(to));
  return `${route?.links.join(", ")}: ${route?.expectedDelayNs}`;
}

describe("places", () => {
  const world = worldOf(
    "topology: { kind: star, places: [hub, a, b, c] }, link: { delay: 1ms }, at: { value: [b, c], value-4: a, maker-2: hub }",
  );
  const placeOf = (name: string): string => routeOf(world, name).split(" to ")[0];

  test("a list is gone through by the agents' numbers; one's own place comes first", () => {
    expect([1, 2, 3, 4].map((n) => placeOf(`value-${n}`))).toEqual(["b", "c", "b", "a"]);
    expect(routeOf(world, "maker-2")).toBe(": 0");
  });

  test("who has none: the venue is at the first place, agents are drawn among the others", () => {
    const places = Array.from({ length: 40 }, (_, i) => placeOf(`noise-${i + 1}`));
    expect(new Set(places)).toEqual(new Set(["a", "b", "c"]));
    expect(routeOf(world, "noise-1")).toMatch(/^[abc] to hub: 1000000$/);
  });
});

test("an entry of links changes what it names, in its direction, and leaves the rest", () => {
  const { network, seed, start } = scenarioOf({
    network:
      "{ kind: routed, topology: { kind: geographic, places: [london, paris, tokyo], medium: fibre }, link: { bandwidth: 1Gbit }, links: [{ between: [london, paris], loss: { kind: bernoulli, probability: 0.5 } }, { between: [paris, tokyo], direction: forth, delay: 1s, bandwidth: 1Mbit }] }",
  });
  if (network.kind !== "routed") throw new Error("the scenario asks for one");
  const { graph } = routedGraph({ seed, start }, network);
  const [there, back] = graph.edges.map(({ spec }) => spec);
  expect([there.loss, back.loss]).toEqual([0, 1].map(() => ({ kind: "bernoulli", probability: 0.5 })));
  expect(there.delayNs).toBeGreaterThan(1.5e6);
  expect([there.bandwidthBps, there.delayNs]).toEqual([1e9, back.delayNs]);
  const far = graph.edges.filter(({ from, to }) => Math.min(from, to) === 1).map(({ spec }) => spec);
  expect(far.map(({ delayNs, bandwidthBps }) => [delayNs === 1e9, bandwidthBps])).toEqual([
    [true, 1e6],
    [false, 1e9],
  ]);
});

test("accesses of one's own, those that are known, and what lies within a place", () => {
  const world = worldOf(
    "topology: { kind: star, places: [hub] }, local: 7us, access: { XSIM: colocated, value: slow, value-2: office }, accesses: { slow: { up: { delay: 3ms }, down: { delay: 4ms } } }",
  );
  expect(routeOf(world, "value-1")).toBe(`value-1 up, within hub, XSIM down: ${3_000_000 + 7_000 + 490 + 104}`);
  expect(routeOf(world, "value-2")).toBe(`value-2 up, within hub, XSIM down: ${250_000 + 1_040 + 7_000 + 490 + 104}`);
});

test("the day's load is told by the time of day, the network's by the run's start", () => {
  const load = { trough: 0.1, peak: 0.5, peakAt: 15 * NS_PER_HOUR };
  expect(linkOfFields(plainLink(0), { load }, 9 * NS_PER_HOUR).load?.peakAtNs).toBe(6 * NS_PER_HOUR);
});

test("SimBlock's law stands in for the delay", () => {
  const link = linkOfFields(plainLink(0), { jitter: { kind: "simBlock", mean: 100e6 } }, 0);
  expect([link.delayNs, link.jitter]).toEqual([0, { kind: "pareto", scale: 95e6, shape: 20, correlation: 0 }]);
  expect(linkOfFields(plainLink(0), { jitter: { kind: "simBlock", mean: 4e6 } }, 0).delayNs).toBe(4e6);
});

describe("transport", () => {
  const network = (marketData: string): string =>
    `topology: { kind: star, places: [hub, a] }, link: { delay: 1ms, loss: { kind: bernoulli, probability: 0.2 } }, transport: { marketData: ${marketData}, fanOut: 3 }`;

  test.each(["reliable", "datagram", "gossip"])(
    "market data by %s: orders get through, and the run trades",
    (marketData) => {
      const world = worldOf(network(marketData));
      world.kernel.run(5 * 60e9);
      const counts = world.network?.counts;
      expect(world.venues[0].statistics.turnovers[0].commands).toBeGreaterThan(50);
      expect(counts?.repeated).toBeGreaterThan(20);
      expect(counts?.abandoned).toBe(0);
      // By gossip each of the two makers hears of it over two ways.
      expect(Number(counts?.missed) > 0).toBe(marketData === "gossip");
    },
  );
});

test("isolated venues and groups, by name", () => {
  const world = worldOf(
    "topology: { kind: star, places: [hub, a] }, link: { delay: 1ms }, faults: [{ kind: isolate, at: 0s, for: 4m, who: [XSIM] }, { kind: pause, at: 4m, for: 1m, who: [noise] }]",
  );
  world.kernel.run(4 * 60e9);
  expect(world.venues[0].statistics.turnovers[0].commands).toBe(0);
  expect(world.network?.counts.unreachable).toBeGreaterThan(0);
  world.kernel.run(10 * 60e9);
  expect(world.venues[0].statistics.turnovers[0].commands).toBeGreaterThan(0);
});

test("a scenario without a network of links has none", () => {
  const world = new World(scenarioOf({ venues: [VENUE] }), { journal: discardingJournal, factories: new Map() });
  expect(world.network).toBeUndefined();
});
