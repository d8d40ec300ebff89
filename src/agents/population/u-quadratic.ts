import { exp, ln } from "../../core/portable-math.ts";

/**
 * Quantile of the U-quadratic distribution on [0, 1]: density 12 (x - 1/2)^2, so much at both ends and nothing in the
 * middle, as trading through a day. From its distribution function 4 (x - 1/2)^3 + 1/2.
 */
export function uQuadraticQuantile(probability: number): number {
  const cube = (probability - 0.5) / 4;
  if (cube === 0) return 0.5;
  const root = exp(ln(Math.abs(cube)) / 3);
  return cube > 0 ? Math.min(1, 0.5 + root) : Math.max(0, 0.5 - root);
}
