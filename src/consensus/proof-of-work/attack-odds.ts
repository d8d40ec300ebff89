import { assert } from "../../core/assert.ts";

/**
 * The probability that an attacker with this share of the mining power undoes a payment that has so many confirmations,
 * when it has mined one block before it pays: Rosenfeld, "Analysis of hashrate-based double-spending" (2014).
 * The attacker's blocks until the merchant delivers are negative binomial; from there on, a gambler's ruin.
 */
export function doubleSpendOdds(share: number, confirmations: number): number {
  assert(share >= 0 && share <= 1, "a share of mining power is from 0 to 1");
  assert(Number.isSafeInteger(confirmations) && confirmations >= 0, "confirmations are counted");
  const others = 1 - share;
  if (share >= others) return 1;
  // Of m = 0: no block of the attacker until the last confirmation. From m to m + 1: (z + m) / (m + 1) times the share.
  let chance = power(others, confirmations);
  let safe = 0;
  for (let found = 0; found < confirmations; found++) {
    safe += chance * (1 - power(share / others, confirmations - found));
    chance *= ((confirmations + found) / (found + 1)) * share;
  }
  return 1 - safe;
}

/**
 * The share of the blocks on the chain that a selfish miner gets: Eyal and Sirer, "Majority is not enough" (2014).
 * `gamma` is the part of the others that mines upon its branch when two are equal.
 */
export function selfishRevenue(share: number, gamma: number): number {
  assert(share >= 0 && share < 0.5, "with half of the power, a selfish miner gets everything");
  const others = 1 - share;
  const gain = share * others * others * (4 * share + gamma * (1 - 2 * share)) - share * share * share;
  return gain / (1 - share * (1 + (2 - share) * share));
}

/** The share of mining power above which selfish mining pays: ibid. */
export function selfishThreshold(gamma: number): number {
  assert(gamma >= 0 && gamma <= 1, "gamma is from 0 to 1");
  return (1 - gamma) / (3 - 2 * gamma);
}

/** `Math.pow` may differ in its last bits between machines. */
function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}
