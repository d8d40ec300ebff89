import type { DecimalGrid } from "../core/decimal.ts";
import { decimalGrid, isDecimalText, parseDecimal, parseOnGrid } from "../core/decimal.ts";
import type { Problem } from "../core/errors.ts";
import { UserError } from "../core/errors.ts";
import type { Lots, Ticks, Units } from "../core/units.ts";
import { INT32_MAX } from "../core/units.ts";

/** The highest price, in ticks: a book needs the number above it for itself. */
export const PRICE_TICKS_MAX = INT32_MAX - 1;

const MILLIONTHS_PER_PERCENT = 10_000;

/** What a person says of an instrument. Decimal numbers are text, so that they are exact. */
export interface InstrumentSpec {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Smallest step of the price, such as "0.01". */
  readonly tick: string;
  /** Smallest step of the quantity, such as "1" or "0.00001". */
  readonly lot: string;
  readonly minQty?: string | undefined;
  readonly maxQty?: string | undefined;
  /** Least price times quantity of a priced order. */
  readonly minNotional?: string | undefined;
  /** How far limit prices may be from the last price, in percent with at most 4 decimals; none when left out. */
  readonly bandPercent?: number | undefined;
  /** Price on which the band rests before the first trade. */
  readonly referencePrice?: string | undefined;
}

/** An instrument as the market counts it: ticks, lots, and the smallest units of its two assets. */
export interface Instrument {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly tick: DecimalGrid;
  readonly lot: DecimalGrid;
  /** Decimals of the quote asset's smallest unit: those of tick times lot. */
  readonly quoteDecimals: number;
  /** Decimals of the base asset's smallest unit: those of the lot. */
  readonly baseDecimals: number;
  /** One tick times one lot, in the quote asset's smallest unit. */
  readonly tickLotUnits: Units;
  /** One lot, in the base asset's smallest unit. */
  readonly lotUnits: Units;
  readonly qtyLotsMin: Lots;
  readonly qtyLotsMax: Lots;
  readonly notionalUnitsMin: Units;
  /** 0: no band. */
  readonly bandMillionths: number;
  /** 0: none. */
  readonly referencePriceTicks: Ticks;
}

/**
 * Checks a specification and counts it out.
 * @throws {UserError} with every problem, each under its path
 */
export function createInstrument(spec: InstrumentSpec): Instrument {
  const problems: Problem[] = [];
  const problem = (path: string, message: string): unknown => problems.push({ path, message });
  for (const field of ["symbol", "base", "quote"] as const) {
    if (spec[field].trim() === "") problem(field, "expected a name, found none");
  }
  if (spec.base === spec.quote) problem("quote", `base and quote are both ${spec.base}; expected two assets`);
  const tick = grid(spec.tick, "tick", problems);
  const lot = grid(spec.lot, "lot", problems);
  const bandMillionths = bandOf(spec.bandPercent ?? 0, problems);
  // Everything else is counted in ticks and lots.
  if (tick === undefined || lot === undefined) throw fail(spec.symbol, problems);

  const count = (field: "minQty" | "maxQty" | "referencePrice", on: DecimalGrid, range: Range): number => {
    const text = spec[field];
    if (text === undefined) return range.otherwise;
    const { min, max, otherwise } = range;
    try {
      const steps = parseOnGrid(text, on);
      if (steps >= min && steps <= max) return steps;
      problem(field, `expected ${min} to ${max} steps of ${on.text}, found ${steps}`);
    } catch (error) {
      problem(field, error instanceof Error ? error.message : String(error));
    }
    return otherwise;
  };
  const qtyLotsMin = count("minQty", lot, { min: 1, max: INT32_MAX, otherwise: 1 });
  const qtyLotsMax = count("maxQty", lot, { min: qtyLotsMin, max: INT32_MAX, otherwise: INT32_MAX });
  const referencePriceTicks = count("referencePrice", tick, { min: 1, max: PRICE_TICKS_MAX, otherwise: 0 });
  const tickLotUnits = BigInt(tick.stepUnits) * BigInt(lot.stepUnits);
  if (tickLotUnits > BigInt(INT32_MAX)) {
    problem("tick", `tick times lot is ${tickLotUnits} of the quote's smallest unit; expected at most ${INT32_MAX}`);
  }
  const quoteDecimals = tick.scale + lot.scale;
  const notionalUnitsMin = spec.minNotional === undefined ? 0 : notionalOf(spec.minNotional, quoteDecimals, problems);
  if (problems.length > 0) throw fail(spec.symbol, problems);
  return {
    symbol: spec.symbol,
    base: spec.base,
    quote: spec.quote,
    tick,
    lot,
    quoteDecimals,
    baseDecimals: lot.scale,
    tickLotUnits: Number(tickLotUnits),
    lotUnits: lot.stepUnits,
    qtyLotsMin,
    qtyLotsMax,
    notionalUnitsMin,
    bandMillionths,
    referencePriceTicks,
  };
}

interface Range {
  readonly min: number;
  readonly max: number;
  /** What holds when nothing is said. */
  readonly otherwise: number;
}

function grid(text: string, field: string, problems: Problem[]): DecimalGrid | undefined {
  try {
    return decimalGrid(text);
  } catch (error) {
    problems.push({ path: field, message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** A percentage as whole millionths. One that is finer would be rounded to another band, or to none. */
function bandOf(percent: number, problems: Problem[]): number {
  const millionths = Math.round(percent * MILLIONTHS_PER_PERCENT);
  const isWhole = Math.abs(percent * MILLIONTHS_PER_PERCENT - millionths) < 1e-6;
  if (!(percent >= 0 && percent <= 100 && isWhole)) {
    problems.push({ path: "bandPercent", message: `expected 0 to 100 with at most 4 decimals, found ${percent}` });
  }
  return millionths;
}

/** A minimum as whole units of 10^-decimals, rounded up: it is a minimum. */
function notionalOf(text: string, decimals: number, problems: Problem[]): number {
  if (!isDecimalText(text) || text.startsWith("-")) {
    problems.push({
      path: "minNotional",
      message: `expected a decimal number of at least 0, found ${JSON.stringify(text)}`,
    });
    return 0;
  }
  const { units, scale } = parseDecimal(text);
  const shifted = units * 10n ** BigInt(Math.max(0, decimals - scale));
  const divisor = 10n ** BigInt(Math.max(0, scale - decimals));
  const notional = (shifted + divisor - 1n) / divisor;
  if (notional > BigInt(Number.MAX_SAFE_INTEGER)) {
    problems.push({
      path: "minNotional",
      message: `expected at most 2^53 of the quote's smallest unit, found ${notional}`,
    });
  }
  return Number(notional);
}

function fail(symbol: string, problems: readonly Problem[]): UserError {
  return new UserError(`instrument ${symbol} cannot be listed`, { problems });
}
