import { parseDecimal } from "../../core/decimal.ts";

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
  const value = parseDecimal(text);
  const unit = parseDecimal(step);
  return (value.units * 10n ** BigInt(unit.scale)) % (unit.units * 10n ** BigInt(value.scale)) === 0n;
}

/** Whole steps in a number; Infinity where they are more than can be counted. */
export function gridSteps(text: string, { text: step }: { readonly text: string }): number {
  const value = parseDecimal(text);
  const unit = parseDecimal(step);
  const steps = (value.units * 10n ** BigInt(unit.scale)) / (unit.units * 10n ** BigInt(value.scale));
  return steps > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(steps);
}
