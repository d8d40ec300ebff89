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

/**
 * The fee on a notional, rounded towards 0. Rounding down makes fees of parts add up to no more than the fee of the
 * whole, so what was reserved for an order covers its fills however they fall. Exact for any safe notional.
 */
export function feeOf(notionalUnits: Units, millionths: number): Units {
  if (millionths === 0) return 0;
  const rate = millionths < 0 ? -millionths : millionths;
  const millions = Math.floor(notionalUnits / 1_000_000);
  const rest = notionalUnits - millions * 1_000_000;
  const fee = millions * rate + Math.floor((rest * rate) / 1_000_000);
  // From 0, because the negative of 0 is another number, and records would keep it.
  return millionths < 0 ? 0 - fee : fee;
}
