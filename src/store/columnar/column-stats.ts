import type { ColumnArray } from "./column.ts";
import { greatestCommonDivisor } from "./greatest-common-divisor.ts";

/** What decides how a column of one chunk is written. Reused, so that measuring makes no garbage. */
export interface ColumnStats {
  /** Every value is a safe integer, and none is -0: only such columns may be packed. */
  integral: boolean;
  first: number;
  min: number;
  max: number;
  /** Smallest and largest step from a value to the next. */
  deltaMin: number;
  deltaMax: number;
  /** Greatest common divisor of all steps; 0 when every value is the same. Venue times in ms give 1,000,000 here. */
  unit: number;
}

export function newColumnStats(): ColumnStats {
  return { integral: true, first: 0, min: 0, max: 0, deltaMin: 0, deltaMax: 0, unit: 0 };
}

/** Measures `values[0, rows)`. Stops early at the first value that no packing could keep. */
export function measureColumn(values: ColumnArray, rows: number, stats: ColumnStats): void {
  const first = values[0];
  let previous = first;
  let min = first;
  let max = first;
  let deltaMin = 0;
  let deltaMax = 0;
  let unit = 0;
  stats.integral = isPackable(first);
  for (let i = 1; i < rows && stats.integral; i++) {
    const value = values[i];
    if (value === previous && value !== 0) continue;
    if (!isPackable(value)) stats.integral = false;
    const delta = value - previous;
    if (value < min) min = value;
    if (value > max) max = value;
    if (delta < deltaMin) deltaMin = delta;
    if (delta > deltaMax) deltaMax = delta;
    if (unit !== 1 && delta !== 0) unit = greatestCommonDivisor(delta < 0 ? -delta : delta, unit);
    previous = value;
  }
  // A step between two safe integers may itself be none; then its divisor means nothing either.
  if (max - min > Number.MAX_SAFE_INTEGER) stats.integral = false;
  stats.first = first;
  stats.min = min;
  stats.max = max;
  stats.deltaMin = deltaMin;
  stats.deltaMax = deltaMax;
  stats.unit = unit;
}

function isPackable(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}
