import { assert } from "../../core/assert.ts";
import type { Configuration } from "./configuration.ts";
import { membersOf, NO_REPLICA } from "./configuration.ts";
import type { Entry, EntryId } from "./entry.ts";
import { APPEND_WORDS_MAX, OUTBOX_MAX } from "./limits.ts";
import type { PeerMessage } from "./messages.ts";
import { Progress } from "./progress.ts";
import { RaftLog } from "./raft-log.ts";
import { ReadRounds } from "./read-index.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SnapshotAssembly } from "./snapshot-assembly.ts";

export type Role = "follower" | "pre-candidate" | "candidate" | "leader";

export interface RaftOptions {
  /** The replica's own number. */
  readonly self: number;
  /** A follower that hears of no leader for this long to twice as long stands for election. */
  readonly electionTicks: number;
  readonly heartbeatTicks: number;
  readonly preVote: "on" | "off";
  /** Whether a leader gives up that no majority answers, and followers of a living leader refuse to vote. */
  readonly checkQuorum: "on" | "off";
  /** Append messages with entries under way to one follower. */
  readonly inflightMax: number;
  /** Words of entries in one of them; one entry always has room. */
  readonly appendWordsMax: number;
  /** Draws a whole number between the two, both included. */
  readonly draw: (low: number, high: number) => number;
}

/** What a replica must find again after a crash. */
export interface DurableState {
  readonly term: number;
  readonly vote: number;
  readonly commit: number;
  readonly snapshot: Snapshot;
  /** The entry before the first one that is kept. */
  readonly start: EntryId;
  readonly entries: readonly Entry[];
}

export interface Outgoing {
  readonly to: number;
  readonly message: PeerMessage;
}

/** All that a replica knows. The rules stand in the files around it, one subject each. */
export class RaftState {
  readonly options: RaftOptions;
  readonly self: number;
  readonly log: RaftLog;
  term: number;
  vote: number;
  role: Role = "follower";
  leader = NO_REPLICA;
  /** In force: that of the last membership entry which was applied. */
  configuration: Configuration;
  /** For each member, kept by the leader. */
  progress = new Map<number, Progress>();
  votes = new Map<number, boolean>();
  electionElapsed = 0;
  heartbeatElapsed = 0;
  /** Ticks without a leader after which to stand for election, drawn anew for each term. */
  electionTimeout = 0;
  /** To whom the leader is handing over. */
  transferee = NO_REPLICA;
  /** There may be a membership entry up to here that is not applied yet, so that no other may follow. */
  pendingChangeIndex = 0;
  reads = new ReadRounds();
  /** The newest snapshot that is saved, for followers whose next entries are compacted away. */
  snapshot: Snapshot;
  /** A snapshot that came from the leader and is not saved yet. */
  received: Snapshot | undefined;
  assembly: SnapshotAssembly | undefined;
  /** Own votes and entries count once they are saved, as everybody else's do. */
  unsavedBallot: "vote" | "pre-vote" | undefined;
  outbox: Outgoing[] = [];

  constructor(options: RaftOptions, durable: DurableState) {
    assert(options.appendWordsMax <= APPEND_WORDS_MAX, "an append message must fit into one of the kernel's");
    assert(options.electionTicks > options.heartbeatTicks, "an election timeout is longer than a heartbeat's interval");
    this.options = options;
    this.self = options.self;
    this.term = durable.term;
    this.vote = durable.vote;
    this.snapshot = durable.snapshot;
    this.configuration = durable.snapshot.configuration;
    this.log = new RaftLog(durable.start, durable.entries, durable.snapshot.index);
    this.log.commitTo(durable.commit);
    this.resetProgress();
    this.drawElectionTimeout();
  }

  get isLeader(): boolean {
    return this.role === "leader";
  }

  /** Members in ascending order: the order in which they are sent to. */
  get members(): Iterable<number> {
    return this.progress.keys();
  }

  progressOf(replica: number): Progress | undefined {
    return this.progress.get(replica);
  }

  send(to: number, message: PeerMessage): void {
    assert(this.outbox.length < OUTBOX_MAX, "one event sends too many messages");
    this.outbox.push({ to, message });
  }

  drawElectionTimeout(): void {
    const { electionTicks, draw } = this.options;
    this.electionTimeout = draw(electionTicks, 2 * electionTicks - 1);
  }

  /** Nothing is known of any follower's log. */
  resetProgress(): void {
    const next = this.log.lastIndex + 1;
    this.progress = new Map(
      membersOf(this.configuration).map((member) => {
        const match = member === this.self ? this.log.saved : 0;
        return [member, new Progress({ match, next, inflightMax: this.options.inflightMax, active: false })];
      }),
    );
  }
}
