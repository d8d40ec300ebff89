import type { Outcome, Submission } from "../client-messages.ts";
import type { MembershipChange } from "./conf-change.ts";
import type { Entry, EntryId } from "./entry.ts";

/** A pre-vote asks whether a vote would be given: it moves no term, so a replica that was cut off disturbs nobody. */
export type Ballot = "vote" | "pre-vote";

export type VoteRequest = {
  readonly kind: "vote-request";
  readonly term: number;
  readonly ballot: Ballot;
  /** A leader that hands over has asked for this election, so nobody need protect it. */
  readonly cause: "timeout" | "transfer";
  readonly last: EntryId;
};

export type VoteResponse = {
  readonly kind: "vote-response";
  readonly term: number;
  readonly ballot: Ballot;
  readonly granted: boolean;
  /** The last entry of which the voter knows that it is committed. */
  readonly commit: EntryId;
};

export type Append = {
  readonly kind: "append";
  readonly term: number;
  readonly previous: EntryId;
  readonly commit: number;
  readonly entries: readonly Entry[];
};

export type AppendResponse = {
  readonly kind: "append-response";
  readonly term: number;
  /** When accepted, what is known to agree up to; when rejected, the `previous` that was missing. */
  readonly index: number;
  /** Where the logs may agree. */
  readonly rejected: EntryId | undefined;
};

export type Heartbeat = {
  readonly kind: "heartbeat";
  readonly term: number;
  readonly commit: number;
  /** Whoever answers the round still took the sender for its leader then. */
  readonly round: number;
};

export type HeartbeatResponse = { readonly kind: "heartbeat-response"; readonly term: number; readonly round: number };

/** A piece of a snapshot that ends at `index`. */
export type SnapshotPiece = {
  readonly kind: "snapshot-piece";
  readonly term: number;
  readonly index: number;
  readonly total: number;
  readonly offset: number;
  readonly words: Int32Array;
};

/** How many words of the snapshot have arrived. The last piece is answered by an append response. */
export type SnapshotResponse = {
  readonly kind: "snapshot-response";
  readonly term: number;
  readonly index: number;
  readonly offset: number;
};

/** The leader hands over: the receiver is to stand for election now. */
export type TimeoutNow = { readonly kind: "timeout-now"; readonly term: number };

/** What replicas tell each other. */
export type PeerMessage =
  | VoteRequest
  | VoteResponse
  | Append
  | AppendResponse
  | Heartbeat
  | HeartbeatResponse
  | SnapshotPiece
  | SnapshotResponse
  | TimeoutNow;

/** What clients ask. `request` is the client's own number for it, and comes back in the answer. */
export type ClientRequest =
  | { readonly kind: "open-session"; readonly request: number }
  | {
      readonly kind: "transaction";
      readonly request: number;
      readonly session: number;
      /** Counts the session's transactions from 1: the same number is the same transaction, sent again. */
      readonly sequence: number;
      readonly words: Int32Array;
    }
  | { readonly kind: "query"; readonly request: number; readonly words: Int32Array }
  | { readonly kind: "change-membership"; readonly request: number; readonly change: MembershipChange }
  | { readonly kind: "transfer-leadership"; readonly request: number; readonly to: number };

export type AnswerOutcome =
  /** `value` is the session's number, what the machine has answered, or the index of the membership entry. */
  | "done"
  /** `value` is the leader as far as it is known, else `NO_REPLICA`. */
  | "not-leader"
  /** A queue is full, or the leader hands over: ask again. */
  | "busy"
  /** A membership change that cannot be, or is not the next. */
  | "refused"
  /** The session was closed for others that were used later. Whether the transaction has taken effect is not known. */
  | "session-expired"
  /** A later transaction of the session has taken effect already. */
  | "superseded";

export type Answer = {
  readonly kind: "answer";
  readonly request: number;
  readonly outcome: AnswerOutcome;
  readonly value: number;
};

/** Replicas of a ledger pass on what clients hand in, and tell them what became of it. */
export type RaftMessage = PeerMessage | ClientRequest | Answer | Submission | Outcome;
