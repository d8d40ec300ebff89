import type { Nanos } from "../../core/units.ts";
import type { BlockBody } from "../block-body.ts";
import type { SignedTransaction } from "../transaction.ts";
import type { Chain } from "./chain.ts";
import type { TreeBlock } from "./tree-block.ts";

/** What a strategy may do. */
export interface StrategyActions {
  readonly chain: Chain;
  /** Sends a block to all peers, or to all but the one from whom it came. */
  publish(block: TreeBlock, except?: number): void;
  /** Takes a transaction into the own pool and sends it to all peers. */
  submit(transaction: SignedTransaction): void;
}

/** What a miner does with the blocks that it finds, and which block it mines upon. */
export interface Strategy {
  mineOn(chain: Chain): TreeBlock;
  /** The end of the branch that others may hear of. */
  publicTip(chain: Chain): TreeBlock;
  /** Transactions for the next block, instead of the pool's best. */
  draft?(chain: Chain): BlockBody | undefined;
  /** What it claims to be the time of the next block, instead of its clock's. It must be later than the parent's. */
  claimedTimeNs?(parent: TreeBlock, nowNs: Nanos): Nanos;
  onMined(actions: StrategyActions, mined: TreeBlock): void;
  /** Blocks of others joined the tree, parents first. */
  onHeard(actions: StrategyActions, heard: readonly TreeBlock[], from: number): void;
}

/** Mines upon the heaviest chain, and tells everyone at once. */
export const honest: Strategy = {
  mineOn: (chain) => chain.tip,
  publicTip: (chain) => chain.tip,
  onMined: (actions, mined) => actions.publish(mined),
  onHeard(actions, heard, from) {
    // A branch that is not the heaviest does not concern the others; if it grows, they will hear of its new end.
    const { tip } = actions.chain;
    if (heard.includes(tip)) actions.publish(tip, from);
  },
};
