import { beforeAll, expect, test } from "vitest";

import { Side } from "../../src/model/side.ts";
import { RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";
import type { RecordingChunk } from "../../src/store/columnar/recording-chunk.ts";
import { readDataset } from "../../src/store/columnar/recording-reader.ts";
import type { ImportSummary } from "../../src/store/import/import-types.ts";
import { quotesByUpdateId } from "../import/level-book.ts";
import type { BestLevels } from "../import/level-book.ts";
import { imported } from "../imported.ts";
import { describeWithRecording } from "../recordings.ts";
import { PlayedRecording, rowsOf } from "./played-recording.ts";
import { BINANCE } from "./published.ts";

const [SPOT] = BINANCE;

for (const facts of BINANCE) {
  describeWithRecording(`market/binance-raw-l2/${facts.file}`, `${facts.name} through the fast book`, (path) => {
    let recording: RecordingChunk;
    let summary: ImportSummary;
    let quotes: ReadonlyMap<number, BestLevels>;
    beforeAll(async () => {
      const dataset = await imported(path);
      summary = dataset.summary;
      recording = readDataset(dataset.path);
      quotes = quotesByUpdateId(recording);
    });

    test("the book equals bookTicker at every shared update id, trades left out", () => {
      const levelsOnly = rowsOf(recording, (row) => recording.kind[row] !== RowKind.trade);
      const { compared, equal, played } = play(levelsOnly, quotes);
      expect({ compared, equal }).toEqual({ compared: facts.shared, equal: facts.shared });
      expect(played.book.tradeCount).toBe(0);
    });

    test("it does with trades, too: the frame behind a trade puts right what the trade took", () => {
      const { compared, equal, trades, gaps, played } = play(recording, quotes);
      expect({ compared, equal }).toEqual({ compared: facts.shared, equal: facts.shared });
      expect(trades).toEqual(facts.trades);
      expect(gaps).toBe(0);
      expect(summary.gaps).toEqual([]);
      expect(played.flow.counts).toMatchObject({
        rows: facts.rows,
        refused: 0,
        cut: 0,
        offGrid: 0,
        roundedDown: 0,
      });
    });

    test("the check would notice one level in fifty that is lost", () => {
      const torn = rowsOf(recording, (row) => recording.kind[row] !== RowKind.level || row % 50 !== 0);
      expect(play(torn, quotes).equal).toBe(facts.equalWhenTorn);
    });

    if (facts === SPOT) {
      test("without the diffs from before the snapshot it does, too: this check is not the one that notices", () => {
        const naive = rowsOf(recording, (row) => (recording.flags[row] & RowFlag.released) === 0);
        expect(naive.rows).toBeLessThan(recording.rows);
        expect(play(naive, quotes).equal).toBe(facts.shared);
      });
    }
  });
}

/** Plays a recording, compares the best levels with bookTicker at every update id that ends a diff, and counts. */
function play(rows: RecordingChunk, quotes: ReadonlyMap<number, BestLevels>) {
  const played = new PlayedRecording(rows);
  const trades = { all: 0, filled: 0, empty: 0 };
  let [gaps, compared, equal] = [0, 0, 0];
  for (let row = played.next(); row >= 0; row = played.next()) {
    const kind = rows.kind[row];
    if (kind === RowKind.gap) gaps++;
    if (kind === RowKind.trade) {
      const lots = played.hits.reduce((sum, hit) => sum + hit.lots, 0);
      trades.all++;
      if (lots === rows.qty[row]) trades.filled++;
      if (lots === 0) trades.empty++;
    }
    const flags = rows.flags[row];
    if (kind !== RowKind.level || (flags & RowFlag.lastOfFrame) === 0) continue;
    const quote = quotes.get(rows.sequence[row]);
    if (quote === undefined || (flags & RowFlag.unsynchronised) !== 0) continue;
    compared++;
    const [bid] = played.best(Side.buy, 1);
    const [ask] = played.best(Side.sell, 1);
    const isEqual =
      bid?.price === quote.bidPrice &&
      bid.lots === quote.bidQty &&
      ask?.price === quote.askPrice &&
      ask.lots === quote.askQty;
    if (isEqual) equal++;
  }
  return { compared, equal, trades, gaps, played };
}
