/**
 * Sine, cosine and arcsine from the four operations and the square root alone, which IEEE 754 fixes to the last bit,
 * for the same reason as `ln` and `exp` in portable-math.ts. Good to 1e-15 on the ranges stated.
 */

/** Sine of an angle in radians, of at most a full turn either way. */
export function sin(x: number): number {
  if (x < 0) return -sin(-x);
  if (x > Math.PI) return -sin(x - Math.PI);
  if (x > Math.PI / 2) return sin(Math.PI - x);
  // Taylor's series on [0, pi/2]: the term after x^25/25! is below 1e-20.
  const square = x * x;
  let series = 1;
  for (let n = 25; n >= 3; n -= 2) series = 1 - (square / (n * (n - 1))) * series;
  return x * series;
}

/** Cosine of an angle in radians, of at most three quarters of a turn either way. */
export function cos(x: number): number {
  return sin(Math.PI / 2 - Math.abs(x));
}

/** The angle in [-pi/2, pi/2] with this sine; NaN outside of [-1, 1]. */
export function arcsin(x: number): number {
  if (x < 0) return -arcsin(-x);
  if (!(x <= 1)) return Number.NaN;
  // arcsin x = 2 arcsin(x / sqrt(2 (1 + sqrt(1 - x^2)))): twice halves the angle to pi/8 at most.
  if (x > 0.4) return 2 * arcsin(x / Math.sqrt(2 * (1 + Math.sqrt(1 - x * x))));
  // x + 1/2 x^3/3 + (1 3)/(2 4) x^5/5 + ...; at 0.4 the 40th term is below 1e-33.
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 1; n <= 40; n++) {
    term *= (square * (2 * n - 1)) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return sum;
}
