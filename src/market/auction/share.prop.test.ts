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

test("a quotient that misses a whole number by the least that there is misses it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: INT32_MAX }), fc.integer({ min: 2 ** 52, max: SUM_MAX }), (lots, whole) => {
      const inverse = inverseOf(BigInt(lots), BigInt(whole));
      fc.pre(inverse !== undefined);
      // lots · part is one less than a multiple of the whole, or one more.
      expect(shareOf(lots, whole - Number(inverse), whole).remainder).toBe(whole - 1);
      expect(shareOf(lots, Number(inverse), whole).remainder).toBe(1);
    }),
  );
});

/** Which number times `value` leaves 1 when it is divided by `modulus`: Euclid's algorithm. */
function inverseOf(value: bigint, modulus: bigint): bigint | undefined {
  let [a, b, x, y] = [modulus, value % modulus, 0n, 1n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return a === 1n ? (x + modulus) % modulus : undefined;
}
