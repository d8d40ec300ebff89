import { isVoter } from "./configuration.ts";
import type { RaftState } from "./raft-state.ts";
import { sendAppend } from "./replication.ts";

/**
 * Hands leadership over (Ongaro 2014, section 3.10): the leader takes no more commands, brings the other one's log up to
 * its own, and tells it to stand for election at once. It gives that up after an election timeout.
 * @returns false when the other one cannot lead
 */
export function transferLeadership(state: RaftState, to: number): boolean {
  if (!state.isLeader || to === state.self || !isVoter(state.configuration, to)) return false;
  const progress = state.progressOf(to);
  if (progress === undefined) return false;
  if (state.transferee === to) return true;
  state.electionElapsed = 0;
  state.transferee = to;
  if (progress.match === state.log.lastIndex) state.send(to, { kind: "timeout-now", term: state.term });
  else sendAppend(state, to, "always");
  return true;
}
