import type { Nanos } from "../../core/units.ts";
import { BLOCK_TRANSACTIONS_MAX } from "../block-body.ts";
import type { Verifier } from "../signature.ts";
import type { SignedTransaction } from "../transaction.ts";
import { isSigned } from "../transaction.ts";
import type { Block } from "./block.ts";
import { bytesOfId, meetsDifficulty } from "./block.ts";
import type { ChainParameters } from "./parameters.ts";
import type { TreeBlock } from "./tree-block.ts";
import { difficultyAfter } from "./tree-block.ts";

/**
 * How a block shows the work in it: by its hash, or not at all. The second is for simulated mining, where waiting takes
 * the place of hashing, and everybody is believed that they waited.
 */
export type Proof = "hashed" | "simulated";

/** What can be wrong with a block before the ledger looks at it. */
export type BlockFault =
  | "wrong height"
  | "no later than its parent"
  | "ahead of the clock"
  | "wrong difficulty"
  | "no proof of work"
  | "too many transactions"
  | "not signed";

export interface BlockRules {
  readonly parameters: ChainParameters;
  readonly proof: Proof;
  /** Tells whether an account has signed. */
  readonly accountKeys: Verifier;
  /** Whether a transaction's signature has been found to be good before. */
  readonly isKnown?: (transaction: SignedTransaction) => boolean;
}

export function faultOf(block: Block, parent: TreeBlock, nowNs: Nanos, rules: BlockRules): BlockFault | undefined {
  const { parameters, proof, accountKeys, isKnown } = rules;
  if (block.height !== parent.block.height + 1) return "wrong height";
  if (block.timeNs <= parent.block.timeNs) return "no later than its parent";
  if (block.timeNs > nowNs + parameters.clockAheadNsMax) return "ahead of the clock";
  if (block.difficulty !== difficultyAfter(parent, parameters)) return "wrong difficulty";
  if (!hasProof(block, proof)) return "no proof of work";
  if (block.transactions.length > BLOCK_TRANSACTIONS_MAX) return "too many transactions";
  for (const transaction of block.transactions) {
    if (isKnown?.(transaction) !== true && !isSigned(transaction, accountKeys)) return "not signed";
  }
  return undefined;
}

/** An orphan's difficulty cannot be checked yet, but it must at least be paid for before it takes room. */
export function hasProof(block: Block, proof: Proof): boolean {
  return proof === "simulated" || meetsDifficulty(bytesOfId(block.id), block.difficulty);
}
