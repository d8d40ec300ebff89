import { READS_MAX } from "./limits.ts";
import type { RaftState } from "./raft-state.ts";
import type { ConfirmedRead } from "./read-index.ts";
import { broadcastHeartbeat } from "./replication.ts";

/** @returns false when this is no leader, or too many reads wait already */
export function askRead(state: RaftState, ticket: number): boolean {
  if (!state.isLeader || state.reads.pending >= READS_MAX) return false;
  state.reads.ask(ticket);
  beginReadRound(state);
  return true;
}

/** Begins a round of heartbeats if reads wait for one. */
export function beginReadRound(state: RaftState): void {
  if (state.isLeader && state.reads.isDue && knowsCommitted(state)) {
    state.reads.begin(state.self, state.log.committed);
    broadcastHeartbeat(state);
  }
}

/** The regular heartbeat, which is a round of its own for the reads that wait. */
export function heartbeat(state: RaftState): void {
  if (knowsCommitted(state)) state.reads.begin(state.self, state.log.committed);
  broadcastHeartbeat(state);
}

export function takeConfirmedReads(state: RaftState): ConfirmedRead[] {
  return state.isLeader ? state.reads.take(state.configuration) : [];
}

/** Until a leader has committed an entry of its own term, more may be committed than it knows of. */
function knowsCommitted(state: RaftState): boolean {
  return state.log.termAt(state.log.committed) === state.term;
}
