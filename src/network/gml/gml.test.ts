import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { NetworkStage } from "../../testing/network-stage.ts";
import { readGmlGraph } from "./gml-graph.ts";
import { parseGml } from "./gml-text.ts";

/** In the form of the examples of Shadow's manual. */
const GML = `# two cities
graph [
  directed 0
  node [
    id 0
    label "zurich"
    host_bandwidth_down "81920 Kibit"
    host_bandwidth_up "81920 Kibit"
  ]
  node [
    id 7
    label "node at 1.2.3.4"
    host_bandwidth_down "1 Gbit"
    host_bandwidth_up "100 Mbit"
  ]
  edge [ source 0 target 0 latency "1 ms" packet_loss 0.0 ]
  edge [
    source 0
    target 7
    latency "25 ms"
    packet_loss 0.01
  ]
]
`;

test("a graph of Shadow: names, accesses, both directions, and what lies within a place", () => {
  const { graph, problems } = readGmlGraph(GML);
  expect(problems).toEqual([]);
  expect(graph.places.map(({ name }) => name)).toEqual(["zurich", "n7"]);
  expect(graph.places[0].local?.delayNs).toBe(1e6);
  expect(graph.places[1].local).toBeUndefined();
  expect([graph.places[1].access?.up.bandwidthBps, graph.places[1].access?.down.bandwidthBps]).toEqual([1e8, 1e9]);
  expect(graph.edges.map(({ from, to, spec }) => [from, to, spec.delayNs, spec.loss])).toEqual([
    [0, 1, 25e6, { kind: "bernoulli", probability: 0.01 }],
    [1, 0, 25e6, { kind: "bernoulli", probability: 0.01 }],
  ]);
});

test("a message takes the sender's bandwidth up, the edge, and the receiver's bandwidth down", () => {
  const { graph } = readGmlGraph(GML.replace("packet_loss 0.01", ""));
  const stage = new NetworkStage({ graph }).send("zurich", "n7", [0]).run();
  expect(stage.timesAt("n7")).toEqual([Math.ceil(1_040e9 / (81_920 * 1_024)) + 25e6 + 1_040]);
});

test("a directed graph has the edges that it names", () => {
  const { graph } = readGmlGraph(GML.replace("directed 0", "directed 1"));
  expect(graph.edges.length).toBe(1);
});

test("everything that is wrong is listed, each with its line", () => {
  const text = `graph [
  node [ id 0 host_bandwidth_up "fast" ]
  node [ id 0 label "x" ]
  node [ label "x" ]
  edge [ source 0 target 3 latency "-1 ms" ]
  edge [ source 0 target 0 latency 10 packet_loss 1.5 ]
  edge [ target 0 latency "1 ms" ]
]`;
  expect(readGmlGraph(text).problems).toEqual([
    { line: 2, message: 'host_bandwidth_up: expected a bandwidth such as "100 Mbit", found "fast"' },
    { line: 3, message: "there are two nodes 0" },
    { line: 4, message: "a node needs an id, which is a number" },
    { line: 5, message: "target: expected the id of a node, found 3" },
    { line: 5, message: 'latency: expected a duration such as "10 ms", found "-1 ms"' },
    { line: 6, message: 'latency: expected a duration such as "10 ms", found 10' },
    { line: 6, message: "packet_loss: expected a number from 0 to 1, found 1.5" },
    { line: 7, message: "source: expected the id of a node, found nothing" },
    { line: 4, message: "another node is called x already" },
  ]);
});

describe("a text that is no GML says where", () => {
  test.each([
    ["graph [\n  node [ id 0 ]\n", 3, "expected a key or ], found the end"],
    ["graph [\n node ]", 2, "expected a value, found ]"],
    ["graph [ ] ]", 1, "expected a key, found ]"],
    ["graph [\n\n  node { id 0 }", 3, "expected a key, a value or a bracket, found { id 0 }"],
    ["a [ ".repeat(20), 1, "expected at most 16 lists in one another"],
  ])("%j", (text, line, message) => {
    expect(parseGml(text)).toEqual({ line, message });
  });

  test.each([
    ["", 0],
    ["nothing 1", 0],
    ["graph [ ] graph [ ]", 2],
    ["graph 5", 1],
  ])("%j has not one graph", (text, found) => {
    expect(readGmlGraph(text).problems).toEqual([{ line: 1, message: `expected one graph [ … ], found ${found}` }]);
  });
});

test("whatever the text, it is read or refused", () => {
  const pieces = fc.constantFrom(
    "graph",
    "[",
    "]",
    "node",
    "edge",
    "id",
    "source",
    "target",
    " ",
    "\n",
    "1",
    '"',
    "-2.5e3",
    "#",
    "latency",
    '"5 ms"',
    "{",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const { graph, problems } = readGmlGraph(parts.join(" "));
      for (const { line, message } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(message).not.toMatch(/undefined|\[object/);
      }
      for (const { from, to } of graph.edges) expect(Math.max(from, to)).toBeLessThan(graph.places.length);
    }),
    { numRuns: 2_000 },
  );
});
