import { TRANSACTION_WORDS } from "../replica.ts";
import type { Block } from "./block.ts";
import type { TreeBlock } from "./tree-block.ts";

/** How many blocks of the branch that ends here say that a transaction happened: 1 for the one that holds it. */
export function confirmationsOf(transaction: Int32Array, tip: TreeBlock, depthMax: number): number {
  let each: TreeBlock | undefined = tip;
  for (let confirmations = 1; confirmations <= depthMax && each !== undefined; confirmations++) {
    if (holds(each.block, transaction)) return confirmations;
    each = each.parent;
  }
  return 0;
}

function holds({ transactions }: Block, transaction: Int32Array): boolean {
  for (let at = 0; at < transactions.length; at += TRANSACTION_WORDS) {
    if (transaction.every((word, i) => transactions[at + i] === word)) return true;
  }
  return false;
}
