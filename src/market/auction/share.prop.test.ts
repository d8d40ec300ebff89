import fc from "fast-check";
import { expect, test } from "vitest";

import { INT32_MAX } from "../../core/units.ts";
import { shareOf } from "./share.ts";

const SUM_MAX = Number.MAX_SAFE_INTEGER;

/** Lots of one order, and how much of the whole there is; both lie often at the ends of their ranges. */
const cases = fc
  .tuple(fc.oneof(fc.integer({ min: 1, max: INT32_MAX }), fc.constant(INT32_MAX)), fc.maxSafeNat())
  .chain(([lots, more]) => {
    const whole = Math.min(SUM_MAX, lots + more);
    return fc.tuple(
      fc.constant(lots),
      fc.oneof(fc.integer({ min: 0, max: whole }), fc.constant(whole)),
      fc.constant(whole),
    );
  });

test("a share is the whole part of its fraction, and tells what is left, whatever the numbers", () => {
  fc.assert(
    fc.property(cases, ([lots, part, whole]) => {
      const product = BigInt(lots) * BigInt(part);
      const share = shareOf(lots, part, whole);
      expect(BigInt(share.lots)).toBe(product / BigInt(whole));
      expect(BigInt(share.remainder)).toBe(product % BigInt(whole));
    }),
  );
});

test.each([
  [INT32_MAX, SUM_MAX, SUM_MAX],
  [INT32_MAX, SUM_MAX - 1, SUM_MAX],
  [INT32_MAX, 1, SUM_MAX],
  [1, 0, 1],
  // The quotient lies so near to a whole number that its float64 is that number.
  [INT32_MAX, 4_194_304_000_000_001, 4_194_304_000_000_003],
])("a share of %i lots of %i among %i is exact", (lots, part, whole) => {
  const product = BigInt(lots) * BigInt(part);
  const expected = { lots: Number(product / BigInt(whole)), remainder: Number(product % BigInt(whole)) };
  expect(shareOf(lots, part, whole)).toEqual(expected);
});
