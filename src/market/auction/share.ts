import { assert } from "../../core/assert.ts";

const LIMB = 1 << 22;

/** A share of lots: the whole ones, and what is left of `lots * part` when they are taken out of it, in `whole`ths. */
export interface Share {
  readonly lots: number;
  readonly remainder: number;
}

/**
 * ⌊lots · part / whole⌋ and the remainder lots · part mod whole, exactly, for lots below 2^31 and part ≤ whole < 2^53.
 *
 * The product may have 84 bits. Rounded to a float64 the quotient, which is below 2^31, is wrong by less than one, so
 * its floor is by at most one; the remainder, worked out exactly in limbs of 22 bits, tells and mends it.
 */
export function shareOf(lots: number, part: number, whole: number): Share {
  assert(part >= 0 && part <= whole && whole > 0, "a part is not more than the whole");
  let share = Math.floor((lots * part) / whole);
  let remainder = differenceOfProducts(lots, part, share, whole);
  if (remainder < 0) {
    share--;
    remainder += whole;
  } else if (remainder >= whole) {
    share++;
    remainder -= whole;
  }
  return { lots: share, remainder };
}

/**
 * a · b - c · d for a and c below 2^31, b and d below 2^53, where the difference is within ±2^54. Each limb's product is
 * below 2^53, and what is carried from limb to limb is as small as the difference, so every step is exact.
 */
function differenceOfProducts(a: number, b: number, c: number, d: number): number {
  const high = a * Math.floor(b / (LIMB * LIMB)) - c * Math.floor(d / (LIMB * LIMB));
  const middle = a * (Math.floor(b / LIMB) % LIMB) - c * (Math.floor(d / LIMB) % LIMB);
  const low = a * (b % LIMB) - c * (d % LIMB);
  return (high * LIMB + middle) * LIMB + low;
}
