import type { RandomStream } from "../../src/core/random.ts";
import type { ChangeKind, MemberChange, MembershipChange } from "../../src/consensus/raft/conf-change.ts";
import { oneOf } from "../simulation/draws.ts";

const CHANGES: readonly ChangeKind[] = ["add-voter", "add-voter", "add-learner", "remove"];
const TRANSITIONS = ["auto", "joint-implicit", "joint-explicit"] as const;

/** Draws a change of the members, sensible or not. */
export function drawChange(random: RandomStream, replicas: number): MembershipChange {
  const transition = oneOf(random, TRANSITIONS);
  const all = Array.from({ length: replicas }, (_, replica) => replica);
  if (random.chance(0.6)) return { transition, changes: drawReplacement(random, all) };
  // Without changes it leaves a joint configuration that waits for that.
  const count = random.chance(0.3) ? 0 : random.integer(1, 3);
  const changes = Array.from({ length: count }, () => ({ kind: oneOf(random, CHANGES), replica: oneOf(random, all) }));
  return { transition, changes };
}

/** Other voters altogether: the two sets of the joint configuration may have nobody in common. */
function drawReplacement(random: RandomStream, all: readonly number[]): MemberChange[] {
  const voters = all.filter(() => random.chance(0.4));
  if (voters.length === 0) voters.push(oneOf(random, all));
  return all.map((replica) => ({ kind: voters.includes(replica) ? "add-voter" : "remove", replica }));
}
