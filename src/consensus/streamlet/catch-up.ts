import type { BlockTree } from "./block-tree.ts";
import type { Status, StreamletMessage } from "./message.ts";
import type { Statement } from "./statement.ts";

/** Blocks in one answer: who lacks more gets them in the next epochs. */
export const CATCH_UP_BLOCKS_MAX = 64;

/**
 * What the sender of a status lacks of the longest notarised chain: its blocks from above the sender's last final block
 * on, the votes before the block that they are for. Empty when the sender has got as far.
 */
export function answerTo(status: Status, tree: BlockTree): StreamletMessage[] {
  const { block } = tree.tip;
  if (!isBehind(status.tip, { epoch: block.epoch, height: block.height, block: tree.tip.id })) return [];
  const missing = tree.above(Math.max(0, status.finalHeight), tree.tip).slice(0, CATCH_UP_BLOCKS_MAX);
  return missing.flatMap(({ certificate, proposal }): StreamletMessage[] => {
    if (certificate === undefined || proposal === undefined) return [];
    return [certificate, { kind: "proposal", block: proposal.block, signature: proposal.signature }];
  });
}

/** In the order by which a tree chooses among notarised chains. */
function isBehind(theirs: Statement, ours: Statement): boolean {
  if (theirs.height !== ours.height) return theirs.height < ours.height;
  if (theirs.epoch !== ours.epoch) return theirs.epoch < ours.epoch;
  return theirs.block < ours.block;
}
