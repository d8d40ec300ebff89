import type { Verifier } from "../signature.ts";
import type { SignedStatement, StatementKind } from "./statement.ts";
import { isSignedBy } from "./statement.ts";

/**
 * Two signed statements of which an honest replica makes at most one. Anyone who can verify signatures can check it,
 * without a block or a clock.
 *
 * - `two proposals`, `two votes`: different ones in one epoch.
 * - `falling votes`: a vote for a lower block in a later epoch. Who voted at height k had seen a notarised chain of
 *   height k - 1, and may extend none but a longest from then on; so an honest replica's votes never get lower.
 *
 * The three are complete: when two replicas have made different blocks final, the votes that made them so contain, for
 * each of n/3 replicas at least, one of the last two.
 */
export interface Evidence {
  readonly kind: "two proposals" | "two votes" | "falling votes";
  readonly culprit: number;
  readonly first: SignedStatement;
  readonly second: SignedStatement;
}

/** Whether this proves the culprit's guilt, to somebody who believes nobody. */
export function isProof(evidence: Evidence, replicas: Verifier): boolean {
  const { kind, culprit, first, second } = evidence;
  if (!contradict(kind, first, second)) return false;
  const signed: StatementKind = kind === "two proposals" ? "proposal" : "vote";
  return isSignedBy(culprit, signed, first, replicas) && isSignedBy(culprit, signed, second, replicas);
}

function contradict(kind: Evidence["kind"], first: SignedStatement, second: SignedStatement): boolean {
  if (kind === "falling votes") return second.epoch > first.epoch && second.height < first.height;
  return first.epoch === second.epoch && (first.block !== second.block || first.height !== second.height);
}
