import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import { Side } from "../../src/model/side.ts";
import { RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";
import type { RecordingChunk } from "../../src/store/columnar/recording-chunk.ts";
import { readDataset } from "../../src/store/columnar/recording-reader.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import type { ImportSummary } from "../../src/store/import/import-types.ts";
import { quotesByUpdateId } from "../import/level-book.ts";
import { scratchFolder } from "../import/scratch-folder.ts";
import { describeWithRecording } from "../recordings.ts";
import { PlayedRecording, rowsOf } from "./played-recording.ts";
import { BINANCE } from "./published.ts";

const folder = scratchFolder();

for (const facts of BINANCE) {
  describeWithRecording(`market/binance-raw-l2/${facts.file}`, `${facts.name} through the fast book`, (path) => {
    let recording: RecordingChunk;
    let summary: ImportSummary;
    beforeAll(async () => {
      const outputPath = join(folder, `${facts.file}.tsd`);
      summary = await importRecording({ inputPath: path, outputPath });
      recording = readDataset(outputPath);
    });

    test("the book equals bookTicker at every shared update id, trades left out", () => {
      const levelsOnly = rowsOf(recording, (row) => recording.kind[row] !== RowKind.trade);
      const { compared, equal, played } = compareWithQuotes(levelsOnly);
      expect({ compared, equal }).toEqual({ compared: facts.shared, equal: facts.shared });
      expect(played.book.tradeCount).toBe(0);
    });

    test("it does with trades that take liquidity, too: the frame behind a trade puts the book right", () => {
      const { compared, equal, played } = compareWithQuotes(recording);
      expect({ compared, equal }).toEqual({ compared: facts.shared, equal: facts.shared });
      expect(played.book.tradeCount).toBeGreaterThan(0);
    });

    test("a newer row that crosses an older order cancels it: the diffs from before the snapshot are not missed", () => {
      const naive = rowsOf(recording, (row) => (recording.flags[row] & RowFlag.released) === 0);
      expect(naive.rows).toBeLessThan(recording.rows);
      expect(compareWithQuotes(naive).equal).toBe(facts.shared);
    });

    test("the check would notice one level in fifty that is lost", () => {
      const torn = rowsOf(recording, (row) => recording.kind[row] !== RowKind.level || row % 50 !== 0);
      const { equal } = compareWithQuotes(torn);
      expect(equal).toBe(facts.equalWhenTorn);
    });

    test("the whole file plays, without a gap, and the book takes every order", () => {
      const played = new PlayedRecording(recording);
      const trades = { all: 0, filled: 0, empty: 0 };
      let gaps = 0;
      for (let row = played.next(); row >= 0; row = played.next()) {
        if (recording.kind[row] === RowKind.gap) gaps++;
        if (recording.kind[row] !== RowKind.trade) continue;
        const lots = played.hits.reduce((sum, hit) => sum + hit.lots, 0);
        trades.all++;
        if (lots === recording.qty[row]) trades.filled++;
        if (lots === 0) trades.empty++;
      }
      expect(gaps).toBe(0);
      expect(summary.gaps).toEqual([]);
      expect(trades).toEqual(facts.trades);
      expect(played.flow.counts).toMatchObject({
        rows: facts.rows,
        refused: 0,
        cut: 0,
        offGrid: 0,
        roundedDown: 0,
      });
    });
  });
}

/** Plays a recording and compares best bid and ask with bookTicker at every update id that ends a diff. */
function compareWithQuotes(rows: RecordingChunk) {
  const quotes = quotesByUpdateId(rows);
  const played = new PlayedRecording(rows);
  let compared = 0;
  let equal = 0;
  for (let row = played.next(); row >= 0; row = played.next()) {
    const flags = rows.flags[row];
    if (rows.kind[row] !== RowKind.level || (flags & RowFlag.lastOfFrame) === 0) continue;
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
  return { compared, equal, played };
}
