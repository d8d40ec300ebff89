import { assert } from "../core/assert.ts";
import type { Units } from "../core/units.ts";

/** Fees in millionths of a trade's notional: 100 is one basis point. A negative maker fee is a rebate. */
export interface FeeSchedule {
  readonly makerMillionths: number;
  readonly takerMillionths: number;
}

export const NO_FEES: FeeSchedule = { makerMillionths: 0, takerMillionths: 0 };

/** @throws when rates are no whole numbers, or the venue would pay more in rebates than it takes */
export function checkFees(fees: FeeSchedule): void {
  assert(Number.isInteger(fees.makerMillionths) && Number.isInteger(fees.takerMillionths), "fees are whole millionths");
  assert(fees.takerMillionths >= 0 && fees.takerMillionths <= 1_000_000, "a taker fee is 0 to 100 %");
  assert(
    fees.makerMillionths <= 1_000_000 && fees.makerMillionths + fees.takerMillionths >= 0,
    "a rebate is at most the taker fee",
  );
}

/** Up to here a product of whole numbers is exact, and so is the floor of its quotient: see `chargeOf`. */
const PRODUCT_MAX = Number.MAX_SAFE_INTEGER;

/**
 * The fee on a notional, rounded towards 0. Rounding down makes fees of parts add up to no more than the fee of the
 * whole, so what was reserved for an order covers its fills however they fall. Exact for any safe notional.
 */
export function feeOf(notionalUnits: Units, millionths: number): Units {
  // From 0, because the negative of 0 is another number, and records would keep it.
  return millionths < 0 ? 0 - chargeOf(notionalUnits, -millionths) : chargeOf(notionalUnits, millionths);
}

/**
 * The fee at a rate that is no rebate.
 *
 * Why one division is enough: a quotient that is not whole lies at least 10^-6 below the next whole number, which is at
 * most 2^53 / 10^6 < 2^34; float64 numbers below 2^34 are 2^-19 apart, and half of that is less than 10^-6. So it is
 * never rounded up to that number.
 */
export function chargeOf(notionalUnits: Units, millionths: number): Units {
  const product = notionalUnits * millionths;
  return product <= PRODUCT_MAX ? Math.floor(product / 1_000_000) : chargeOfLarge(notionalUnits, millionths);
}

/** The same where the product would not be exact. */
function chargeOfLarge(notionalUnits: Units, millionths: number): Units {
  const millions = Math.floor(notionalUnits / 1_000_000);
  const rest = notionalUnits - millions * 1_000_000;
  return millions * millionths + Math.floor((rest * millionths) / 1_000_000);
}
