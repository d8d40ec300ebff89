import type { ChainParameters } from "./parameters.ts";
import type { Strategy } from "./strategy.ts";
import { honest } from "./strategy.ts";

/**
 * Lies about the time, to make blocks easier to find: the last block of each window of the retarget claims to be as late
 * as others accept, so that the window seems slow, and all others as early as the rule allows. It is otherwise honest.
 *
 * Bitcoin's difficulty can be brought down so by a majority (the "time warp"): a block's time may lie before its
 * parent's, and windows have a gap between them. Here times grow along a chain, and the lateness of one window's end is
 * the lateness of the next one's beginning.
 */
export function timestampLiar({
  retargetBlocks,
  clockAheadNsMax,
}: Pick<ChainParameters, "retargetBlocks" | "clockAheadNsMax">): Strategy {
  return {
    ...honest,
    claimedTimeNs: (parent, nowNs) => {
      const endsWindow = (parent.block.height + 1) % retargetBlocks === 0;
      return endsWindow ? nowNs + clockAheadNsMax : parent.block.timeNs + 1;
    },
  };
}
