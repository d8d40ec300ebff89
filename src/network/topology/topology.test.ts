import { describe, expect, test } from "vitest";

import { plainLink } from "../link-spec.ts";
import { unreachablePlaces } from "../graph.ts";
import type { GeographicSpec, TopologySpec } from "./topology.ts";
import { buildTopology } from "./topology.ts";

function named(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `p${i + 1}`);
}

const CITY: Omit<GeographicSpec, "places"> = { kind: "geographic", coordinates: new Map(), medium: "fibre" };

const SPECS: readonly TopologySpec[] = [
  { kind: "star", places: named(9) },
  { kind: "ring", places: named(9) },
  { kind: "mesh", places: named(9) },
  { kind: "tree", places: named(9), branching: 3 },
  { kind: "randomRegular", places: named(10), degree: 3 },
  { kind: "smallWorld", places: named(20), degree: 4, rewiring: 0.2 },
  { kind: "scaleFree", places: named(20), links: 2 },
  { ...CITY, places: ["london", "tokyo", "newYork", "zurich"] },
];

test.each(SPECS.map((spec): [string, TopologySpec] => [spec.kind, spec]))(
  "%s hangs together, follows from the seed, and joins both ways",
  (_kind, spec) => {
    const { graph, problems } = buildTopology(spec, plainLink(5), 1);
    expect(problems).toEqual([]);
    expect(unreachablePlaces(graph)).toEqual([]);
    expect(buildTopology(spec, plainLink(5), 1)).toEqual({ graph, problems });
    for (const { from, to } of graph.edges) expect(graph.edges.some((e) => e.from === to && e.to === from)).toBe(true);
  },
);

test("by distance: the medium's delay on top of the link's own", () => {
  const { graph } = buildTopology({ ...CITY, places: ["london", "frankfurt"] }, plainLink(1_000), 1);
  // 637 km of great circle, 15 % detour, 204,000 km/s.
  expect(graph.edges[0].spec.delayNs / 1e6).toBeCloseTo(3.59, 1);
  const [there, back] = graph.edges;
  expect(there.spec.delayNs).toBe(back.spec.delayNs);
});

test("by measurement: each direction and each place with itself has its own delay", () => {
  const delaysNs = [
    [50, 1_000, 2_000],
    [1_500, 0, 3_000],
    [2_500, 3_500, 70],
  ];
  const { graph } = buildTopology({ ...CITY, places: ["x", "y", "z"], delaysNs }, plainLink(0), 1);
  for (const { from, to, spec } of graph.edges) expect(spec.delayNs).toBe(delaysNs[from][to]);
  expect(graph.places.map(({ local }) => local?.delayNs)).toEqual([50, undefined, 70]);
});

test("own coordinates, and nearest neighbours only", () => {
  const coordinates = new Map([["vessel", { latitude: 50, longitude: -30 }]]);
  const places = ["london", "paris", "newYork", "vessel"];
  const { graph } = buildTopology({ ...CITY, coordinates, places, neighbours: 1 }, plainLink(0), 1);
  const pairs = graph.edges
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => [places[from], places[to]].join());
  expect(pairs.toSorted()).toEqual(["london,paris", "london,vessel", "newYork,vessel"]);
});

describe("what cannot be is said of its field", () => {
  test.each<[TopologySpec, (string | number)[], string]>([
    [{ kind: "mesh", places: named(600) }, ["places"], "a mesh has at most 512 places, found 600"],
    [
      { kind: "randomRegular", places: named(5), degree: 5 },
      ["degree"],
      "expected less than the number of places (5), found 5",
    ],
    [
      { kind: "randomRegular", places: named(5), degree: 3 },
      ["degree"],
      "expected an even number, since 5 places are odd",
    ],
    [
      { kind: "randomRegular", places: named(6), degree: 1 },
      ["degree"],
      "no randomRegular graph of these numbers that hangs together was found: expected more neighbours each",
    ],
    [{ kind: "smallWorld", places: named(9), degree: 3, rewiring: 0 }, ["degree"], "expected an even number, found 3"],
    [
      { kind: "scaleFree", places: named(3), links: 3 },
      ["links"],
      "expected less than the number of places (3), found 3",
    ],
    [
      { ...CITY, places: ["london", "atlantis"] },
      ["places", 1],
      "there is no city atlantis in the table: give its coordinates",
    ],
    [
      { ...CITY, places: ["a", "b"], delaysNs: [[0, 1]] },
      ["delays"],
      "expected 2 rows of 2 delays, one for each place",
    ],
    [
      { kind: "gml", text: "graph [\n node [ ] ]" },
      ["text"],
      "line 2 of the graph: a node needs an id, which is a number",
    ],
  ])("%j", (spec, path, message) => {
    expect(buildTopology(spec, plainLink(0), 1).problems).toEqual([{ path, message }]);
  });
});
