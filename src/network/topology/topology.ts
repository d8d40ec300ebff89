import { RandomStream } from "../../core/random.ts";
import type { Nanos } from "../../core/units.ts";
import { CITIES } from "../geography/cities.ts";
import type { Coordinates } from "../geography/cities.ts";
import { distanceKm } from "../geography/distance.ts";
import type { Medium } from "../geography/medium.ts";
import { mediumDelayNs } from "../geography/medium.ts";
import { readGmlGraph } from "../gml/gml-graph.ts";
import type { Graph } from "../graph.ts";
import { bothWays } from "../graph.ts";
import type { LinkSpec } from "../link-spec.ts";
import { LINKS_MAX } from "../network-limits.ts";
import type { Joints } from "./shapes.ts";
import { fullMesh, nearestNeighbours, randomRegular, ring, scaleFree, smallWorld, star, tree } from "./shapes.ts";

interface Places {
  readonly places: readonly string[];
}

/** How places are joined. */
export type TopologySpec =
  | (Places & { readonly kind: "star" })
  | (Places & { readonly kind: "ring" })
  | (Places & { readonly kind: "mesh" })
  | (Places & { readonly kind: "tree"; readonly branching: number })
  | (Places & { readonly kind: "randomRegular"; readonly degree: number })
  | (Places & { readonly kind: "smallWorld"; readonly degree: number; readonly rewiring: number })
  | (Places & { readonly kind: "scaleFree"; readonly links: number })
  /** Joined by nothing but the links that are listed one by one. */
  | (Places & { readonly kind: "graph" })
  | GeographicSpec
  | { readonly kind: "gml"; readonly text: string };

/** Places on the globe, each joined to all others, or to its nearest ones. */
export interface GeographicSpec extends Places {
  readonly kind: "geographic";
  /** Of places that the table of cities does not have. */
  readonly coordinates: ReadonlyMap<string, Coordinates>;
  readonly medium: Medium;
  readonly neighbours?: number | undefined;
  /** Measured delays one way, by row and column, instead of those by distance. */
  readonly delaysNs?: readonly (readonly Nanos[])[] | undefined;
}

/** What is wrong with a topology, and with which of its fields. */
export interface TopologyProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export interface Topology {
  readonly graph: Graph;
  readonly problems: readonly TopologyProblem[];
}

/**
 * Builds the graph of a topology. Whether it hangs together is asked later, since more links may be listed.
 * @param link what each link is like; the delay of a distance or a measurement is added to its own
 */
export function buildTopology(spec: TopologySpec, link: LinkSpec, seed: number): Topology {
  if (spec.kind === "gml") {
    const { graph, problems } = readGmlGraph(spec.text);
    return {
      graph: problems.length === 0 ? graph : NOTHING,
      problems: problems.map(({ line, message }) => ({
        path: ["text"],
        message: `line ${line} of the graph: ${message}`,
      })),
    };
  }
  const problems = problemsOf(spec);
  if (problems.length > 0) return { graph: NOTHING, problems };
  if (spec.kind === "geographic") return geographic(spec, link);
  const joints = jointsOf(spec, RandomStream.named(seed, "network", "topology"));
  if (joints === undefined) {
    const message = `no ${spec.kind} graph of these numbers that hangs together was found: expected more neighbours each`;
    return { graph: NOTHING, problems: [{ path: ["degree"], message }] };
  }
  const edges = joints.flatMap(([a, b]) => bothWays(a, b, link));
  return { graph: { places: placesOf(spec), edges }, problems: [] };
}

const NOTHING: Graph = { places: [], edges: [] };

function placesOf({ places }: Places): { name: string }[] {
  return places.map((name) => ({ name }));
}

type Shaped = Exclude<TopologySpec, GeographicSpec | { readonly kind: "gml" }>;

function jointsOf(spec: Shaped, random: RandomStream): Joints | undefined {
  const size = spec.places.length;
  switch (spec.kind) {
    case "star":
      return star(size);
    case "ring":
      return ring(size);
    case "mesh":
      return fullMesh(size);
    case "tree":
      return tree(size, spec.branching);
    case "randomRegular":
      return randomRegular(size, spec.degree, random);
    case "smallWorld":
      return smallWorld(size, spec, random);
    case "scaleFree":
      return scaleFree(size, spec.links, random);
    case "graph":
      return [];
  }
}

function problemsOf(spec: Shaped | GeographicSpec): TopologyProblem[] {
  const size = spec.places.length;
  const problems: TopologyProblem[] = [];
  const say = (field: string, message: string): unknown => problems.push({ path: [field], message });
  switch (spec.kind) {
    case "mesh":
      if (size * (size - 1) > LINKS_MAX) say("places", `a mesh has at most 512 places, found ${size}`);
      break;
    case "randomRegular":
      if (spec.degree >= size) say("degree", `expected less than the number of places (${size}), found ${spec.degree}`);
      else if ((spec.degree * size) % 2 === 1) say("degree", `expected an even number, since ${size} places are odd`);
      break;
    case "smallWorld":
      if (spec.degree >= size) say("degree", `expected less than the number of places (${size}), found ${spec.degree}`);
      else if (spec.degree % 2 === 1) say("degree", `expected an even number, found ${spec.degree}`);
      break;
    case "scaleFree":
      if (spec.links >= size) say("links", `expected less than the number of places (${size}), found ${spec.links}`);
      break;
    case "geographic":
      problems.push(...geographicProblems(spec));
      break;
    default:
  }
  return problems;
}

function geographicProblems({ places, coordinates, delaysNs, neighbours }: GeographicSpec): TopologyProblem[] {
  const size = places.length;
  const problems: TopologyProblem[] = [];
  if (neighbours === undefined && size * (size - 1) > LINKS_MAX) {
    problems.push({
      path: ["places"],
      message: `a mesh has at most 512 places, found ${size}: say how many neighbours`,
    });
  }
  if (delaysNs === undefined) {
    for (const [i, name] of places.entries()) {
      if (coordinates.has(name) || CITIES.has(name)) continue;
      problems.push({ path: ["places", i], message: `there is no city ${name} in the table: give its coordinates` });
    }
  } else if (delaysNs.length !== size || delaysNs.some((row) => row.length !== size)) {
    problems.push({ path: ["delays"], message: `expected ${size} rows of ${size} delays, one for each place` });
  }
  return problems;
}

function geographic(spec: GeographicSpec, link: LinkSpec): Topology {
  const delaysNs = spec.delaysNs ?? delaysByDistance(spec);
  const symmetric = delaysNs.map((row, a) => row.map((ns, b) => ns + delaysNs[b][a]));
  const joints =
    spec.neighbours === undefined ? fullMesh(spec.places.length) : nearestNeighbours(symmetric, spec.neighbours);
  const edges = joints.flatMap(([a, b]) => {
    const [forth, back] = bothWays(a, b, link);
    return [
      { ...forth, spec: { ...link, delayNs: link.delayNs + delaysNs[a][b] } },
      { ...back, spec: { ...link, delayNs: link.delayNs + delaysNs[b][a] } },
    ];
  });
  // What a measurement says of a place and itself lies between two actors there.
  const places = placesOf(spec).map((place, i) =>
    delaysNs[i][i] === 0 ? place : { ...place, local: { ...link, delayNs: link.delayNs + delaysNs[i][i] } },
  );
  return { graph: { places, edges }, problems: [] };
}

function delaysByDistance({ places, coordinates, medium }: GeographicSpec): Nanos[][] {
  const points = places.map((name) => coordinates.get(name) ?? CITIES.get(name) ?? { latitude: 0, longitude: 0 });
  return points.map((a) => points.map((b) => mediumDelayNs(medium, distanceKm(a, b))));
}
