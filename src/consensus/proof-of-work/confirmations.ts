import type { SignedTransaction } from "../transaction.ts";
import { sameTransaction } from "../transaction.ts";
import type { TreeBlock } from "./tree-block.ts";

/** How many blocks of the branch that ends here say that a transaction happened: 1 for the one that holds it. */
export function confirmationsOf(transaction: SignedTransaction, tip: TreeBlock, depthMax: number): number {
  let each: TreeBlock | undefined = tip;
  for (let confirmations = 1; confirmations <= depthMax && each !== undefined; confirmations++) {
    if (each.block.transactions.some((one) => sameTransaction(one, transaction))) return confirmations;
    each = each.parent;
  }
  return 0;
}
