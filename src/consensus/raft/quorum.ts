/** Votes that have been cast so far, by replica. Who is missing has not answered. */
export type Votes = ReadonlyMap<number, boolean>;

export type VoteResult = "won" | "pending" | "lost";

/**
 * The two sets of voters of a configuration. Outside a membership change the second one is empty, and an empty set
 * agrees to everything, so that one rule serves both cases: a decision needs a majority of each set.
 */
export interface JointVoters {
  readonly incoming: readonly number[];
  readonly outgoing: readonly number[];
}

/** How many of a set make a majority. Any two majorities of a set share a member: that is what all safety rests on. */
export function majority(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** The highest index that a majority of the voters has reached. Infinity without voters. */
export function majorityIndex(voters: readonly number[], indexOf: (voter: number) => number): number {
  if (voters.length === 0) return Infinity;
  const reached = voters.map(indexOf).sort((a, b) => b - a);
  return reached[majority(voters.length) - 1];
}

/** The highest index that majorities of both sets have reached. */
export function jointIndex(voters: JointVoters, indexOf: (voter: number) => number): number {
  return Math.min(majorityIndex(voters.incoming, indexOf), majorityIndex(voters.outgoing, indexOf));
}

/** Whether a majority has said yes, or cannot any more. */
export function majorityVote(voters: readonly number[], votes: Votes): VoteResult {
  if (voters.length === 0) return "won";
  const needed = majority(voters.length);
  const yes = voters.filter((voter) => votes.get(voter) === true).length;
  const silent = voters.filter((voter) => !votes.has(voter)).length;
  if (yes >= needed) return "won";
  return yes + silent >= needed ? "pending" : "lost";
}

/** A vote is won when both sets have given it, and lost when one of them has refused. */
export function jointVote(voters: JointVoters, votes: Votes): VoteResult {
  const results = [majorityVote(voters.incoming, votes), majorityVote(voters.outgoing, votes)];
  if (results.includes("lost")) return "lost";
  return results.includes("pending") ? "pending" : "won";
}
