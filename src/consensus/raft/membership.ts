import { assert } from "../../core/assert.ts";
import type { MembershipChange } from "./conf-change.ts";
import { changedConfiguration, CHANGES_MAX } from "./conf-change.ts";
import type { Configuration } from "./configuration.ts";
import { isJoint, isVoter, MEMBERS_MAX, membersOf, NO_REPLICA } from "./configuration.ts";
import { Progress } from "./progress.ts";
import type { RaftState } from "./raft-state.ts";
import { advanceCommit, appendCommand, broadcastAppend, sendAppend } from "./replication.ts";
import { becomeFollower } from "./roles.ts";

/** Why a leader does not take a membership change. */
export type MembershipProblem =
  | "another change may not be applied yet"
  | "must leave the joint configuration first"
  | "there is no joint configuration to leave"
  | "the change is too large"
  | "the change leads to no configuration";

/**
 * Checks a change against the configuration in force. A change takes effect when it is applied, and none is taken before
 * that, so what is checked here is what it will meet.
 */
export function membershipProblem(state: RaftState, change: MembershipChange): MembershipProblem | undefined {
  const leaves = change.changes.length === 0;
  if (state.pendingChangeIndex > state.log.applied) return "another change may not be applied yet";
  if (isJoint(state.configuration) && !leaves) return "must leave the joint configuration first";
  if (!isJoint(state.configuration) && leaves) return "there is no joint configuration to leave";
  if (change.changes.length > CHANGES_MAX) return "the change is too large";
  const configuration = changedConfiguration(state.configuration, change);
  if (typeof configuration === "string") return "the change leads to no configuration";
  return membersOf(configuration).length > MEMBERS_MAX ? "the change is too large" : undefined;
}

/** @returns the entry's index */
export function appendMembership(state: RaftState, change: MembershipChange): number {
  assert(membershipProblem(state, change) === undefined, "a membership change is checked before it is written");
  state.pendingChangeIndex = state.log.lastIndex + 1;
  return appendCommand(state, { kind: "membership", change });
}

/** A membership entry is applied: from here on its configuration is in force. */
export function applyMembership(state: RaftState, change: MembershipChange): void {
  const configuration = changedConfiguration(state.configuration, change);
  assert(typeof configuration !== "string", "a membership change that was written can be made");
  switchTo(state, configuration);
}

/** Leaves a joint configuration that wants to be left, as soon as its entry is applied. */
export function leaveJointIfDue(state: RaftState): void {
  if (!state.isLeader || !isJoint(state.configuration) || state.configuration.leave !== "automatic") return;
  if (state.log.applied < state.pendingChangeIndex) return;
  appendMembership(state, { transition: "auto", changes: [] });
  broadcastAppend(state);
}

function switchTo(state: RaftState, configuration: Configuration): void {
  state.configuration = configuration;
  state.progress = progressFor(state, configuration);
  if (!state.isLeader) return;
  // A leader that has no vote any more has done its last duty: the entry that says so is committed.
  if (!isVoter(configuration, state.self)) return becomeFollower(state, state.term, NO_REPLICA);
  if (advanceCommit(state)) broadcastAppend(state);
  else {
    for (const member of state.members) {
      if (member !== state.self) sendAppend(state, member, "with entries");
    }
  }
  if (!isVoter(configuration, state.transferee)) state.transferee = NO_REPLICA;
}

function progressFor(state: RaftState, configuration: Configuration): Map<number, Progress> {
  const { inflightMax } = state.options;
  const next = Math.max(state.log.lastIndex, 1);
  // A new member is taken for active, so that the leader does not give up before it could answer.
  const created = (): Progress => new Progress({ match: 0, next, inflightMax, active: true });
  return new Map(membersOf(configuration).map((member) => [member, state.progressOf(member) ?? created()]));
}
