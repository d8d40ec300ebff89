/** Append messages with entries that may be under way to one follower. */
export const INFLIGHT_MESSAGES_MAX = 64;

export type ProgressState = "probe" | "replicate" | "snapshot";

/** A snapshot on its way to a follower, one piece after the other. */
export interface SnapshotTransfer {
  readonly index: number;
  readonly words: Int32Array;
  /** Words that have arrived for certain. */
  offset: number;
  /** Whether nothing was heard of it since the last heartbeat: then the piece under way is taken for lost. */
  quiet: boolean;
}

/**
 * What a leader knows of a follower's log, and how it sends: `probe` seeks the place where the two logs agree with one
 * message at a time, `replicate` streams ahead of the answers, `snapshot` waits until a snapshot has arrived.
 */
export class Progress {
  /** The follower has everything up to here for certain. */
  match: number;
  next: number;
  /** The highest commit index that was sent. */
  #sentCommit = 0;
  #state: ProgressState = "probe";
  #transfer: SnapshotTransfer | undefined;
  /** Nothing more is sent until an answer or a heartbeat's answer comes in. */
  paused = false;
  /** Heard of since the leader last checked its quorum. */
  active: boolean;
  /** The last entries of the messages under way, ascending. */
  #inflight: number[] = [];
  readonly #inflightMax: number;

  constructor(options: { match: number; next: number; inflightMax: number; active: boolean }) {
    this.match = options.match;
    this.next = options.next;
    this.active = options.active;
    this.#inflightMax = options.inflightMax;
  }

  get state(): ProgressState {
    return this.#state;
  }

  get inflight(): number {
    return this.#inflight.length;
  }

  get full(): boolean {
    return this.#inflight.length >= this.#inflightMax;
  }

  get transfer(): SnapshotTransfer | undefined {
    return this.#transfer;
  }

  get isPaused(): boolean {
    return this.#state === "snapshot" || this.paused;
  }

  becomeProbe(): void {
    // After a snapshot the follower is likely to have it, even if its answer was lost.
    const next = this.#transfer === undefined ? this.match + 1 : Math.max(this.match, this.#transfer.index) + 1;
    this.#enter("probe", next);
  }

  becomeReplicate(): void {
    this.#enter("replicate", this.match + 1);
  }

  becomeSnapshot(index: number, words: Int32Array): void {
    this.#enter("snapshot", index + 1);
    this.#transfer = { index, words, offset: 0, quiet: false };
    this.#sentCommit = index;
  }

  sent(entries: number, commit: number): void {
    this.#sentCommit = commit;
    if (this.#state === "replicate") {
      if (entries > 0) {
        this.next += entries;
        this.#inflight.push(this.next - 1);
      }
      this.paused = this.full;
    } else if (entries > 0) {
      this.paused = true;
    }
  }

  sentHeartbeat(commit: number): void {
    this.#sentCommit = commit;
  }

  /** Whether a message would tell the follower of more that is committed among what it has been sent. */
  lacksCommit(commit: number): boolean {
    return commit > this.#sentCommit && this.#sentCommit < this.next - 1;
  }

  /** @returns whether the answer told anything new */
  accepted(index: number): boolean {
    if (index <= this.match) return false;
    this.match = index;
    this.next = Math.max(this.next, index + 1);
    this.paused = false;
    return true;
  }

  arrived(index: number): void {
    this.#inflight = this.#inflight.filter((last) => last > index);
  }

  /** Steps back. @returns false when the rejection is of a message that something newer has overtaken */
  rejected(index: number, agreement: number): boolean {
    if (this.#state === "replicate") {
      if (index <= this.match) return false;
      this.next = this.match + 1;
    } else {
      if (this.next - 1 !== index) return false;
      this.next = Math.max(Math.min(index, agreement + 1), this.match + 1);
      this.paused = false;
    }
    this.#sentCommit = Math.min(this.#sentCommit, this.next - 1);
    return true;
  }

  #enter(state: ProgressState, next: number): void {
    this.#state = state;
    this.#transfer = undefined;
    this.#inflight = [];
    this.paused = false;
    this.next = next;
    this.#sentCommit = Math.min(this.#sentCommit, next - 1);
  }
}
