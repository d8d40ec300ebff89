import type { DecimalGrid } from "../../core/decimal.ts";
import type { RecordingWriter } from "../columnar/recording-writer.ts";
import {
  type BinanceFrame,
  type DepthFrame,
  parseBinanceLine,
  type QuoteFrame,
  type SnapshotFrame,
  type TradeFrame,
} from "./binance-frame.ts";
import { BinanceRows } from "./binance-rows.ts";
import type { BinanceScan, ScannedInstrument } from "./binance-scan.ts";
import { BinanceBookSync } from "./binance-sync.ts";
import { GAPS_LISTED_MAX, type ImportGap } from "./import-types.ts";
import { LINE_BYTES_MAX } from "./line-splitter.ts";
import type { LineFault, Quarantine } from "./quarantine.ts";
import { RisingIds } from "./rising-ids.ts";
import { DAYS_FROM_FIRST_FRAME_MAX, eventNs, isNear, receiveNs } from "./recording-time.ts";

/** Streams that the importer does not know are counted by name, up to so many names. */
const OTHER_STREAMS_COUNTED_MAX = 50;

/** Second pass over a Binance recording: each line to rows, to a count, or to the quarantine. */
export class BinanceFrameImport {
  readonly #instrument: ScannedInstrument;
  readonly #scan: BinanceScan;
  readonly #ownsUnnamedSnapshots: boolean;
  readonly #firstSeconds: number;
  readonly #startSeconds: number;
  readonly #quarantine: Quarantine;
  readonly #rows: BinanceRows;
  readonly #sync: BinanceBookSync;
  readonly #gaps: ImportGap[] = [];
  readonly #otherStreams = new Map<string, number>();
  readonly #counts = {
    lines: 0,
    linesBlank: 0,
    framesOfOtherInstruments: 0,
    diffs: 0,
    levelChanges: 0,
    snapshots: 0,
    trades: 0,
    tradesRepeated: 0,
    tradesOutsideBook: 0,
    tradeIdsMissing: 0,
    aggTradesLeftOut: 0,
    quotes: 0,
    quotesRepeated: 0,
    quotesOutdated: 0,
    receiveTimeStepsBack: 0,
  };
  #lineNumber = 0;
  readonly #tradeIds = new RisingIds();
  readonly #quoteIds = new RisingIds();
  #lastReceiveTime = -Infinity;
  /** Least time from the venue's stamp to the recorder's: below 0 where the recorder's clock is behind. */
  #transitNsMin = Infinity;

  constructor(options: {
    writer: RecordingWriter;
    instrument: ScannedInstrument;
    scan: BinanceScan;
    grids: { tick: DecimalGrid; lot: DecimalGrid };
    quarantine: Quarantine;
  }) {
    const { writer, instrument, scan, grids, quarantine } = options;
    this.#instrument = instrument;
    this.#scan = scan;
    this.#ownsUnnamedSnapshots = scan.ownsUnnamedSnapshots(instrument);
    this.#firstSeconds = scan.firstSeconds ?? 0;
    this.#startSeconds = scan.startSeconds;
    this.#quarantine = quarantine;
    this.#rows = new BinanceRows(writer, {
      ...grids,
      startSeconds: scan.startSeconds,
      onGap: (gap) => {
        if (this.#gaps.length < GAPS_LISTED_MAX) this.#gaps.push({ line: this.#lineNumber, ...gap });
      },
    });
    this.#sync = new BinanceBookSync(instrument.market, this.#rows);
  }

  line(text: string, number: number): void {
    this.#counts.lines++;
    this.#lineNumber = number;
    if (text.trim() === "") {
      this.#counts.linesBlank++;
      return;
    }
    const frame = parseBinanceLine(text);
    const fault = "code" in frame ? frame : this.#frame(frame);
    if (fault !== undefined) this.#quarantine.add({ line: number, text, ...fault });
  }

  overlongLine(start: string, number: number): void {
    this.#counts.lines++;
    const reason = `the line is longer than ${LINE_BYTES_MAX} bytes`;
    this.#quarantine.add({ line: number, text: start, code: "line-too-long", reason });
  }

  finish(): { counts: Record<string, number>; gaps: readonly ImportGap[]; warnings: readonly string[] } {
    const others = [...this.#otherStreams].map(([stream, frames]) => [`other.${stream}`, frames] as const);
    const counts = {
      ...this.#counts,
      ...this.#sync.counts,
      linesQuarantined: this.#quarantine.lines,
      ...Object.fromEntries(others.sort(([a], [b]) => (a < b ? -1 : 1))),
    };
    return { counts, gaps: this.#gaps, warnings: this.#warnings() };
  }

  #frame(frame: BinanceFrame): LineFault | undefined {
    if (frame.type === "other") {
      const isNew = !this.#otherStreams.has(frame.stream) && this.#otherStreams.size >= OTHER_STREAMS_COUNTED_MAX;
      const stream = isNew ? "more" : frame.stream;
      this.#otherStreams.set(stream, (this.#otherStreams.get(stream) ?? 0) + 1);
      return undefined;
    }
    if (!isNear(frame, this.#firstSeconds)) {
      const reason = `a time lies more than ${DAYS_FROM_FIRST_FRAME_MAX} days from the recording's first frame`;
      return { code: "bad-time", reason };
    }
    if (frame.symbol === undefined && !this.#ownsUnnamedSnapshots && frame.market === this.#instrument.market) {
      const reason = "the snapshot names no symbol, and the recording holds several instruments of its market";
      return { code: "no-instrument", reason };
    }
    const { symbol = this.#instrument.symbol } = frame;
    if (frame.market !== this.#instrument.market || symbol !== this.#instrument.symbol) {
      if (this.#scan.isStray(frame.market, symbol)) {
        const reason = `${frame.market}:${symbol} has next to no other frames in the recording, so this one is taken for damage`;
        return { code: "no-instrument", reason };
      }
      this.#counts.framesOfOtherInstruments++;
      return undefined;
    }
    const receiveTime = receiveNs(frame, this.#startSeconds);
    if (receiveTime < this.#lastReceiveTime) this.#counts.receiveTimeStepsBack++;
    this.#lastReceiveTime = receiveTime;
    if (frame.eventMicros !== undefined) {
      this.#transitNsMin = Math.min(this.#transitNsMin, receiveTime - eventNs(frame.eventMicros, this.#startSeconds));
    }
    if (frame.type === "depth") return this.#diff(frame);
    if (frame.type === "snapshot") return this.#snapshot(frame);
    return frame.type === "quote" ? this.#quote(frame) : this.#trade(frame);
  }

  #diff(frame: DepthFrame): LineFault | undefined {
    const book = this.#rows.readBook(frame);
    if ("code" in book) return book;
    this.#counts.diffs++;
    this.#counts.levelChanges += book.prices.length;
    const { firstUpdateId, lastUpdateId, previousUpdateId } = frame;
    this.#sync.diff({ ...book, firstUpdateId, lastUpdateId, previousUpdateId });
    return undefined;
  }

  #snapshot(frame: SnapshotFrame): LineFault | undefined {
    const book = this.#rows.readBook(frame);
    if ("code" in book) return book;
    this.#counts.snapshots++;
    this.#sync.snapshot({ ...book, lastUpdateId: frame.lastUpdateId });
    return undefined;
  }

  #trade(frame: TradeFrame): LineFault | undefined {
    const counts = this.#counts;
    if (!frame.isOnBook) {
      counts.tradesOutsideBook++;
      return undefined;
    }
    // An aggregate trade says again what its trades said; it serves where there is nothing finer.
    if (frame.type === "aggTrade" && this.#instrument.hasTrades) {
      counts.aggTradesLeftOut++;
      return undefined;
    }
    const trade = this.#rows.readTrade(frame);
    if ("code" in trade) return trade;
    const missing = this.#tradeIds.missingBefore(frame.id);
    if (this.#tradeIds.take(frame.id) !== "new") {
      counts.tradesRepeated++;
      return undefined;
    }
    this.#rows.writeTrade(frame, trade);
    counts.trades++;
    counts.tradeIdsMissing = Math.min(counts.tradeIdsMissing + missing, Number.MAX_SAFE_INTEGER);
    return undefined;
  }

  #quote(frame: QuoteFrame): LineFault | undefined {
    const { eventMicros, receiveSeconds, receiveNanos, bid, ask } = frame;
    const book = this.#rows.readBook({ eventMicros, receiveSeconds, receiveNanos, bids: [bid], asks: [ask] });
    if ("code" in book) return book;
    const order = this.#quoteIds.take(frame.updateId);
    if (order === "repeated") this.#counts.quotesRepeated++;
    else if (order === "outdated") this.#counts.quotesOutdated++;
    else {
      this.#rows.writeQuote(frame.updateId, book);
      this.#counts.quotes++;
    }
    return undefined;
  }

  #warnings(): string[] {
    const { diffs, quotesOutdated, tradesRepeated } = this.#counts;
    const { snapshotsApplied, gaps } = this.#sync.counts;
    const { lines } = this.#quarantine;
    const behindMs = -this.#transitNsMin / 1_000_000;
    const warnings: [boolean, string][] = [
      [lines > 0, `${lines} lines were quarantined`],
      [diffs > 0 && snapshotsApplied === 0, "no snapshot fits the diffs, so no level of the book is synchronised"],
      [gaps > 0, `the chain of update ids breaks ${gaps} times; the book is unsynchronised until the next snapshot`],
      [quotesOutdated > 0, `${quotesOutdated} quotes were older than the one before and left out`],
      [tradesRepeated > 0, `${tradesRepeated} trades had come before and were left out`],
      [behindMs > 0, `the recorder's clock runs at least ${behindMs.toFixed(3)} ms behind the venue's`],
    ];
    return warnings.filter(([applies]) => applies).map(([, text]) => text);
  }
}
