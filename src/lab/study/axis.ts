/** A place on an axis for a value, and the values that are written beside it. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

export interface AxisOptions {
  readonly low: number;
  readonly high: number;
  /** Where the two ends come to lie, in pixels. */
  readonly from: number;
  readonly to: number;
  readonly scale?: "linear" | "log" | undefined;
}

/** Values beside an axis, about. */
const TICKS = 6;

/** An axis whose ticks are round and whose ends are `low` and `high`. On a logarithmic one both are above 0. */
export function axisOf({ low, high, from, to, scale = "linear" }: AxisOptions): Axis {
  const at = scale === "log" ? Math.log : (value: number): number => value;
  const [first, last] = [at(low), at(high)];
  const span = last > first ? last - first : 1;
  const place = (value: number): number => from + ((at(value) - first) / span) * (to - from);
  const ticks = scale === "log" ? logTicks(low, high) : linearTicks(low, high);
  return { place, ticks: ticks.map((value) => ({ value, text: tickText(value) })) };
}

/** Multiples of 1, 2 or 5 times a power of ten within [low, high]. */
function linearTicks(low: number, high: number): number[] {
  const rough = (high - low) / TICKS;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high * (1 + 1e-12); k++) ticks.push(k * step);
  return ticks;
}

/** 1, 2 and 5 times powers of ten; powers alone where these would be many. */
function logTicks(low: number, high: number): number[] {
  const decades = Math.log10(high / low);
  const factors = decades > TICKS / 2 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of factors) {
      const value = factor * 10 ** power;
      if (value >= low * (1 - 1e-12) && value <= high * (1 + 1e-12)) ticks.push(value);
    }
  }
  return ticks;
}

/** Without what binary fractions leave behind: 0.3, not 0.30000000000000004. */
function tickText(value: number): string {
  return String(Number(value.toPrecision(6)));
}
