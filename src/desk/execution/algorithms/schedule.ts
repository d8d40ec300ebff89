import { assert } from "../../../core/assert.ts";
import type { Lots } from "../../../core/units.ts";

/**
 * Shares whole lots out in proportion to weights, so that after each share what has been given is the nearest whole
 * number to what should have been, and in the end everything is.
 */
export function shareLots(lots: Lots, weights: readonly number[]): readonly Lots[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  assert(total > 0 && weights.every((weight) => weight >= 0), "weights are from 0 on, and not all of them 0");
  let weight = 0;
  let given = 0;
  return weights.map((each) => {
    weight += each;
    const due = Math.round((lots * weight) / total);
    const share = due - given;
    given = due;
    return share;
  });
}

/** What should have been traded at each of the times 1, 2, … of a schedule: its shares, added up. */
export function addedUp(shares: readonly Lots[]): readonly Lots[] {
  let sum = 0;
  return shares.map((share) => (sum += share));
}
