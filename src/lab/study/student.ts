/**
 * The chance that |T| stays below `t`, for Student's law with `freedom` degrees of freedom. The degrees are whole, so
 * the finite series of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4, are exact: no integral is approximated.
 */
export function studentWithin(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const sine = Math.sin(angle);
  const square = Math.cos(angle) ** 2;
  if (freedom % 2 === 0) {
    let [sum, term] = [1, 1];
    for (let k = 2; k < freedom; k += 2) {
      term *= ((k - 1) / k) * square;
      sum += term;
    }
    return sine * sum;
  }
  let [sum, term] = [0, Math.cos(angle)];
  for (let k = 1; k < freedom; k += 2) {
    if (k > 1) term *= ((k - 1) / k) * square;
    sum += term;
  }
  return (2 / Math.PI) * (angle + sine * sum);
}

/**
 * How many standard errors a two-sided interval reaches to either side.
 * @param confidence such as 0.95, below 1
 * @param freedom at least 1
 */
export function studentReach(confidence: number, freedom: number): number {
  let high = 1;
  while (studentWithin(high, freedom) < confidence) high *= 2;
  let low = 0;
  // Each step halves the bracket until two neighbours of float64 are left.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (studentWithin(middle, freedom) < confidence) low = middle;
    else high = middle;
  }
}
