import type { Nanos } from "../../core/units.ts";
import type { Block } from "./block.ts";
import type { Answers } from "./block-execution.ts";
import type { ChainParameters } from "./parameters.ts";
import { isRetarget, retarget } from "./retarget.ts";

/** A block in the tree of all branches, with what follows from its ancestors. */
export interface TreeBlock {
  readonly block: Block;
  /** Undefined for the tree's root: what is below it has been forgotten. */
  parent: TreeBlock | undefined;
  /** The difficulties of the block and all its ancestors, summed: what a branch weighs. */
  readonly work: number;
  /** When the last block below this one was found that ended a window of the retarget. */
  readonly windowStartNs: Nanos;
  readonly children: TreeBlock[];
  /** The ledger refused it, or an ancestor of it. */
  invalid: boolean;
  /** What became of its transactions, since it was last on the main chain. */
  answers: Answers;
}

/** A root that knows of its ancestors only what is needed to judge its descendants. */
export function rootOf(block: Block, work: number, windowStartNs: Nanos): TreeBlock {
  return { block, parent: undefined, work, windowStartNs, children: [], invalid: false, answers: [] };
}

export function childOf(parent: TreeBlock, block: Block, parameters: ChainParameters): TreeBlock {
  const endsWindow = parent.block.height % parameters.retargetBlocks === 0;
  return {
    block,
    parent,
    work: parent.work + block.difficulty,
    windowStartNs: endsWindow ? parent.block.timeNs : parent.windowStartNs,
    children: [],
    invalid: parent.invalid,
    answers: [],
  };
}

/** The difficulty that a child of this block must have. */
export function difficultyAfter(parent: TreeBlock, parameters: ChainParameters): number {
  const { height, difficulty, timeNs } = parent.block;
  if (!isRetarget(height, parameters)) return difficulty;
  return retarget(difficulty, timeNs - parent.windowStartNs, parameters);
}
