import { describe, expect, test } from "vitest";

import type { BinanceMarket } from "./binance-frame.ts";
import {
  BinanceBookSync,
  type BookSink,
  type BookSnapshot,
  type Diff,
  DIFFS_COVERED_IN_A_ROW_MAX,
  DIFFS_WAITING_MAX,
} from "./binance-sync.ts";

const FRAME = {
  eventTime: 0,
  isEventTimeKnown: true,
  receiveTime: 0,
  bids: 0,
  prices: new Int32Array(),
  qtys: new Float64Array(),
};

/** Writes down what comes out: `10-12` a diff, `?` unsynchronised, `<` released by a snapshot, `@12` a snapshot, `!` a gap. */
class Notes implements BookSink {
  readonly notes: string[] = [];

  onDiff(
    diff: Diff,
    { isSynchronised, releasedAt }: { isSynchronised: boolean; releasedAt: number | undefined },
  ): void {
    const marks = (isSynchronised ? "" : "?") + (releasedAt === undefined ? "" : "<");
    this.notes.push(`${diff.firstUpdateId}-${diff.lastUpdateId}${marks}`);
  }

  onSnapshot(snapshot: BookSnapshot): void {
    this.notes.push(`@${snapshot.lastUpdateId}`);
  }

  onGap({ lastUpdateId, nextGoesOnFrom }: { lastUpdateId: number; nextGoesOnFrom: number }): void {
    this.notes.push(`!${lastUpdateId}..${nextGoesOnFrom}`);
  }
}

/** Plays `10-12`, for futures `9>10-12` (pu, U, u), and `@12` for a snapshot. */
function play(market: BinanceMarket, script: string, options: { waitingMax?: number } = {}) {
  const sink = new Notes();
  const sync = new BinanceBookSync(market, sink, options);
  for (const step of script.split(" ")) {
    const [, previous, first, last] = /^(?:(\d+)>)?(\d+)-(\d+)$/.exec(step) ?? [];
    if (step.startsWith("@")) sync.snapshot({ ...FRAME, lastUpdateId: Number(step.slice(1)) });
    else {
      const previousUpdateId = previous === undefined ? undefined : Number(previous);
      sync.diff({ ...FRAME, firstUpdateId: Number(first), lastUpdateId: Number(last), previousUpdateId });
    }
  }
  return { notes: sink.notes.join(" "), counts: sync.counts, isSynchronised: sync.isSynchronised };
}

describe("a book kept by Binance's rules", () => {
  test.each<[string, BinanceMarket, string, string]>([
    [
      "the snapshot overlaps a diff from before it",
      "spot",
      "10-12 13-15 16-18 @14 19-20",
      "10-12? 13-15? 16-18? @14 13-15< 16-18< 19-20",
    ],
    ["the snapshot ends where a diff ends", "spot", "10-12 13-15 @12 16-18", "10-12? 13-15? @12 13-15< 16-18"],
    [
      "the snapshot covers all so far, the next diff overlaps it",
      "spot",
      "10-12 @14 13-15 16-18",
      "10-12? @14 13-15 16-18",
    ],
    ["the snapshot comes first", "spot", "@14 10-12 13-14 15-18", "@14 15-18"],
    ["a diff after the snapshot is missing", "spot", "@14 16-18 19-20", "@14 !14..15 16-18? 19-20?"],
    [
      "the snapshot is too old for the first diff",
      "spot",
      "10-12 @8 13-15 @11 16-17",
      "10-12? 13-15? @11 10-12< 13-15< 16-17",
    ],
    [
      "a diff is lost, and the next snapshot heals it",
      "spot",
      "@9 10-12 16-18 19-21 @17 22-23",
      "@9 10-12 !12..15 16-18? 19-21? @17 16-18< 19-21< 22-23",
    ],
    [
      "the healing snapshot is from before the gap",
      "spot",
      "@9 10-12 16-18 @13 @20 19-21",
      "@9 10-12 !12..15 16-18? @20 19-21",
    ],
    [
      "two diffs are lost",
      "spot",
      "@9 10-12 16-18 21-22 @18 @22 23-24",
      "@9 10-12 !12..15 16-18? !18..20 21-22? @22 23-24",
    ],
    [
      "a gap before the first snapshot, which is from before it",
      "spot",
      "10-12 16-18 @11 @16",
      "10-12? !12..15 16-18? @16 16-18<",
    ],
    ["diffs come twice", "spot", "@9 10-12 10-12 13-15 10-12 16-16", "@9 10-12 13-15 16-16"],
    ["diffs overlap", "spot", "@9 10-12 11-14 15-16", "@9 10-12 11-14 15-16"],
    ["a snapshot that nobody needs", "spot", "@9 10-12 @11 @12 13-15", "@9 10-12 13-15"],
    ["no snapshot at all", "spot", "10-12 13-15", "10-12? 13-15?"],
    [
      "futures: U <= snapshot <= u",
      "usdm",
      "5>10-12 12>20-25 25>30-31 @22 31>40-41",
      "10-12? 20-25? 30-31? @22 20-25< 30-31< 40-41",
    ],
    [
      "futures: the snapshot ends where a diff ends",
      "usdm",
      "5>10-12 12>20-25 @12 25>26-27",
      "10-12? 20-25? @12 20-25< 26-27",
    ],
    ["futures: ids between two diffs are nobody's", "usdm", "5>10-12 12>20-25 @15", "10-12? 20-25? @15 20-25<"],
    ["futures: ids jump without a gap", "usdm", "@12 12>20-25 25>90-91", "@12 20-25 90-91"],
    ["futures: pu does not fit", "coinm", "@12 12>20-25 26>90-91", "@12 20-25 !25..26 90-91?"],
    ["futures: the snapshot is too old", "usdm", "12>20-25 @11 @12", "20-25? @12 20-25<"],
  ])("%s", (_, market, script, expected) => {
    expect(play(market, script).notes).toBe(expected);
  });

  test("counts what happened", () => {
    const { counts, isSynchronised } = play("spot", "10-12 13-15 @8 @13 16-17 16-17 @17 20-21");
    expect(isSynchronised).toBe(false);
    expect(counts).toEqual({
      snapshotsApplied: 1,
      snapshotsTooOld: 1,
      snapshotsNotNeeded: 1,
      diffsCovered: 2,
      diffsReleased: 1,
      diffsForgotten: 0,
      gaps: 1,
    });
  });
});

describe("limits", () => {
  const chain = (first: number, diffs: number) => Array.from({ length: diffs }, (_, i) => `${first + i}-${first + i}`);

  test("diffs that wait beyond the limit are forgotten, the oldest first", () => {
    const kept = play("spot", [...chain(1, 10), "@5"].join(" "), { waitingMax: 10 });
    expect(kept.counts).toMatchObject({ diffsForgotten: 0, snapshotsApplied: 1, diffsReleased: 5 });
    const forgotten = play("spot", [...chain(1, 11), "@5", "@6"].join(" "), { waitingMax: 10 });
    expect(forgotten.counts).toMatchObject({
      diffsForgotten: 6,
      snapshotsTooOld: 1,
      snapshotsApplied: 1,
      diffsReleased: 5,
    });
    expect(DIFFS_WAITING_MAX).toBe(10_000);
  });

  test("a snapshot may cover any number of diffs that waited for it", () => {
    const waiting = chain(1, DIFFS_COVERED_IN_A_ROW_MAX + 100);
    const { notes, counts } = play("spot", [...waiting, "@600", "601-601"].join(" "));
    expect(counts).toMatchObject({ gaps: 0, diffsCovered: 600 });
    expect(notes).toMatch(/@600 601-601$/);
  });

  test("one update id that was far too high loses as many diffs as the limit says, and is told as a gap", () => {
    const covered = chain(13, DIFFS_COVERED_IN_A_ROW_MAX);
    const { notes, counts } = play(
      "spot",
      ["@9", "10-12", "13-99999999", ...covered, "700-701", "@701", "702-703"].join(" "),
    );
    // One more than the limit: the snapshot covers the diff that started the chain anew.
    expect(counts).toMatchObject({ diffsCovered: DIFFS_COVERED_IN_A_ROW_MAX + 1, gaps: 1, snapshotsApplied: 2 });
    expect(notes).toBe("@9 10-12 13-99999999 !99999999..699 700-701? @701 702-703");
  });
});
