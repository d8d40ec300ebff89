import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Ledger } from "../src/market/ledger.ts";
import { MarketData } from "../src/market/feed/market-data.ts";
import { Venue } from "../src/market/venue.ts";
import { createInstrument } from "../src/model/instrument.ts";
import { AssetTable } from "../src/model/listing.ts";
import { Depth, FeedMode, SubscribeWord } from "../src/model/market-data.ts";
import { RecordKind } from "../src/model/record.ts";
import { EntryKind } from "../src/store/journal/entry-kind.ts";
import { JournalWriter } from "../src/store/journal/journal-writer.ts";
import { FeedSink } from "./feed-sink.ts";
import { OWNER, neutralFlow } from "./flows.ts";
import type { Flow } from "./flows.ts";
import { secondsOf, timeFast } from "./matching.ts";
import type { BenchRow } from "./row.ts";

export interface VenueBenchOptions {
  readonly commands?: number;
  readonly rounds?: number;
}

const DEFAULTS = { commands: 500_000, rounds: 7 } as const;
const WHOLE = "and journal: the whole venue";
const STAGES = ["rules, ledger, fees", "and L2 to one subscriber", WHOLE] as const;
type Stage = (typeof STAGES)[number];
const UNITS_PLENTY = 2 ** 51;

/** Speed of a whole venue, one part after the other, against the bare book in turns. */
export function benchVenue(options: VenueBenchOptions = {}): BenchRow[] {
  const { commands, rounds } = { ...DEFAULTS, ...options };
  const flow = neutralFlow(commands);
  const folder = mkdtempSync(join(tmpdir(), "tradeswarm-bench-"));
  try {
    let bare = Infinity;
    const seconds = new Map<Stage, number>(STAGES.map((stage) => [stage, Infinity]));
    for (let round = 0; round < rounds; round++) {
      bare = Math.min(bare, timeFast(flow, "nothing"));
      for (const [stage, best] of seconds) {
        seconds.set(stage, Math.min(best, timeVenue(flow, stage, join(folder, `${round}.tsj`))));
      }
    }
    const measured = flow.commands - flow.opening;
    return STAGES.map((stage) => {
      const took = seconds.get(stage) ?? Infinity;
      const value = measured / took / 1e6;
      const row: BenchRow = {
        bench: "venue",
        case: stage,
        value,
        unit: "M commands/s",
        ratio: bare / took,
        against: "bare book",
      };
      return stage === WHOLE ? { ...row, target: ">= 1/3 x" } : row;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns seconds that the measured commands took */
function timeVenue(flow: Flow, stage: Stage, journalPath: string): number {
  const venue = createVenue();
  const context = new FeedSink();
  const feed = new MarketData({ books: venue.books, deltas: venue.deltas, tagBase: 0 });
  if (stage !== STAGES[0]) subscribe(feed, context);
  const journal = stage === WHOLE ? JournalWriter.create(journalPath) : undefined;
  const run = (from: number, to: number): void => {
    const { words, doubles } = flow;
    const { reports } = venue;
    for (let at = from << 4; at < to << 4; at += 16) {
      if (journal !== undefined) journal.appendRecord(EntryKind.command, 0, words, at);
      venue.apply(words, doubles, at, 0);
      reports.clear();
      feed.publish(context);
    }
  };
  run(0, flow.opening);
  const seconds = secondsOf(() => run(flow.opening, flow.commands));
  journal?.close();
  return seconds;
}

function createVenue(): Venue {
  const instrument = createInstrument({ symbol: "BENCH", base: "BEN", quote: "CHF", tick: "0.01", lot: "1" });
  const assets = new AssetTable([instrument]);
  const ledger = new Ledger(assets.assets.length);
  const listed = [assets.list(instrument, 0)];
  while (ledger.openAccount() < OWNER);
  for (let asset = 0; asset < assets.assets.length; asset++) ledger.deposit(OWNER, asset, UNITS_PLENTY);
  return new Venue({ name: "bench", listed, ledger, fees: { makerMillionths: 100, takerMillionths: 200 } });
}

function subscribe(feed: MarketData, context: FeedSink): void {
  const words = new Int32Array(16);
  words[SubscribeWord.kind] = RecordKind.subscribe;
  words[SubscribeWord.depth] = Depth.levels;
  words[SubscribeWord.mode] = FeedMode.everyChange;
  feed.handle(context, words, 0);
}
