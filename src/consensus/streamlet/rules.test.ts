import { describe, expect, test } from "vitest";

import { genesisOf } from "../block.ts";
import { assertReplicas, epochAt, epochStartNs, finalises, leaderOf, quorumOf, toleratedBy } from "./rules.ts";

test.each([
  // n = 3f + 1: f liars, and 2f + 1 votes.
  [1, 0, 1],
  [4, 1, 3],
  [7, 2, 5],
  [10, 3, 7],
  [13, 4, 9],
  [49, 16, 33],
])("of %i replicas %i may lie, and %i votes notarise", (replicas, liars, quorum) => {
  expect([toleratedBy(replicas), quorumOf(replicas)]).toEqual([liars, quorum]);
  // Two quorums have more replicas in common than may lie, and the honest ones alone are a quorum.
  expect(2 * quorum - replicas).toBeGreaterThan(liars);
  expect(replicas - liars).toBeGreaterThanOrEqual(quorum);
});

test.each([0, 2, 3, 5, 6, 52])("%i replicas are refused", (replicas) => {
  expect(() => assertReplicas(replicas)).toThrow();
});

test.each([
  [0, 1],
  [199, 1],
  [200, 2],
  [1999, 10],
  [2000, 11],
])("at %i ns, with a Delta of 100 ns, it is epoch %i", (nowNs, epoch) => {
  expect(epochAt(nowNs, 100)).toBe(epoch);
  expect(epochStartNs(epoch, 100)).toBe(Math.floor(nowNs / 200) * 200);
});

test.each([
  [1, 2, 3, true],
  [0, 1, 2, true],
  [1, 2, 4, false],
  [1, 3, 4, false],
  [5, 6, 7, true],
  [1, 3, 5, false],
])("blocks of the epochs %i, %i, %i finalise: %s", (first, middle, last, expected) => {
  expect(finalises({ first, middle, last })).toBe(expected);
});

describe("leaders", () => {
  const genesis = genesisOf(1).id;

  test("are the same for all, and others on another chain", () => {
    const leaders = (chain: number): number[] =>
      Array.from({ length: 24 }, (_, at) => leaderOf(at + 1, genesisOf(chain).id, 4));
    expect(leaders(1)).toEqual(leaders(1));
    expect(leaders(1)).not.toEqual(leaders(2));
    expect(leaders(1).join("")).toMatchInlineSnapshot(`"211002010033102313232300"`);
  });

  test("take turns by chance: each of 7 in about a seventh of 7,000 epochs", () => {
    const counts = new Int32Array(7);
    for (let epoch = 1; epoch <= 7_000; epoch++) counts[leaderOf(epoch, genesis, 7)]++;
    // Five standard deviations of a binomial with n = 7,000 and p = 1/7.
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(5 * Math.sqrt((7_000 * 6) / 49));
  });
});
