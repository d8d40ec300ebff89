import { PIECE_WORDS_MAX, SNAPSHOT_WORDS_MAX } from "./limits.ts";
import type { SnapshotPiece, SnapshotResponse } from "./messages.ts";
import type { Progress } from "./progress.ts";
import type { RaftState } from "./raft-state.ts";
import type { Snapshot } from "./snapshot.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";
import { SnapshotAssembly } from "./snapshot-assembly.ts";

/** Begins to send the newest snapshot to a follower whose next entry is compacted away. */
export function sendSnapshot(state: RaftState, to: number, progress: Progress): boolean {
  // Who is not heard of would not take it: it is sent on the first sign of life.
  if (!progress.active) return false;
  progress.becomeSnapshot(state.snapshot.index, encodeSnapshot(state.snapshot));
  sendPiece(state, to, progress);
  return true;
}

function sendPiece(state: RaftState, to: number, progress: Progress): void {
  const { transfer } = progress;
  if (transfer === undefined) return;
  const { index, offset } = transfer;
  const words = transfer.words.subarray(offset, offset + PIECE_WORDS_MAX);
  transfer.quiet = false;
  state.send(to, { kind: "snapshot-piece", term: state.term, index, total: transfer.words.length, offset, words });
}

/** Sends a piece again that no answer has come to for a heartbeat's interval. */
export function resendQuietPieces(state: RaftState): void {
  for (const [to, progress] of state.progress) {
    if (progress.transfer?.quiet === true) sendPiece(state, to, progress);
    else if (progress.transfer !== undefined) progress.transfer.quiet = true;
  }
}

export function handleSnapshotResponse(state: RaftState, from: number, message: SnapshotResponse): void {
  const progress = state.progressOf(from);
  if (progress === undefined) return;
  progress.active = true;
  const { transfer } = progress;
  if (transfer?.index !== message.index || message.offset > transfer.words.length) return;
  // What goes back means that the follower has lost what it had, for example in a crash: then all begins anew.
  if (message.offset === transfer.offset) return;
  transfer.offset = message.offset;
  sendPiece(state, from, progress);
}

/** A piece of the leader's snapshot. Once all are there, the log begins anew behind them. */
export function handleSnapshotPiece(state: RaftState, from: number, piece: SnapshotPiece): void {
  const { term } = state;
  const respond = (index: number): void =>
    state.send(from, { kind: "append-response", term, index, rejected: undefined });
  if (piece.index <= state.log.committed || piece.total > SNAPSHOT_WORDS_MAX) return respond(state.log.committed);
  if (state.assembly?.matches(piece) !== true) state.assembly = new SnapshotAssembly(piece);
  const words = state.assembly.add(piece);
  if (words === undefined) {
    const offset = state.assembly.arrived;
    state.send(from, { kind: "snapshot-response", term, index: piece.index, offset });
    return;
  }
  state.assembly = undefined;
  const snapshot = decodeSnapshot(words);
  respond(snapshot !== undefined && restore(state, snapshot) ? state.log.lastIndex : state.log.committed);
}

/**
 * The snapshot may be of a time before this replica was a member: the entry that adds it then follows in the log.
 * @returns whether the log was replaced; where it holds the snapshot's last entry, it is better than the snapshot
 */
function restore(state: RaftState, snapshot: Snapshot): boolean {
  if (state.log.holds(snapshot)) {
    state.log.commitTo(snapshot.index);
    return false;
  }
  state.log.restartAfter(snapshot);
  state.configuration = snapshot.configuration;
  state.snapshot = snapshot;
  state.received = snapshot;
  state.resetProgress();
  return true;
}
