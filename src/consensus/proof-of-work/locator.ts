import type { BlockId } from "./block.ts";
import { LOCATOR_IDS_MAX } from "./chain-message.ts";
import type { TreeBlock } from "./tree-block.ts";

/** Blocks sent in answer to one question. Who needs more asks again. */
export const CATCH_UP_BLOCKS_MAX = 16;

/** Of each branch, so many blocks stand one by one in a question. */
const DENSE_IDS = 40;
const BRANCH_IDS_MAX = LOCATOR_IDS_MAX / 2;

/**
 * Ids by which another finds where its chain leaves what is known here: of the own branch, and of the one last heard of.
 * Without the second, a rival branch that is longer than one answer could never be heard to its end: until it is the
 * heavier one, each question would be the same.
 */
export function locatorOf(tip: TreeBlock, lastHeard: TreeBlock | undefined): BlockId[] {
  const ids = new Set(branchIds(tip));
  if (lastHeard !== undefined) for (const id of branchIds(lastHeard)) ids.add(id);
  return [...ids];
}

/** The last blocks of a branch one by one, then in steps that double, and the root. */
function branchIds(tip: TreeBlock): BlockId[] {
  const ids: BlockId[] = [];
  let step = 1;
  let next = tip.block.height;
  for (let each: TreeBlock | undefined = tip; each !== undefined; each = each.parent) {
    if (each.block.height > next && each.parent !== undefined) continue;
    ids.push(each.block.id);
    if (ids.length === BRANCH_IDS_MAX) break;
    if (ids.length >= DENSE_IDS) step *= 2;
    next = each.block.height - step;
  }
  return ids;
}

/**
 * The first blocks behind the highest that the asker knows, the lowest first. When none is known, those behind the root:
 * the asker's ids may have jumped over the part of the chain that is kept here.
 */
export function blocksBehind(locator: readonly BlockId[], tip: TreeBlock): TreeBlock[] {
  const known = new Set(locator);
  const path: TreeBlock[] = [];
  for (let each = tip; each.parent !== undefined && !known.has(each.block.id); each = each.parent) path.push(each);
  return path.toReversed().slice(0, CATCH_UP_BLOCKS_MAX);
}
