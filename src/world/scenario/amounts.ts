import { parseDecimal } from "../../core/decimal.ts";
import type { Listed } from "../../model/listing.ts";

/** What the recorded market may owe of each asset: practically anything, yet far from the end of exact numbers. */
export const RECORDED_CREDIT_UNITS = 2_000_000_000_000_000;

/** An amount in whole units of 10^-decimals. What is finer is cut off, which a checked scenario never needs. */
export function wholeUnits(text: string, decimals: number): number {
  const { units, scale } = parseDecimal(text);
  return Number((units * 10n ** BigInt(decimals)) / 10n ** BigInt(scale));
}

/** Why an amount cannot be had in units of 10^-decimals; undefined when it can. */
export function unitsProblem(text: string, decimals: number): string | undefined {
  const { units, scale } = parseDecimal(text);
  if ((units * 10n ** BigInt(decimals)) % 10n ** BigInt(scale) !== 0n)
    return `expected at most ${decimals} decimals, found ${text}`;
  if (Number.isSafeInteger(wholeUnits(text, decimals))) return undefined;
  return `expected at most 2^53 of the smallest unit, 10^-${decimals}, found ${text}`;
}

/** Whether a number is a whole number of steps. */
export function isOnGrid(text: string, step: string): boolean {
  const { value, unit } = stepsOf(text, step);
  return value % unit === 0n;
}

/** Whole steps in a number; Infinity where they are more than can be counted. */
export function gridSteps(text: string, step: string): number {
  const { value, unit } = stepsOf(text, step);
  return countOf(value / unit);
}

/**
 * An amount of a market's money in the units of its quote asset, rounded down; Infinity where it is more than can be
 * counted. A tick times a lot is known in both.
 */
export function unitsIn(text: string, { instrument, tickLotUnits }: Listed): number {
  const tick = parseDecimal(instrument.tick.text);
  const lot = parseDecimal(instrument.lot.text);
  const amount = parseDecimal(text);
  const scale = 10n ** BigInt(tick.scale + lot.scale);
  return countOf(
    (amount.units * scale * BigInt(tickLotUnits)) / (10n ** BigInt(amount.scale) * tick.units * lot.units),
  );
}

/** A percentage in millionths. */
export function millionthsOf(percent: number): number {
  return Math.round(percent * 10_000);
}

function countOf(count: bigint): number {
  return count > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(count);
}

function stepsOf(text: string, step: string): { readonly value: bigint; readonly unit: bigint } {
  const value = parseDecimal(text);
  const unit = parseDecimal(step);
  return { value: value.units * 10n ** BigInt(unit.scale), unit: unit.units * 10n ** BigInt(value.scale) };
}
