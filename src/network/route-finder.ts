import type { Graph } from "./graph.ts";
import type { Hosts } from "./hosts.ts";
import { expectedDelayNs } from "./link-spec.ts";
import type { Route, Routes } from "./routes.ts";
import { TYPICAL_BYTES } from "./routes.ts";
import type { Wires } from "./wires.ts";

/** What a way between two actors is made of. */
export interface RouteFinderParts {
  readonly graph: Graph;
  readonly hosts: Hosts;
  readonly routes: Routes;
  readonly wires: Wires;
  /** By place: the number of the link within it, or -1. */
  readonly local: readonly number[];
}

/** The way that packets between two actors take at the moment, or undefined where none is known. */
export function findRoute(parts: RouteFinderParts, from: number, to: number): Route | undefined {
  const { hosts, routes, wires, local } = parts;
  const { places } = parts.graph;
  const [start, goal] = [hosts.placeOf(from), hosts.placeOf(to)];
  const path = routes.path(start, goal);
  if (path === undefined) return undefined;
  const linkOf = (number: number): Wires["links"] => (number < 0 ? [] : [wires.links[number]]);
  const links = [
    ...linkOf(hosts.upOf(from)),
    ...(start === goal ? linkOf(local[start]) : path.map(({ link }) => link)),
    ...linkOf(hosts.downOf(to)),
  ];
  return {
    places: [places[start].name, ...path.map((hop) => places[hop.to].name)],
    links: links.map(({ name }) => name),
    expectedDelayNs: links.reduce((sum, { spec }) => sum + expectedDelayNs(spec, TYPICAL_BYTES), 0),
  };
}
