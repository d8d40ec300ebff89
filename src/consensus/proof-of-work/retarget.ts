import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { ChainParameters } from "./parameters.ts";
import { DIFFICULTY_MAX } from "./parameters.ts";

type RetargetRules = Pick<ChainParameters, "blockIntervalNs" | "retargetBlocks" | "retargetFactorMax">;

/** Says whether the block after the one at this height gets another difficulty. */
export function isRetarget(parentHeight: number, rules: RetargetRules): boolean {
  return parentHeight > 0 && parentHeight % rules.retargetBlocks === 0;
}

/**
 * The difficulty after a window of `retargetBlocks` blocks that took `elapsedNs`.
 *
 * The window goes from one boundary block to the next, so it holds as many intervals as blocks, and consecutive windows
 * share their boundary. Bitcoin counts one interval less and leaves a gap between windows, which miners can abuse by
 * false times ("time warp").
 */
export function retarget(difficulty: number, elapsedNs: Nanos, rules: RetargetRules): number {
  assert(elapsedNs > 0, "times of blocks grow along a chain");
  const aimNs = rules.retargetBlocks * rules.blockIntervalNs;
  const factor = Math.min(rules.retargetFactorMax, Math.max(1 / rules.retargetFactorMax, aimNs / elapsedNs));
  return Math.min(DIFFICULTY_MAX, Math.max(1, Math.round(difficulty * factor)));
}
