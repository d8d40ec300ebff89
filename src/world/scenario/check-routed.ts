import { ACCESS_KINDS } from "../../network/geography/accesses.ts";
import type { Graph } from "../../network/graph.ts";
import { routedGraph } from "../routed-graph.ts";
import { checkFaults } from "./check-faults.ts";
import { checkLink } from "./check-link.ts";
import { checkActor, checkPlaced } from "./check-placed.ts";
import type { Finding } from "./finding.ts";
import { hint, repeated } from "./name-checks.ts";
import type { RoutedSection } from "./network-schema.ts";
import type { Scenario } from "./schema.ts";

/** What a schema cannot say of a network of places and links. */
export function checkRouted(scenario: Scenario, network: RoutedSection): Finding[] {
  const findings = checkFields(network);
  const { topology } = network;
  if (topology.kind !== "gml") {
    const places = repeated(topology.places.map((place, i) => [["network", "topology", "places", i], place]));
    findings.push(...places);
    // Names that stand for two places would be reported once more for each link.
    if (places.length > 0) return findings;
  }
  if (topology.kind === "geographic" && topology.delays !== undefined && topology.roundTrips !== undefined) {
    findings.push({
      path: ["network", "topology", "roundTrips"],
      message: "expected delays or roundTrips, found both",
    });
  }
  const { graph, findings: ofGraph } = routedGraph(scenario, network);
  findings.push(...ofGraph);
  // Without places, every name of a place would be reported as unknown.
  return graph.places.length === 0 ? findings : [...findings, ...checkNames(scenario, network, graph)];
}

function checkNames(scenario: Scenario, network: RoutedSection, graph: Graph): Finding[] {
  const places = graph.places.map(({ name }) => name);
  const accesses = [...ACCESS_KINDS, ...Object.keys(network.accesses)];
  return [
    ...checkPlaced(scenario, network.at, places),
    ...Object.entries(network.access).flatMap(([who, kind]) => {
      const path = ["network", "access", who];
      const findings = checkActor(scenario, who, path);
      if (!accesses.includes(kind))
        findings.push({ path, message: `there is no access ${kind}${hint(kind, accesses)}` });
      return findings;
    }),
    ...checkForgers(scenario, network),
    ...checkFaults(scenario, network, graph),
  ];
}

function checkFields(network: RoutedSection): Finding[] {
  return [
    ...checkLink(network.link, ["network", "link"]),
    ...network.links.flatMap((fields, i) => checkLink(fields, ["network", "links", i])),
    ...Object.entries(network.accesses).flatMap(([name, { up, down }]) => [
      ...checkLink(up, ["network", "accesses", name, "up"]),
      ...checkLink(down, ["network", "accesses", name, "down"]),
    ]),
  ];
}

/** Only who passes market data on can forge it. */
function checkForgers(scenario: Scenario, { transport }: RoutedSection): Finding[] {
  const path = ["network", "transport", "forgers"];
  const { forgers, marketData } = transport;
  const isPassedOn = marketData === "gossip" || forgers.length === 0;
  return [
    ...(isPassedOn
      ? []
      : [{ path, message: `expected marketData: gossip where somebody forges, found ${marketData}` }]),
    ...forgers.flatMap((who, i) => checkActor(scenario, who, [...path, i])),
  ];
}
