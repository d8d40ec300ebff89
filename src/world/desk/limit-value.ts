import { parseDecimal } from "../../core/decimal.ts";
import { parseDuration } from "../../core/duration.ts";
import type { LimitEntry } from "../../desk/risk/limits.ts";

const EXPECTED: Readonly<Record<LimitEntry["unit"], string>> = {
  lots: "a whole number of lots",
  money: "an amount such as 2500.50",
  millionths: "percent such as 2.5, at most 4 decimals",
  count: "a whole number",
  ns: "a duration such as 500ms",
  "yes or no": "true or false",
};

/**
 * A limit's value as a person writes it, in the unit that the risk stage counts in.
 * @param decimals of the reporting asset's smallest unit
 * @returns undefined where it is none
 */
export function limitValue(
  unit: LimitEntry["unit"],
  value: number | string | boolean,
  decimals: number,
): number | undefined {
  switch (unit) {
    case "yes or no":
      return typeof value === "boolean" ? Number(value) : undefined;
    case "ns":
      return typeof value === "string" ? parseDuration(value) : undefined;
    case "money":
      return shifted(value, decimals);
    case "millionths":
      return shifted(value, 4);
    case "lots":
    case "count":
      return shifted(value, 0);
  }
}

export function expectedValue(unit: LimitEntry["unit"]): string {
  return `expected ${EXPECTED[unit]}`;
}

/** The number times a power of ten, where that is a whole number from 0 on. */
function shifted(value: number | string | boolean, decimals: number): number | undefined {
  if (typeof value === "boolean" || (typeof value === "number" && !Number.isFinite(value))) return undefined;
  try {
    const { units, scale } = parseDecimal(String(value));
    if (scale > decimals) return undefined;
    const whole = Number(units * 10n ** BigInt(decimals - scale));
    return Number.isSafeInteger(whole) && whole >= 0 ? whole : undefined;
  } catch {
    return undefined;
  }
}
