import type { BinanceMarket } from "./binance-frame.ts";

/**
 * Most diffs that wait for a snapshot; then the oldest are forgotten. At the 50 diffs a second of a futures stream this is
 * more than three minutes, and a REST snapshot takes seconds.
 */
export const DIFFS_WAITING_MAX = 10_000;

/**
 * Most diffs in a row that may end at or below the last update id: those that a snapshot covers arrive within seconds. More
 * means that the last update id itself was wrong, by one damaged digit, and that the chain starts anew.
 */
export const DIFFS_COVERED_IN_A_ROW_MAX = 500;

/** A diff or a snapshot with its numbers read: parallel arrays, bids before asks. */
export interface BookFrame {
  readonly eventTime: number;
  readonly isEventTimeKnown: boolean;
  readonly receiveTime: number;
  readonly bids: number;
  readonly prices: Int32Array;
  readonly qtys: Float64Array;
}

export interface Diff extends BookFrame {
  readonly firstUpdateId: number;
  readonly lastUpdateId: number;
  /** Futures only. */
  readonly previousUpdateId: number | undefined;
}

export interface BookSnapshot extends BookFrame {
  readonly lastUpdateId: number;
}

/** A break in the chain of update ids: some diffs never reached the recorder. */
export interface ChainGap {
  /** The last update id that was received, and the one that the next diff goes on from. */
  readonly lastUpdateId: number;
  readonly nextGoesOnFrom: number;
}

/** Takes what the synchroniser makes of the stream, in the order in which the rows shall stand. */
export interface BookSink {
  onDiff(diff: Diff, state: { isSynchronised: boolean; releasedAt: number | undefined }): void;
  onSnapshot(snapshot: BookSnapshot): void;
  onGap(gap: ChainGap, diff: Diff): void;
}

export interface SyncCounts {
  snapshotsApplied: number;
  /** Older than the first diff at hand, so diffs between them are missing. */
  snapshotsTooOld: number;
  /** Arrived while the book was whole; nothing to learn from them. */
  snapshotsNotNeeded: number;
  /** Diffs wholly covered by the snapshot, or seen before. */
  diffsCovered: number;
  /** Diffs that had arrived before their snapshot and took effect after it. */
  diffsReleased: number;
  diffsForgotten: number;
  gaps: number;
}

/**
 * Keeps a book in step with a diff stream by Binance's own rules ("How to manage a local order book correctly", spot and
 * futures documentation): keep the diffs that arrive before the snapshot, drop those that it covers, require that the first
 * one left overlaps the snapshot's update id, and that each one goes on where the one before ended.
 *
 * Until a snapshot fits, diffs are passed on as they arrive and marked as unsynchronised, so that nothing is lost where a
 * recording has no snapshot. They are passed on again, as released, once a snapshot has come.
 */
export class BinanceBookSync {
  readonly counts: SyncCounts = {
    snapshotsApplied: 0,
    snapshotsTooOld: 0,
    snapshotsNotNeeded: 0,
    diffsCovered: 0,
    diffsReleased: 0,
    diffsForgotten: 0,
    gaps: 0,
  };
  readonly #isSpot: boolean;
  readonly #sink: BookSink;
  readonly #waitingMax: number;
  #waiting: Diff[] = [];
  #isSynchronised = false;
  #coveredInARow = 0;
  /** The snapshot's id, then that of the last diff. */
  #lastUpdateId: number | undefined;

  constructor(market: BinanceMarket, sink: BookSink, options: { waitingMax?: number } = {}) {
    this.#isSpot = market === "spot";
    this.#sink = sink;
    this.#waitingMax = options.waitingMax ?? DIFFS_WAITING_MAX;
  }

  get isSynchronised(): boolean {
    return this.#isSynchronised;
  }

  diff(diff: Diff): void {
    this.#take(diff, undefined);
  }

  snapshot(snapshot: BookSnapshot): void {
    if (this.#isSynchronised) {
      this.counts.snapshotsNotNeeded++;
      return;
    }
    const { lastUpdateId } = snapshot;
    const newer = this.#waiting.filter((diff) => diff.lastUpdateId > lastUpdateId);
    if (newer.length > 0 && this.#goesOnFrom(newer[0]) > lastUpdateId) {
      this.counts.snapshotsTooOld++;
      return;
    }
    this.counts.diffsCovered += this.#waiting.length - newer.length;
    this.#waiting = [];
    this.#isSynchronised = true;
    this.#lastUpdateId = lastUpdateId;
    this.counts.snapshotsApplied++;
    this.#sink.onSnapshot(snapshot);
    for (const diff of newer) this.#take(diff, snapshot.receiveTime);
  }

  #take(diff: Diff, releasedAt: number | undefined): void {
    const last = this.#lastUpdateId;
    const isCovered = last !== undefined && diff.lastUpdateId <= last;
    if (isCovered && ++this.#coveredInARow <= DIFFS_COVERED_IN_A_ROW_MAX) {
      this.counts.diffsCovered++;
      return;
    }
    this.#coveredInARow = 0;
    if (last !== undefined && (isCovered || this.#goesOnFrom(diff) > last)) {
      this.counts.gaps++;
      this.#isSynchronised = false;
      // What had come before the gap cannot be joined to what comes after it.
      this.#waiting = [];
      this.#sink.onGap({ lastUpdateId: last, nextGoesOnFrom: this.#goesOnFrom(diff) }, diff);
    }
    this.#lastUpdateId = diff.lastUpdateId;
    if (!this.#isSynchronised) this.#wait(diff);
    if (releasedAt !== undefined) this.counts.diffsReleased++;
    this.#sink.onDiff(diff, { isSynchronised: this.#isSynchronised, releasedAt });
  }

  /**
   * The update id that the diff continues. Spot numbers every update, so it is the one below the diff's first. Futures ids
   * jump, so the diff names it; `pu <= lastUpdateId` also holds for every diff with `U <= lastUpdateId`, as documented.
   */
  #goesOnFrom(diff: Diff): number {
    return this.#isSpot ? diff.firstUpdateId - 1 : (diff.previousUpdateId ?? diff.firstUpdateId - 1);
  }

  #wait(diff: Diff): void {
    this.#waiting.push(diff);
    if (this.#waiting.length <= this.#waitingMax) return;
    // Forgets half at once: shifting one by one would move the whole array for every diff.
    const forgotten = Math.ceil(this.#waiting.length / 2);
    this.#waiting = this.#waiting.slice(forgotten);
    this.counts.diffsForgotten += forgotten;
  }
}
