import type { Graph } from "../../src/network/graph.ts";
import type { LinkSpec } from "../../src/network/link-spec.ts";

/** What a packet takes over an idle link at least. */
export function leastLinkNs({ delayNs, bandwidthBps }: LinkSpec, bytes: number): number {
  return delayNs + (bandwidthBps === undefined ? 0 : (bytes * 8e9) / bandwidthBps);
}

/** By place and place, the least that a packet takes by any way (Floyd 1962). */
export function leastDelaysNs({ places, edges }: Graph, bytes: number): number[][] {
  const least = places.map((_, a) => places.map((__, b) => (a === b ? 0 : Infinity)));
  for (const { from, to, spec } of edges) least[from][to] = Math.min(least[from][to], leastLinkNs(spec, bytes));
  for (const via of places.keys()) {
    for (const from of places.keys()) {
      for (const to of places.keys()) {
        least[from][to] = Math.min(least[from][to], least[from][via] + least[via][to]);
      }
    }
  }
  return least;
}
