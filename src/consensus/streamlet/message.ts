import type { Block, NamedBlock } from "../block.ts";
import type { Outcome, Submission } from "../client-messages.ts";
import type { Signature } from "../signature.ts";
import type { Statement } from "./statement.ts";

/** A leader's block for its epoch. Whoever hears it first tells the others. */
export interface Proposal {
  readonly kind: "proposal";
  readonly block: Block;
  /** The leader's, under the block's epoch, height and id. */
  readonly signature: Signature;
}

/** A proposal whose block has got its id. */
export interface NamedProposal extends NamedBlock {
  readonly signature: Signature;
}

export interface Vote extends Statement {
  readonly kind: "vote";
  readonly voter: number;
  readonly signature: Signature;
}

/** Votes that notarise a block. */
export interface Certificate extends Statement {
  readonly kind: "certificate";
  readonly votes: readonly Ballot[];
}

export interface Ballot {
  readonly voter: number;
  readonly signature: Signature;
}

/** How far its sender has got. Who has a longer notarised chain answers with what the sender lacks. */
export interface Status {
  readonly kind: "status";
  readonly finalHeight: number;
  /** The last block of the longest notarised chain that the sender has seen. */
  readonly tip: Statement;
}

export type StreamletMessage = Proposal | Vote | Certificate | Status | Submission | Outcome;

/** What a proposer states about its block. */
export function statementOf({ id, block }: NamedBlock): Statement {
  return { epoch: block.epoch, height: block.height, block: id };
}
