import { assert } from "../../core/assert.ts";
import type { Command } from "./entry.ts";
import type { Append, AppendResponse, Heartbeat, HeartbeatResponse } from "./messages.ts";
import type { Progress } from "./progress.ts";
import { jointIndex } from "./quorum.ts";
import type { RaftState } from "./raft-state.ts";
import { sendSnapshot } from "./snapshots.ts";

/** Puts a command at the end of the leader's log. It counts for the majority once it is saved. */
export function appendCommand(state: RaftState, command: Command): number {
  assert(state.isLeader, "only a leader adds to the log by itself");
  const index = state.log.lastIndex + 1;
  state.log.append({ term: state.term, index, command });
  return index;
}

/** @param when whether a message without entries, which tells of the commit index only, is worth sending */
export function sendAppend(state: RaftState, to: number, when: "always" | "with entries"): boolean {
  const progress = state.progressOf(to);
  if (progress === undefined || progress.isPaused) return false;
  const previousTerm = state.log.termAt(progress.next - 1);
  if (previousTerm === undefined) return sendSnapshot(state, to, progress);
  // A full window still lets one empty message through after each heartbeat: its rejection shows that entries were lost.
  const mayCarry = progress.state !== "replicate" || !progress.full;
  const entries = mayCarry ? state.log.entriesFrom(progress.next, state.options.appendWordsMax) : [];
  if (entries.length === 0 && when === "with entries") return false;
  const { committed } = state.log;
  const previous = { index: progress.next - 1, term: previousTerm };
  state.send(to, { kind: "append", term: state.term, previous, commit: committed, entries });
  progress.sent(entries.length, committed);
  return true;
}

export function broadcastAppend(state: RaftState): void {
  for (const member of state.members) {
    if (member !== state.self) sendAppend(state, member, "always");
  }
}

export function broadcastHeartbeat(state: RaftState): void {
  const { round } = state.reads;
  for (const [to, progress] of state.progress) {
    if (to === state.self) continue;
    // No further than the follower is known to agree: beyond that it may hold other entries than the leader.
    const commit = Math.min(progress.match, state.log.committed);
    state.send(to, { kind: "heartbeat", term: state.term, commit, round });
    progress.sentHeartbeat(commit);
  }
}

/**
 * Commits what a majority has saved, if it is of the current term. Entries of earlier terms are committed by those that
 * follow them only: a majority alone does not keep them from being replaced (Ongaro and Ousterhout 2014, figure 8).
 */
export function advanceCommit(state: RaftState): boolean {
  const reached = jointIndex(state.configuration, (voter) => state.progressOf(voter)?.match ?? 0);
  const index = Math.min(reached, state.log.lastIndex);
  if (index <= state.log.committed || state.log.termAt(index) !== state.term) return false;
  state.log.commitTo(index);
  return true;
}

/** The leader's own log is saved up to its end. */
export function ownLogSaved(state: RaftState): void {
  const progress = state.progressOf(state.self);
  if (progress?.accepted(state.log.saved) === true && advanceCommit(state)) broadcastAppend(state);
}

export function handleAppend(state: RaftState, from: number, message: Append): void {
  const { term, log } = state;
  const respond = (index: number, rejected: AppendResponse["rejected"]): void =>
    state.send(from, { kind: "append-response", term, index, rejected });
  if (message.previous.index < log.committed) return respond(log.committed, undefined);
  const agreed = log.appendAfter(message.previous, message.entries);
  if (agreed === undefined) {
    const last = Math.min(message.previous.index, log.lastIndex);
    return respond(message.previous.index, log.agreementBefore(last, message.previous.term));
  }
  log.commitTo(Math.min(message.commit, agreed));
  respond(agreed, undefined);
}

export function handleAppendResponse(state: RaftState, from: number, message: AppendResponse): void {
  const progress = state.progressOf(from);
  if (progress === undefined) return;
  progress.active = true;
  if (message.rejected !== undefined) {
    // The follower has named a place and its term there; this log may have left that term earlier.
    const { index, term } = message.rejected;
    const agreement = term > 0 ? state.log.agreementBefore(index, term).index : index;
    if (!progress.rejected(message.index, agreement)) return;
    if (progress.state === "replicate") progress.becomeProbe();
    sendAppend(state, from, "always");
    return;
  }
  assert(message.index <= state.log.lastIndex, "a follower cannot agree to more than its leader has");
  const isProbed = progress.state === "probe" && progress.match === message.index;
  if (progress.accepted(message.index) || isProbed) followerAgrees(state, from, progress, message.index);
}

function followerAgrees(state: RaftState, from: number, progress: Progress, index: number): void {
  if (progress.state === "replicate") progress.arrived(index);
  else if (progress.state === "probe" || progress.match + 1 >= state.log.firstIndex) progress.becomeReplicate();
  // It has the snapshot, but what should follow was compacted away meanwhile: a newer snapshot is due.
  else if (progress.transfer !== undefined && progress.match >= progress.transfer.index) progress.becomeProbe();
  if (advanceCommit(state)) broadcastAppend(state);
  else if (progress.lacksCommit(state.log.committed)) sendAppend(state, from, "always");
  // The answer may have made room for more than one message.
  while (sendAppend(state, from, "with entries"));
  if (from === state.transferee && progress.match === state.log.lastIndex) {
    state.send(from, { kind: "timeout-now", term: state.term });
  }
}

export function handleHeartbeat(state: RaftState, from: number, message: Heartbeat): void {
  state.log.commitTo(message.commit);
  state.send(from, { kind: "heartbeat-response", term: state.term, round: message.round });
}

export function handleHeartbeatResponse(state: RaftState, from: number, message: HeartbeatResponse): void {
  const progress = state.progressOf(from);
  if (progress === undefined) return;
  progress.active = true;
  progress.paused = false;
  if (progress.match < state.log.lastIndex || progress.state === "probe") sendAppend(state, from, "always");
  state.reads.answered(from, message.round);
}
