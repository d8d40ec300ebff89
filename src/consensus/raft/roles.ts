import { NO_REPLICA } from "./configuration.ts";
import type { RaftState } from "./raft-state.ts";
import { ReadRounds } from "./read-index.ts";

/** Follows a leader, or waits for one. */
export function becomeFollower(state: RaftState, term: number, leader: number): void {
  enterTerm(state, term);
  state.role = "follower";
  state.leader = leader;
}

/** Begins a term, or begins again in the same one: what a leader or candidate knew is void. */
export function enterTerm(state: RaftState, term: number): void {
  if (term !== state.term) {
    state.term = term;
    state.vote = NO_REPLICA;
  }
  state.leader = NO_REPLICA;
  state.votes = new Map();
  state.unsavedBallot = undefined;
  state.electionElapsed = 0;
  state.heartbeatElapsed = 0;
  state.transferee = NO_REPLICA;
  state.pendingChangeIndex = 0;
  state.reads = new ReadRounds();
  state.assembly = undefined;
  state.resetProgress();
  state.drawElectionTimeout();
}
