import type { Edge, Graph } from "../network/graph.ts";
import { unreachablePlaces } from "../network/graph.ts";
import { plainLink } from "../network/link-spec.ts";
import type { LinkSpec } from "../network/link-spec.ts";
import { LINKS_MAX } from "../network/network-limits.ts";
import type { TopologySpec } from "../network/topology/topology.ts";
import { buildTopology } from "../network/topology/topology.ts";
import { linkOfFields } from "./link-of-fields.ts";
import type { Finding } from "./scenario/finding.ts";
import { hint } from "./scenario/name-checks.ts";
import type { RoutedSection } from "./scenario/network-schema.ts";
import type { Scenario } from "./scenario/schema.ts";

/** Names of places that an error lists. */
const LISTED_MAX = 5;

/** The graph that a scenario asks for, and what is wrong with it. */
export function routedGraph(
  scenario: Pick<Scenario, "seed" | "start">,
  network: RoutedSection,
): { readonly graph: Graph; readonly findings: readonly Finding[] } {
  const link = linkOfFields(plainLink(0), network.link, scenario.start);
  const { graph, problems } = buildTopology(topologyOf(network), link, scenario.seed);
  const path = ["network", "topology"];
  const findings: Finding[] = problems.map((problem) => ({
    path: [...path, ...fieldOf(network, problem.path)],
    message: problem.message,
  }));
  if (findings.length > 0) return { graph, findings };

  const changed = withLinks(graph, { network, link, startNs: scenario.start, findings });
  const lost = unreachablePlaces(changed);
  if (lost.length > 0) {
    const more = lost.length > LISTED_MAX ? ` and ${lost.length - LISTED_MAX} more` : "";
    const message = `is not connected: there is no way both to and from ${changed.places[0].name} for ${lost.slice(0, LISTED_MAX).join(", ")}${more}`;
    findings.push({ path, message });
  }
  if (changed.edges.length > LINKS_MAX) {
    findings.push({
      path,
      message: `expected at most ${LINKS_MAX} links, each way counted, found ${changed.edges.length}`,
    });
  }
  return { graph: withLocal(changed, network.local), findings };
}

/** The routing that a scenario asks for, or that fits its topology. */
export function metricOf({ topology, routing }: RoutedSection): "latency" | "hops" {
  // In a full mesh a measured way is the direct one, also where a detour would be shorter.
  const isMesh = topology.kind === "geographic" && topology.neighbours === undefined;
  return routing.metric ?? (isMesh ? "hops" : "latency");
}

function topologyOf({ topology }: RoutedSection): TopologySpec {
  if (topology.kind === "gml") return { kind: "gml", text: topology.text ?? "" };
  if (topology.kind !== "geographic") return topology;
  const { roundTrips, delays, coordinates } = topology;
  // An odd number of nanoseconds has no half: one way gets one more.
  const halves = roundTrips?.map((row, from) =>
    row.map((ns, to) => (from < to ? Math.ceil(ns / 2) : Math.floor(ns / 2))),
  );
  return { ...topology, coordinates: new Map(Object.entries(coordinates)), delaysNs: delays ?? halves };
}

/** Measured delays may stand in either of two fields, and so may a graph. */
function fieldOf({ topology }: RoutedSection, path: readonly (string | number)[]): readonly (string | number)[] {
  if (topology.kind === "gml") return [topology.file === undefined ? "text" : "file"];
  const isRoundTrip = topology.kind === "geographic" && topology.delays === undefined;
  return path[0] === "delays" && isRoundTrip ? ["roundTrips"] : path;
}

/** Changes the links that are listed, and adds those that are not there. */
function withLinks(
  graph: Graph,
  options: { network: RoutedSection; link: LinkSpec; startNs: number; findings: Finding[] },
): Graph {
  const { network, link, startNs, findings } = options;
  const names = graph.places.map(({ name }) => name);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const edges: Edge[] = [...graph.edges];
  const places = new Map(edges.map(({ from, to }, index) => [from * names.length + to, index]));
  for (const [i, { between, direction, ...fields }] of network.links.entries()) {
    const ends = between.map((name, end) => {
      const number = numbers.get(name);
      if (number !== undefined) return number;
      findings.push({
        path: ["network", "links", i, "between", end],
        message: `there is no place ${name}${hint(name, names)}`,
      });
      return -1;
    });
    if (ends[0] === ends[1] && ends[0] >= 0) {
      findings.push({
        path: ["network", "links", i, "between"],
        message: `expected two places, found ${between[0]} twice`,
      });
    }
    if (ends[0] < 0 || ends[1] < 0 || ends[0] === ends[1]) continue;
    const ways = direction === "both" ? [ends, ends.toReversed()] : [ends];
    for (const [from, to] of ways) {
      const known = places.get(from * names.length + to);
      if (known === undefined) places.set(from * names.length + to, edges.length);
      const spec = linkOfFields(known === undefined ? link : edges[known].spec, fields, startNs);
      edges[known ?? edges.length] = { from, to, spec };
    }
  }
  return { places: graph.places, edges };
}

/** What lies between two actors of one place, where the topology itself says nothing. */
function withLocal({ places, edges }: Graph, localNs: number): Graph {
  if (localNs === 0) return { places, edges };
  return { places: places.map((place) => ({ ...place, local: place.local ?? plainLink(localNs) })), edges };
}
