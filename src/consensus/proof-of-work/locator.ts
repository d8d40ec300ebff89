import type { BlockId } from "./block.ts";
import { LOCATOR_IDS_MAX } from "./chain-message.ts";
import type { TreeBlock } from "./tree-block.ts";

/** Blocks sent in answer to one question. Who needs more asks again. */
export const CATCH_UP_BLOCKS_MAX = 16;

/** Ids by which another finds where its chain leaves this one: from the tip down, in steps that double, and the root. */
export function locatorOf(tip: TreeBlock): BlockId[] {
  const ids: BlockId[] = [];
  let step = 1;
  let next = tip.block.height;
  for (let each: TreeBlock | undefined = tip; each !== undefined; each = each.parent) {
    const isRoot = each.parent === undefined;
    if (each.block.height > next && !isRoot) continue;
    if (ids.length === LOCATOR_IDS_MAX) break;
    ids.push(each.block.id);
    next = each.block.height - step;
    step *= 2;
  }
  return ids;
}

/** The first blocks behind the highest that the asker has too, the lowest first. None when nothing is common. */
export function blocksBehind(locator: readonly BlockId[], tip: TreeBlock): TreeBlock[] {
  const known = new Set(locator);
  const path: TreeBlock[] = [];
  for (let each: TreeBlock | undefined = tip; each !== undefined; each = each.parent) {
    if (known.has(each.block.id)) return path.toReversed().slice(0, CATCH_UP_BLOCKS_MAX);
    path.push(each);
  }
  return [];
}
