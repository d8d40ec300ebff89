import type { Digest } from "../digest.ts";
import { DIGEST_WORDS, writeDigest } from "../digest.ts";
import type { Signature, Signer, Verifier } from "../signature.ts";

/**
 * What replicas sign: that they propose a block, or vote for it. The height stands beside the block's id, so that votes
 * alone, without the blocks, show a replica that voted for a shorter chain than it had before.
 */
export interface Statement {
  readonly epoch: number;
  readonly height: number;
  readonly block: Digest;
}

export type StatementKind = "proposal" | "vote";

export interface SignedStatement extends Statement {
  readonly signature: Signature;
}

/** Keep proposals, votes and everything else that is signed apart. */
const TAGS: Readonly<Record<StatementKind, number>> = { proposal: 0x73_6c_70_31, vote: 0x73_6c_76_31 };

export function signStatement(kind: StatementKind, statement: Statement, signer: Signer): Signature {
  return signer.sign(statementWords(kind, statement));
}

export function isSignedBy(
  signer: number,
  kind: StatementKind,
  statement: SignedStatement,
  replicas: Verifier,
): boolean {
  return replicas.verify(signer, statementWords(kind, statement), statement.signature);
}

/** Equal for equal statements: what votes are counted by. */
export function statementKey({ epoch, height, block }: Statement): string {
  return `${epoch}/${height}/${block}`;
}

function statementWords(kind: StatementKind, { epoch, height, block }: Statement): Int32Array {
  const words = new Int32Array(3 + DIGEST_WORDS);
  words[0] = TAGS[kind];
  words[1] = epoch;
  words[2] = height;
  writeDigest(block, words, 3);
  return words;
}
