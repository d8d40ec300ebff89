import type { LinkSpec } from "./link-spec.ts";

/** A place that actors stand at, or that packets only pass. */
export interface Place {
  readonly name: string;
  /** What each actor here has between itself and the place, unless it has an access of its own. */
  readonly access?: Access | undefined;
  /** Between two actors here; nothing is between them where it is left out. */
  readonly local?: LinkSpec | undefined;
}

/** How an actor is joined to its place: the link away from it, and the one towards it. */
export interface Access {
  readonly up: LinkSpec;
  readonly down: LinkSpec;
}

/** One direction of a link between two places, by their numbers. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly spec: LinkSpec;
}

/** Places and the links between them. */
export interface Graph {
  readonly places: readonly Place[];
  readonly edges: readonly Edge[];
}

/** Both directions of a link. */
export function bothWays(a: number, b: number, spec: LinkSpec): [Edge, Edge] {
  return [
    { from: a, to: b, spec },
    { from: b, to: a, spec },
  ];
}

/** Names of the places that cannot be reached from the first one, or from which it cannot be reached. */
export function unreachablePlaces({ places, edges }: Graph): string[] {
  const size = places.length;
  if (size === 0) return [];
  const away: number[][] = Array.from({ length: size }, () => []);
  const back: number[][] = Array.from({ length: size }, () => []);
  for (const { from, to } of edges) {
    away[from].push(to);
    back[to].push(from);
  }
  const [reached, reaching] = [spread(away), spread(back)];
  return places.filter((_, place) => reached[place] === 0 || reaching[place] === 0).map(({ name }) => name);
}

/** Marks everything that can be reached from the first place. */
function spread(neighbours: readonly (readonly number[])[]): Uint8Array {
  const reached = new Uint8Array(neighbours.length);
  reached[0] = 1;
  const pending = [0];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    for (const next of neighbours[place]) {
      if (reached[next] === 1) continue;
      reached[next] = 1;
      pending.push(next);
    }
  }
  return reached;
}
