import type { Configuration } from "./configuration.ts";
import { isJoint, NO_REPLICA, sortedSet } from "./configuration.ts";

/** Changes of one membership entry. */
export const CHANGES_MAX = 32;

export type ChangeKind = "add-voter" | "add-learner" | "remove" | "update";

export interface MemberChange {
  readonly kind: ChangeKind;
  readonly replica: number;
}

/**
 * What a membership entry asks for. Several changes, or a wish for it, lead through a joint configuration
 * (Ongaro and Ousterhout 2014, section 6), which is left automatically or, when `explicit`, by an entry without changes.
 */
export interface MembershipChange {
  readonly transition: "auto" | "joint-implicit" | "joint-explicit";
  readonly changes: readonly MemberChange[];
}

export type ChangeProblem =
  | "can't apply simple config change in joint config"
  | "more than one voter changed without entering joint config"
  | "config is already joint"
  | "can't make a zero-voter config joint"
  | "can't leave a non-joint config"
  | "removed all voters";

/** The configuration after an entry has taken effect, or why it cannot. */
export function changedConfiguration(from: Configuration, change: MembershipChange): Configuration | ChangeProblem {
  if (change.changes.length === 0) return leaveJoint(from);
  if (change.transition === "auto" && change.changes.length === 1) return simpleChange(from, change.changes);
  return enterJoint(from, change.changes, change.transition === "joint-explicit" ? "explicit" : "automatic");
}

/** Changes at most one voter: majorities of the sets before and after still share a member, so no joint step is due. */
export function simpleChange(from: Configuration, changes: readonly MemberChange[]): Configuration | ChangeProblem {
  if (isJoint(from)) return "can't apply simple config change in joint config";
  const to = withChanges(from, changes);
  if (typeof to === "string") return to;
  const gone = from.incoming.filter((voter) => !to.incoming.includes(voter));
  const come = to.incoming.filter((voter) => !from.incoming.includes(voter));
  if (gone.length + come.length > 1) return "more than one voter changed without entering joint config";
  return to;
}

/** From here on decisions need majorities of the voters before and of those after the changes. */
export function enterJoint(
  from: Configuration,
  changes: readonly MemberChange[],
  leave: Configuration["leave"],
): Configuration | ChangeProblem {
  if (isJoint(from)) return "config is already joint";
  if (from.incoming.length === 0) return "can't make a zero-voter config joint";
  const to = withChanges({ ...from, outgoing: from.incoming }, changes);
  return typeof to === "string" ? to : { ...to, leave };
}

/** The outgoing voters lose their vote, and those that were to be learners become that. */
export function leaveJoint(from: Configuration): Configuration | ChangeProblem {
  if (!isJoint(from)) return "can't leave a non-joint config";
  return {
    incoming: from.incoming,
    outgoing: [],
    learners: sortedSet([...from.learners, ...from.learnersNext]),
    learnersNext: [],
    leave: "explicit",
  };
}

function withChanges(from: Configuration, changes: readonly MemberChange[]): Configuration | ChangeProblem {
  let to = from;
  for (const { kind, replica } of changes) {
    // A change of nobody is a way to propose no change at all, and "update" speaks of what is not kept here.
    if (replica === NO_REPLICA || kind === "update") continue;
    if (kind === "add-voter") to = withVoter(to, replica);
    else if (kind === "add-learner") to = withLearner(to, replica);
    else to = without(to, replica);
  }
  return to.incoming.length === 0 ? "removed all voters" : to;
}

function withVoter(from: Configuration, replica: number): Configuration {
  const to = without(from, replica);
  return { ...to, incoming: sortedSet([...to.incoming, replica]) };
}

function withLearner(from: Configuration, replica: number): Configuration {
  const to = without(from, replica);
  // Who still votes in the outgoing set cannot be a learner yet: nobody may be both.
  if (from.outgoing.includes(replica)) return { ...to, learnersNext: sortedSet([...to.learnersNext, replica]) };
  return { ...to, learners: sortedSet([...to.learners, replica]) };
}

/** Out of everything but the outgoing set, which stays as it is until it is left. */
function without(from: Configuration, replica: number): Configuration {
  const others = (list: readonly number[]): number[] => list.filter((member) => member !== replica);
  return {
    ...from,
    incoming: others(from.incoming),
    learners: others(from.learners),
    learnersNext: others(from.learnersNext),
  };
}
