/**
 * The chance that a fair coin falls at least as one-sidedly as this: the exact two-sided sign test. It asks nothing of
 * the law of the differences, which the interval of Student's law does.
 */
export function signTest(counts: { readonly higher: number; readonly lower: number }): number {
  const tosses = counts.higher + counts.lower;
  const most = Math.max(counts.higher, counts.lower);
  // Terms C(tosses, k) / 2^tosses from all heads down.
  let term = 0.5 ** tosses;
  let tail = 0;
  for (let k = tosses; k >= most; k--) {
    tail += term;
    term *= k / (tosses - k + 1);
  }
  return Math.min(1, 2 * tail);
}
