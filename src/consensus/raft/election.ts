import { isVoter, NO_REPLICA, votersOf } from "./configuration.ts";
import type { Ballot, VoteRequest, VoteResponse } from "./messages.ts";
import { jointVote } from "./quorum.ts";
import type { RaftState } from "./raft-state.ts";
import { appendCommand, broadcastAppend } from "./replication.ts";
import { becomeFollower, enterTerm } from "./roles.ts";

/** Stands for election, if this replica may. */
export function standForElection(state: RaftState, cause: VoteRequest["cause"]): void {
  if (state.isLeader || !mayStand(state)) return;
  // Who is asked to take over stands at once: the leader wants it to disturb its term.
  campaign(state, cause === "timeout" && state.options.preVote === "on" ? "pre-vote" : "vote", cause);
}

/** Whether this replica can become leader: a voter that acts on the newest configuration it knows to be committed. */
export function mayStand(state: RaftState): boolean {
  if (!isVoter(state.configuration, state.self) || state.received !== undefined) return false;
  return state.log.unapplied.every(({ command }) => command.kind !== "membership");
}

function campaign(state: RaftState, ballot: Ballot, cause: VoteRequest["cause"]): void {
  if (ballot === "vote") {
    enterTerm(state, state.term + 1);
    state.vote = state.self;
    state.role = "candidate";
  } else {
    state.votes = new Map();
    state.leader = NO_REPLICA;
    state.role = "pre-candidate";
  }
  state.unsavedBallot = ballot;
  // A pre-vote asks about the term that would follow.
  const term = ballot === "vote" ? state.term : state.term + 1;
  const { last } = state.log;
  for (const voter of votersOf(state.configuration)) {
    if (voter !== state.self) state.send(voter, { kind: "vote-request", term, ballot, cause, last });
  }
}

/** Own term and vote are saved: the own vote counts. */
export function ownVoteSaved(state: RaftState): void {
  const ballot = state.unsavedBallot;
  state.unsavedBallot = undefined;
  if (ballot !== undefined) countVote(state, state.self, ballot, { granted: true });
}

export function handleVoteRequest(state: RaftState, from: number, request: VoteRequest): void {
  const { ballot, term } = request;
  const mayVote =
    state.vote === from ||
    (state.vote === NO_REPLICA && state.leader === NO_REPLICA) ||
    (ballot === "pre-vote" && term > state.term);
  if (!mayVote || !state.log.accepts(request.last)) return refuseVote(state, from, ballot);
  // A pre-vote is answered with the term that it asked about, else the candidate would take the answer for an old one.
  state.send(from, { kind: "vote-response", term, ballot, granted: true, commit: state.log.lastCommitted });
  if (ballot === "vote") {
    state.electionElapsed = 0;
    state.vote = from;
  }
}

export function refuseVote(state: RaftState, to: number, ballot: Ballot): void {
  const { term, log } = state;
  state.send(to, { kind: "vote-response", term, ballot, granted: false, commit: log.lastCommitted });
}

export function handleVoteResponse(state: RaftState, from: number, response: VoteResponse): void {
  // A leader that has removed itself may be the only one to know so, and then the others need its vote, which its longer
  // log forbids. From its answer they learn that they do not need it.
  if (state.log.holds(response.commit)) state.log.commitTo(response.commit.index);
  const awaited = state.role === "candidate" ? "vote" : "pre-vote";
  if (response.ballot === awaited) countVote(state, from, awaited, response);
}

function countVote(state: RaftState, from: number, ballot: Ballot, { granted }: { readonly granted: boolean }): void {
  // The first answer counts: a replica does not change its mind within a term.
  if (!state.votes.has(from)) state.votes.set(from, granted);
  const result = jointVote(state.configuration, state.votes);
  if (result === "lost") becomeFollower(state, state.term, NO_REPLICA);
  else if (result === "won" && ballot === "pre-vote") campaign(state, "vote", "timeout");
  else if (result === "won") becomeLeader(state);
}

function becomeLeader(state: RaftState): void {
  enterTerm(state, state.term);
  state.role = "leader";
  state.leader = state.self;
  const own = state.progressOf(state.self);
  if (own !== undefined) {
    own.becomeReplicate();
    own.active = true;
  }
  // The log may hold a membership entry of which this leader does not know whether it is committed.
  state.pendingChangeIndex = state.log.lastIndex;
  appendCommand(state, { kind: "empty" });
  broadcastAppend(state);
}
