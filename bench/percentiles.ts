export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

/** The values below which half, 99 % and 99.9 % of all lie. */
export function percentilesOf(values: Float64Array): Percentiles {
  const sorted = values.toSorted();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}
