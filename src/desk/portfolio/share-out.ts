/**
 * Shares an amount out in proportion to weights of either sign, as funding falls on long and short positions: who holds
 * against the others pays what they receive.
 *
 * Shares are rounded towards 0 and what that leaves over goes to the first, so that they add up to the amount exactly.
 * Where the weights add up to 0 nobody has a part in the amount, and the first takes all.
 */
export function shareOut(units: bigint, weights: readonly bigint[]): readonly bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares = weights.map((weight) => (total === 0n ? 0n : (units * weight) / total));
  shares[0] += units - shares.reduce((sum, share) => sum + share, 0n);
  return shares;
}
