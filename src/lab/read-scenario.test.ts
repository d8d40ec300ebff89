import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { UserError } from "../core/errors.ts";
import { scenarioOf, scenarioText } from "../testing/scenario-text.ts";
import { readScenario } from "./read-scenario.ts";

const GRAPH = `graph [
  node [ id 0 label "london" ]
  node [ id 1 label "tokyo" ]
  edge [ source 0 target 1 latency "80 ms" packet_loss 0.0 ]
]
`;

/** A folder with a scenario whose graph is in the folder beside it. */
function written(topology: string, graph = GRAPH): string {
  const folder = mkdtempSync(join(tmpdir(), "tradeswarm-graph-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "world.gml"), graph);
  const file = join(folder, "scenario.yaml");
  writeFileSync(
    file,
    scenarioText({ network: `{ kind: routed, topology: { kind: gml, ${topology} }, at: { noise: tokyo } }` }),
  );
  return file;
}

function problemsOf(file: string): string[] {
  try {
    readScenario(file, undefined);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

test("a graph in a file beside the scenario stands in the scenario once it is read", () => {
  const { network } = readScenario(written("file: world.gml"), 7);
  expect(network).toMatchObject({ topology: { kind: "gml", file: "world.gml", text: GRAPH }, at: { noise: "tokyo" } });
});

test("what is wrong with the file is said of the file", () => {
  expect(problemsOf(written("file: world.gml", GRAPH.replace('"80 ms"', "80")))).toEqual([
    expect.stringMatching(/^network\.topology\.file: line 4 of the graph: latency: expected a duration/),
  ]);
  expect(problemsOf(written("file: none.gml"))).toEqual([
    expect.stringMatching(/^network\.topology\.file: cannot be read: ENOENT.*none\.gml/),
  ]);
  expect(problemsOf(written("file: .."))).toEqual([
    expect.stringMatching(/^network\.topology\.file: cannot be read: /),
  ]);
});

test("a graph is in the text or in a file", () => {
  const both = `network.topology: expected a text or a file, found both`;
  expect(problemsOf(written(`file: world.gml, text: "graph []"`))).toEqual([both]);
  expect(() => scenarioOf({ network: "{ kind: routed, topology: { kind: gml } }" })).toThrow("has 1 problem");
  expect(() => scenarioOf({ network: "{ kind: routed, topology: { kind: gml, file: a.gml } }" })).toThrow(
    "has 1 problem",
  );
});
