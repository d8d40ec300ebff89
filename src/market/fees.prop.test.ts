import fc from "fast-check";
import { expect, test } from "vitest";

import { feeOf } from "./fees.ts";

const rate = fc.integer({ min: 0, max: 1_000_000 });
const EDGES = [
  1,
  999_999,
  1_000_000,
  1_000_001,
  2 ** 33 * 1_000_000 - 1,
  2 ** 53 - 1,
  2 ** 53 - 2,
  9_007_199_254 * 1_000_000,
];
const notional = fc.oneof(fc.maxSafeNat(), fc.constantFrom(...EDGES), fc.integer({ min: 0, max: 10_000_000 }));
/** One below a whole number of millions is where a quotient could be rounded up to it. */
const justBelow = fc.integer({ min: 1, max: 9_007_199_254 }).map((millions) => millions * 1_000_000 - 1);

test("a fee is the exact product, rounded down", () => {
  fc.assert(
    fc.property(fc.oneof(notional, justBelow), rate, (units, millionths) => {
      expect(BigInt(feeOf(units, millionths))).toBe((BigInt(units) * BigInt(millionths)) / 1_000_000n);
    }),
    { numRuns: 5_000 },
  );
});

test("a rebate is the fee of the same rate, the other way", () => {
  fc.assert(
    fc.property(notional, rate, (units, millionths) => {
      expect(feeOf(units, -millionths) + feeOf(units, millionths)).toBe(0);
    }),
  );
});

/** Cuts a notional into parts, none of them negative. */
const parts = fc
  .tuple(notional, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }))
  .map(([whole, cuts]) => {
    const places = [0, ...cuts.map((cut) => Math.floor(cut * whole)).sort((a, b) => a - b), whole];
    return { whole, parts: places.slice(1).map((place, index) => place - places[index]) };
  });

test("fees of the parts add up to no more than the fee of the whole, so what is reserved covers every way to fill", () => {
  fc.assert(
    fc.property(parts, rate, (cut, millionths) => {
      const sum = cut.parts.reduce((total, part) => total + BigInt(feeOf(part, millionths)), 0n);
      expect(sum).toBeLessThanOrEqual(BigInt(feeOf(cut.whole, millionths)));
    }),
    { numRuns: 2_000 },
  );
});

test("what the release of a part frees covers the part and its fee, whatever is left", () => {
  fc.assert(
    fc.property(notional, fc.double({ min: 0, max: 1, noNaN: true }), rate, (whole, share, millionths) => {
      const part = Math.floor(whole * share);
      const before = BigInt(whole) + BigInt(feeOf(whole, millionths));
      const after = BigInt(whole - part) + BigInt(feeOf(whole - part, millionths));
      expect(before - after).toBeGreaterThanOrEqual(BigInt(part) + BigInt(feeOf(part, millionths)));
    }),
  );
});

test("what the venue pays as rebate it has taken as fee in the same trade", () => {
  fc.assert(
    fc.property(notional, rate, rate, (units, taker, share) => {
      const maker = -Math.min(share, taker);
      expect(feeOf(units, taker) + feeOf(units, maker)).toBeGreaterThanOrEqual(0);
    }),
  );
});
