import { assert } from "../core/assert.ts";
import type { Nanos, Units } from "../core/units.ts";

/** Rates in millionths of a trade's notional: 100 is one basis point. A negative maker rate is a rebate. */
export interface FeeRates {
  readonly makerMillionths: number;
  readonly takerMillionths: number;
}

/** The rates of owners who have traded so much. */
export interface FeeTier extends FeeRates {
  readonly volumeUnits: Units;
}

/** What trades cost: the rates, and what there may be on top of them (docs/accounts.md). */
export interface FeeSchedule extends FeeRates {
  /** By rising volume. Below the first one the schedule's own rates hold. */
  readonly tiers?: readonly FeeTier[];
  /** Time over which volume is counted; since the start if left out. */
  readonly volumeWindowNs?: Nanos | undefined;
  /** Least fee of a side that pays one, in each trade, yet no more than the notional. */
  readonly minimumUnits?: Units;
  /** On top for both sides where they are the same party. */
  readonly washMillionths?: number;
}

export const NO_FEES: FeeSchedule = { makerMillionths: 0, takerMillionths: 0 };

/** Whether nothing but one pair of rates makes a fee. */
export function isPlain({ tiers = [], minimumUnits = 0, washMillionths = 0 }: FeeSchedule): boolean {
  return tiers.length === 0 && minimumUnits === 0 && washMillionths === 0;
}

/** All rates of a schedule, the lowest volume first. */
export function ratesOf(fees: FeeSchedule): readonly FeeTier[] {
  return [{ ...fees, volumeUnits: 0 }, ...(fees.tiers ?? [])];
}

/** @throws when rates are no whole numbers, or the venue would pay more in rebates than it takes */
export function checkFees(fees: FeeSchedule): void {
  const rates = ratesOf(fees);
  const { minimumUnits = 0, washMillionths = 0 } = fees;
  for (const { makerMillionths, takerMillionths } of rates) {
    assert(Number.isInteger(makerMillionths) && Number.isInteger(takerMillionths), "fees are whole millionths");
    assert(takerMillionths >= 0 && takerMillionths + washMillionths <= 1_000_000, "a taker fee is 0 to 100 %");
    assert(makerMillionths + washMillionths <= 1_000_000, "a maker fee is at most 100 %");
  }
  const rebateMillionths = 0 - Math.min(...rates.map(({ makerMillionths }) => makerMillionths));
  const takerMillionthsMin = Math.min(...rates.map(({ takerMillionths }) => takerMillionths));
  assert(rebateMillionths <= takerMillionthsMin, "a rebate is at most the taker fee, whoever trades with whom");
  assert(Number.isInteger(washMillionths) && washMillionths >= 0, "a surcharge is a number of whole millionths");
  assert(Number.isSafeInteger(minimumUnits) && minimumUnits >= 0, "a least fee is a whole number of units");
  assert(
    rates.every(({ volumeUnits }, place) => place === 0 || volumeUnits > rates[place - 1].volumeUnits),
    "tiers come by rising volume",
  );
  assert(fees.volumeWindowNs === undefined || fees.volumeWindowNs > 0, "volume is counted over some time");
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
