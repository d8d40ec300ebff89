import { assert } from "../../core/assert.ts";
import type { MembershipChange } from "./conf-change.ts";
import type { Configuration } from "./configuration.ts";
import { NO_REPLICA } from "./configuration.ts";
import { ownVoteSaved, standForElection } from "./election.ts";
import type { Command, Entry } from "./entry.ts";
import { UNCOMMITTED_ENTRIES_MAX } from "./limits.ts";
import type { MembershipProblem } from "./membership.ts";
import { appendMembership, applyMembership, leaveJointIfDue, membershipProblem } from "./membership.ts";
import type { PeerMessage } from "./messages.ts";
import type { DurableState, Outgoing, RaftOptions } from "./raft-state.ts";
import { RaftState } from "./raft-state.ts";
import type { ConfirmedRead } from "./read-index.ts";
import { askRead, beginReadRound, takeConfirmedReads } from "./reads.ts";
import { broadcastAppend, ownLogSaved } from "./replication.ts";
import type { Snapshot } from "./snapshot.ts";
import { step, tick } from "./step.ts";
import { transferLeadership } from "./transfer.ts";

/**
 * The protocol of one replica, without disk, network and machine. After each call, whoever owns it saves what is
 * `unsaved`, then sends what `takeOutbox` gives, then calls `saved`, then applies `unapplied`: until nothing is left.
 */
export class RaftNode {
  readonly #state: RaftState;

  constructor(options: RaftOptions, durable: DurableState) {
    this.#state = new RaftState(options, durable);
  }

  /** What the replica knows, for tests and displays to look at. */
  get state(): Readonly<RaftState> {
    return this.#state;
  }

  step(from: number, message: PeerMessage): void {
    step(this.#state, from, message);
  }

  tick(): void {
    tick(this.#state);
  }

  /** Stands for election without waiting. */
  campaign(): void {
    standForElection(this.#state, "timeout");
  }

  /** Appends a command. @returns its index; undefined when this is no leader, or it takes no more at the moment */
  propose(command: Exclude<Command, { kind: "membership" }>): number | undefined {
    if (!this.takesCommands) return undefined;
    return appendAndSend(this.#state, command);
  }

  /** @returns the entry's index, or why there is none */
  proposeMembership(change: MembershipChange): number | MembershipProblem | undefined {
    if (!this.takesCommands) return undefined;
    const problem = membershipProblem(this.#state, change);
    if (problem !== undefined) return problem;
    const index = appendMembership(this.#state, change);
    broadcastAppend(this.#state);
    return index;
  }

  get takesCommands(): boolean {
    const { isLeader, transferee, log } = this.#state;
    return isLeader && transferee === NO_REPLICA && log.lastIndex - log.committed < UNCOMMITTED_ENTRIES_MAX;
  }

  transferLeadership(to: number): boolean {
    return transferLeadership(this.#state, to);
  }

  /** Asks to read. The ticket comes back in `takeReads` once the log shows all that was committed when it came in. */
  askRead(ticket: number): boolean {
    return askRead(this.#state, ticket);
  }

  takeReads(): ConfirmedRead[] {
    return takeConfirmedReads(this.#state);
  }

  get unsaved(): { readonly snapshot: Snapshot | undefined; readonly entries: readonly Entry[] } {
    return { snapshot: this.#state.received, entries: this.#state.log.unsaved };
  }

  takeOutbox(): Outgoing[] {
    const { outbox } = this.#state;
    this.#state.outbox = [];
    return outbox;
  }

  /** Term, vote, snapshot and log are safe as they are. */
  saved(): void {
    const state = this.#state;
    state.log.savedTo(state.log.lastIndex);
    state.received = undefined;
    ownVoteSaved(state);
    if (state.isLeader) {
      ownLogSaved(state);
      beginReadRound(state);
    }
  }

  /** Whether there is something to save, to send or to apply. */
  get hasWork(): boolean {
    const { outbox, unsavedBallot, received, log } = this.#state;
    const isSaved = unsavedBallot === undefined && received === undefined && log.saved === log.lastIndex;
    return !isSaved || outbox.length > 0 || log.applied < log.committed;
  }

  get unapplied(): readonly Entry[] {
    return this.#state.log.unapplied;
  }

  /** An entry has taken effect; if it changes the membership, it does so here. */
  applied(entry: Entry): void {
    assert(entry.index === this.#state.log.applied + 1, "entries are applied in order");
    this.#state.log.appliedTo(entry.index);
    if (entry.command.kind === "membership") applyMembership(this.#state, entry.command.change);
    leaveJointIfDue(this.#state);
  }

  get configuration(): Configuration {
    return this.#state.configuration;
  }

  /** A snapshot of what is applied is saved: it stands for the log up to it, of which `retain` entries stay. */
  compact(snapshot: Snapshot, retain: number): void {
    this.#state.snapshot = snapshot;
    this.#state.log.compactTo(Math.max(snapshot.index - retain, 0));
  }
}

function appendAndSend(state: RaftState, command: Command): number {
  const index = state.log.lastIndex + 1;
  state.log.append({ term: state.term, index, command });
  broadcastAppend(state);
  return index;
}
