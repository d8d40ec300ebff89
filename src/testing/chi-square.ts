/**
 * Pearson's chi-square of a histogram whose cells should all be equally full, in standard deviations from what chance
 * gives: the cube root of chi-square is close to normal (Wilson and Hilferty 1931).
 */
export function chiSquareSigmas(counts: Float64Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  const spread = Math.sqrt(2 / (9 * freedom));
  return (Math.cbrt(square / freedom) - (1 - 2 / (9 * freedom))) / spread;
}
