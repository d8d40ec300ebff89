import type { JointVoters } from "./quorum.ts";
import type { WordReader, WordWriter } from "./word-stream.ts";

/** Stands where no replica is meant: nobody voted for, no leader known. Replicas are numbered from 0. */
export const NO_REPLICA = -1;

/** Replicas of one cluster, learners and leaving ones included. Messages that carry a configuration rely on it. */
export const MEMBERS_MAX = 64;

/**
 * Who takes part. While the configuration is joint, `outgoing` holds the voters of the one that is being left. All
 * lists are sorted.
 */
export interface Configuration extends JointVoters {
  /** They get the log and have no vote. */
  readonly learners: readonly number[];
  /** Voters of `outgoing` that become learners when the joint configuration is left. */
  readonly learnersNext: readonly number[];
  /** Whether the leader leaves the joint configuration by itself as soon as it may. */
  readonly leave: "automatic" | "explicit";
}

/** A configuration of voters only. */
export function configurationOf(voters: readonly number[], learners: readonly number[] = []): Configuration {
  return {
    incoming: sortedSet(voters),
    outgoing: [],
    learners: sortedSet(learners),
    learnersNext: [],
    leave: "explicit",
  };
}

export function isJoint(configuration: Configuration): boolean {
  return configuration.outgoing.length > 0;
}

export function isVoter(configuration: Configuration, replica: number): boolean {
  return configuration.incoming.includes(replica) || configuration.outgoing.includes(replica);
}

/** Everybody who gets the log, sorted. */
export function membersOf(configuration: Configuration): number[] {
  const { incoming, outgoing, learners, learnersNext } = configuration;
  return sortedSet([...incoming, ...outgoing, ...learners, ...learnersNext]);
}

/** Everybody who has a vote in one of the two sets, sorted. */
export function votersOf(configuration: Configuration): number[] {
  return sortedSet([...configuration.incoming, ...configuration.outgoing]);
}

export function writeConfiguration(writer: WordWriter, configuration: Configuration): void {
  writer.word(configuration.leave === "automatic" ? 1 : 0);
  writer.list(configuration.incoming);
  writer.list(configuration.outgoing);
  writer.list(configuration.learners);
  writer.list(configuration.learnersNext);
}

export function readConfiguration(reader: WordReader): Configuration {
  const leave = reader.choice(["explicit", "automatic"] as const);
  const incoming = reader.list(MEMBERS_MAX);
  const outgoing = reader.list(MEMBERS_MAX);
  const learners = reader.list(MEMBERS_MAX);
  return { leave, incoming, outgoing, learners, learnersNext: reader.list(MEMBERS_MAX) };
}

/** Without doubles, in ascending order. */
export function sortedSet(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
