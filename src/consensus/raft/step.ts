import { assert, unreachable } from "../../core/assert.ts";
import { isVoter, NO_REPLICA, votersOf } from "./configuration.ts";
import { handleVoteRequest, handleVoteResponse, mayStand, refuseVote, standForElection } from "./election.ts";
import type { PeerMessage } from "./messages.ts";
import { jointVote } from "./quorum.ts";
import type { RaftState } from "./raft-state.ts";
import { beginReadRound, heartbeat } from "./reads.ts";
import { handleAppend, handleAppendResponse, handleHeartbeat, handleHeartbeatResponse } from "./replication.ts";
import { becomeFollower } from "./roles.ts";
import { handleSnapshotPiece, handleSnapshotResponse, resendQuietPieces } from "./snapshots.ts";

/** Handles a message of another replica. */
export function step(state: RaftState, from: number, message: PeerMessage): void {
  if (message.term > state.term) {
    if (message.kind === "vote-request" && message.cause === "timeout" && hearsLeader(state)) return;
    if (movesTerm(message)) becomeFollower(state, message.term, isFromLeader(message) ? from : NO_REPLICA);
  } else if (message.term < state.term) {
    return answerOldTerm(state, from, message);
  }
  if (isFromLeader(message)) follow(state, from, message.term);
  dispatch(state, from, message);
  beginReadRound(state);
}

function dispatch(state: RaftState, from: number, message: PeerMessage): void {
  switch (message.kind) {
    case "vote-request":
      return handleVoteRequest(state, from, message);
    case "vote-response":
      if (state.role === "candidate" || state.role === "pre-candidate") handleVoteResponse(state, from, message);
      return;
    case "append":
      return handleAppend(state, from, message);
    case "append-response":
      if (state.isLeader) handleAppendResponse(state, from, message);
      return;
    case "heartbeat":
      return handleHeartbeat(state, from, message);
    case "heartbeat-response":
      if (state.isLeader) handleHeartbeatResponse(state, from, message);
      return;
    case "snapshot-piece":
      return handleSnapshotPiece(state, from, message);
    case "snapshot-response":
      if (state.isLeader) handleSnapshotResponse(state, from, message);
      return;
    case "timeout-now":
      if (state.role === "follower") standForElection(state, "transfer");
      return;
    default:
      unreachable(message, "message");
  }
}

/** Lets a tick of time pass. */
export function tick(state: RaftState): void {
  if (state.isLeader) tickLeader(state);
  else tickFollower(state);
}

function tickFollower(state: RaftState): void {
  state.electionElapsed++;
  if (state.electionElapsed < state.electionTimeout || !mayStand(state)) return;
  state.electionElapsed = 0;
  standForElection(state, "timeout");
}

function tickLeader(state: RaftState): void {
  state.heartbeatElapsed++;
  state.electionElapsed++;
  if (state.electionElapsed >= state.options.electionTicks) {
    state.electionElapsed = 0;
    if (state.options.checkQuorum === "on") checkQuorum(state);
    // One that has not taken over by now never will, and commands have waited for long enough.
    state.transferee = NO_REPLICA;
  }
  if (!state.isLeader || state.heartbeatElapsed < state.options.heartbeatTicks) return;
  state.heartbeatElapsed = 0;
  heartbeat(state);
  resendQuietPieces(state);
}

/** A leader that no majority answers steps down, so that its clients look for the one that may have replaced it. */
function checkQuorum(state: RaftState): void {
  const active = new Map(votersOf(state.configuration).map((voter) => [voter, isActive(state, voter)]));
  if (jointVote(state.configuration, active) !== "won") return becomeFollower(state, state.term, NO_REPLICA);
  for (const [member, progress] of state.progress) {
    if (member !== state.self) progress.active = false;
  }
}

function isActive(state: RaftState, member: number): boolean {
  return member === state.self || state.progressOf(member)?.active === true;
}

/** A follower that hears a leader refuses to help replace it: the candidate may only have been cut off. */
function hearsLeader(state: RaftState): boolean {
  const { checkQuorum: checks, electionTicks } = state.options;
  return checks === "on" && state.leader !== NO_REPLICA && state.electionElapsed < electionTicks;
}

/** A pre-vote's term is not one that has begun. */
function movesTerm(message: PeerMessage): boolean {
  if (message.kind === "vote-request") return message.ballot === "vote";
  return message.kind !== "vote-response" || message.ballot === "vote" || !message.granted;
}

function isFromLeader(message: PeerMessage): boolean {
  return message.kind === "append" || message.kind === "heartbeat" || message.kind === "snapshot-piece";
}

function follow(state: RaftState, leader: number, term: number): void {
  assert(!state.isLeader, "a term has one leader at most");
  if (state.role !== "follower") becomeFollower(state, term, leader);
  state.electionElapsed = 0;
  state.leader = leader;
}

/**
 * A replica that has moved to a higher term alone makes others follow by asking them for their votes. Those that are no
 * voters by its configuration it will never ask, and with pre-vote or check-quorum nobody listens: so it must tell its
 * term to a leader of an older one, and to a stranger who stands for election, or they would run after it for good.
 */
function answerOldTerm(state: RaftState, from: number, message: PeerMessage): void {
  const { term, options, configuration } = state;
  const isStranger = !isVoter(configuration, from);
  if (message.kind === "vote-request") {
    if (message.ballot === "pre-vote" || isStranger) refuseVote(state, from, message.ballot);
  } else if (isFromLeader(message) && (isStranger || options.preVote === "on" || options.checkQuorum === "on")) {
    state.send(from, { kind: "append-response", term, index: 0, rejected: undefined });
  }
}
