import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { bothWays, unreachablePlaces } from "../graph.ts";
import { plainLink } from "../link-spec.ts";
import type { Joints } from "./shapes.ts";
import { fullMesh, nearestNeighbours, randomRegular, ring, scaleFree, smallWorld, star, tree } from "./shapes.ts";

function degreesOf(places: number, joints: Joints): number[] {
  const degrees = Array.from({ length: places }, () => 0);
  for (const place of joints.flat()) degrees[place]++;
  return degrees;
}

function isSimple(joints: Joints): boolean {
  const keys = joints.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`);
  return new Set(keys).size === keys.length && joints.every(([a, b]) => a !== b);
}

function isWhole(places: number, joints: Joints): boolean {
  const names = Array.from({ length: places }, (_, i) => ({ name: `p${i}` }));
  return (
    unreachablePlaces({ places: names, edges: joints.flatMap(([a, b]) => bothWays(a, b, plainLink(1))) }).length === 0
  );
}

function stream(seed: number): RandomStream {
  return RandomStream.named(seed, "test", "shape");
}

test("star, ring, mesh and tree are what their names say", () => {
  expect(star(4)).toEqual([
    [0, 1],
    [0, 2],
    [0, 3],
  ]);
  expect(ring(4)).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
  ]);
  expect(ring(2)).toEqual([[0, 1]]);
  expect(fullMesh(4)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
  expect(tree(7, 2)).toEqual([
    [0, 1],
    [0, 2],
    [1, 3],
    [1, 4],
    [2, 5],
    [2, 6],
  ]);
  for (const shape of [star, ring, fullMesh]) expect(shape(1)).toEqual([]);
});

describe("a random regular graph", () => {
  test.each([
    [10, 3],
    [50, 4],
    [7, 6],
    [200, 8],
  ])("of %d places: each has %d neighbours, and all hang together", (places, degree) => {
    for (let seed = 0; seed < 10; seed++) {
      const joints = randomRegular(places, degree, stream(seed))!;
      expect(new Set(degreesOf(places, joints))).toEqual(new Set([degree]));
      expect(isSimple(joints) && isWhole(places, joints)).toBe(true);
    }
  });

  test("is another one for another seed, and joins every pair about equally often", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2_000; seed++) {
      for (const pair of randomRegular(6, 3, stream(seed))!)
        counts.set(pair.join(), (counts.get(pair.join()) ?? 0) + 1);
    }
    // Each of the 15 pairs is joined with probability 9 / 15.
    expect(counts.size).toBe(15);
    for (const count of counts.values()) expect(Math.abs(count - 1_200)).toBeLessThan(5 * Math.sqrt(2_000 * 0.6 * 0.4));
  });

  test("of one neighbour each hangs together only where there are two places", () => {
    expect(randomRegular(2, 1, stream(1))).toEqual([[0, 1]]);
    expect(randomRegular(4, 1, stream(1))).toBeUndefined();
  });
});

describe("a small world", () => {
  test("without rewiring is a lattice, and with it keeps its number of links", () => {
    const lattice = smallWorld(20, { degree: 4, rewiring: 0 }, stream(1))!;
    expect(new Set(degreesOf(20, lattice))).toEqual(new Set([4]));
    const world = smallWorld(20, { degree: 4, rewiring: 0.3 }, stream(1))!;
    expect(world.length).toBe(40);
    expect(isSimple(world) && isWhole(20, world)).toBe(true);
  });

  test("leads as many links elsewhere as asked", () => {
    const world = smallWorld(1_000, { degree: 6, rewiring: 0.1 }, stream(2))!;
    const far = world.filter(([a, b]) => Math.min(Math.abs(a - b), 1_000 - Math.abs(a - b)) > 3).length;
    // Five standard deviations of a binomial number; 0.6 % of the rewired ones stay near.
    expect(Math.abs(far - 298)).toBeLessThan(5 * Math.sqrt(3_000 * 0.1 * 0.9));
  });
});

describe("a scale-free graph", () => {
  const places = 3_000;
  const joints = scaleFree(places, 2, stream(1));

  test("has as many links for each place that came, and hangs together", () => {
    expect(joints.length).toBe(3 + 2 * (places - 3));
    expect(isSimple(joints) && isWhole(places, joints)).toBe(true);
  });

  test("has degrees with the power law of exponent 3", () => {
    const degrees = degreesOf(places, joints);
    expect(Math.min(...degrees)).toBe(2);
    // The share with at least k links is close to m (m + 1) / (k (k + 1)) (Bollobás et al. 2001): 6 / 420 at 20.
    const heavy = degrees.filter((degree) => degree >= 20).length / places;
    expect(heavy).toBeGreaterThan(0.007);
    expect(heavy).toBeLessThan(0.028);
    expect(Math.max(...degrees)).toBeGreaterThan(60);
  });
});

test("nearest neighbours are joined, once each", () => {
  const at = [0, 1, 3, 7];
  const distances = at.map((a) => at.map((b) => Math.abs(a - b)));
  expect(nearestNeighbours(distances, 1)).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  expect(nearestNeighbours(distances, 3).length).toBe(6);
});
