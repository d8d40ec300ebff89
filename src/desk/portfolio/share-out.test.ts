import fc from "fast-check";
import { expect, test } from "vitest";

import { shareOut } from "./share-out.ts";

test("shares follow the weights, and what rounding leaves over is the first one's", () => {
  expect(shareOut(100n, [0n, 1n, 2n])).toEqual([1n, 33n, 66n]);
});

test("who holds against the others pays what they receive", () => {
  expect(shareOut(10n, [0n, 3n, -1n])).toEqual([0n, 15n, -5n]);
});

test("where nobody holds anything on balance, the first takes all", () => {
  expect(shareOut(7n, [0n, 2n, -2n])).toEqual([7n, 0n, 0n]);
});

test("shares add up to the amount exactly", () => {
  const weights = fc.array(fc.bigInt({ min: -1_000n, max: 1_000n }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), weights, (units, drawn) => {
      expect(shareOut(units, drawn).reduce((sum, share) => sum + share, 0n)).toBe(units);
    }),
  );
});
