import fc from "fast-check";
import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { plainLink } from "./link-spec.ts";
import { NetworkLink } from "./network-link.ts";
import { PacketPool } from "./packet-pool.ts";
import type { RoutedLink } from "./routes.ts";
import { Routes } from "./routes.ts";

const packets = new PacketPool();

function linkOf(from: number, to: number, delayNs: number): RoutedLink {
  const name = `${from} to ${to}`;
  return {
    from,
    to,
    link: new NetworkLink({ name, spec: plainLink(delayNs), role: "core", place: to, seed: 1, packets }),
  };
}

function costOf(routes: Routes, from: number, to: number): number {
  return routes.path(from, to)?.reduce((sum, { link }) => sum + link.spec.delayNs, 0) ?? Infinity;
}

/** All shortest ways at once, by Floyd and Warshall: slow, and obviously right. */
function shortest(places: number, links: readonly RoutedLink[]): number[][] {
  const cost = Array.from({ length: places }, (_, a) =>
    Array.from({ length: places }, (__, b) => (a === b ? 0 : Infinity)),
  );
  for (const { from, to, link } of links) {
    if (link.cuts === 0) cost[from][to] = Math.min(cost[from][to], link.spec.delayNs);
  }
  for (let via = 0; via < places; via++)
    for (let a = 0; a < places; a++)
      for (let b = 0; b < places; b++) cost[a][b] = Math.min(cost[a][b], cost[a][via] + cost[via][b]);
  return cost;
}

test("every way is a shortest one, also after links were cut", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 1_000_000 }), (places, seed) => {
      const random = RandomStream.named(seed, "test", "graph");
      const links = Array.from({ length: 3 * places }, () =>
        linkOf(random.integer(0, places - 1), random.integer(0, places - 1), random.integer(0, 20)),
      ).filter(({ from, to }) => from !== to);
      const routes = new Routes(places, links, "latency");
      for (const round of ["whole", "cut"]) {
        const expected = shortest(places, links);
        for (let a = 0; a < places; a++)
          for (let b = 0; b < places; b++)
            expect([round, a, b, costOf(routes, a, b)]).toEqual([round, a, b, expected[a][b]]);
        for (const { link } of links) if (random.chance(0.3)) link.cuts++;
        routes.learn();
      }
    }),
    { numRuns: 200 },
  );
});

test("by hops a direct link wins, however slow it is, and among equal numbers of hops the fastest", () => {
  const links = [linkOf(0, 1, 100), linkOf(0, 2, 10), linkOf(2, 1, 10), linkOf(1, 3, 50), linkOf(2, 3, 90)];
  const byHops = new Routes(4, links, "hops");
  expect([costOf(byHops, 0, 1), costOf(byHops, 0, 3)]).toEqual([100, 100]);
  const byLatency = new Routes(4, links, "latency");
  expect([costOf(byLatency, 0, 1), costOf(byLatency, 0, 3)]).toEqual([20, 70]);
});

test("what was not learnt is not known", () => {
  const links = [linkOf(0, 1, 5), linkOf(0, 2, 10), linkOf(2, 1, 10)];
  const routes = new Routes(3, links, "latency");
  links[0].link.cuts = 1;
  expect(costOf(routes, 0, 1)).toBe(5);
  routes.learn();
  expect(costOf(routes, 0, 1)).toBe(20);
  expect(routes.path(1, 0)).toBeUndefined();
});
