import { type DecimalGrid, DecimalError, parseOnGrid } from "../../core/decimal.ts";
import { INT32_MAX } from "../../core/units.ts";
import { type RecordingRow, RowFlag, RowKind } from "../columnar/recording-chunk.ts";
import type { RecordingWriter } from "../columnar/recording-writer.ts";
import type { BinanceLevel, TradeFrame } from "./binance-frame.ts";
import type { BookFrame, BookSink, BookSnapshot, ChainGap, Diff } from "./binance-sync.ts";
import { type LineFault, NUMBER_FAULTS } from "./quarantine.ts";
import { eventNs, type FrameClock, receiveNs } from "./recording-time.ts";

/** A frame's number that no column can hold, or that is none. Caught per line, and quarantined. */
class NumberFault extends Error {
  readonly fault: LineFault;
  constructor(fault: LineFault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/** A trade with its numbers read. */
export interface BinanceTrade {
  readonly eventTime: number;
  readonly isEventTimeKnown: boolean;
  readonly receiveTime: number;
  readonly price: number;
  readonly qty: number;
}

/** Turns Binance frames into rows of one instrument's dataset. Numbers are read before the first row is written. */
export class BinanceRows implements BookSink {
  readonly #writer: RecordingWriter;
  readonly #tick: DecimalGrid;
  readonly #lot: DecimalGrid;
  readonly #startSeconds: number;
  readonly #onGap: (gap: ChainGap) => void;
  readonly #row: RecordingRow = {
    eventTime: 0,
    receiveTime: 0,
    kind: RowKind.clear,
    side: 0,
    price: 0,
    qty: 0,
    orderId: 0,
    sequence: 0,
    flags: 0,
  };

  constructor(
    writer: RecordingWriter,
    options: { tick: DecimalGrid; lot: DecimalGrid; startSeconds: number; onGap: (gap: ChainGap) => void },
  ) {
    this.#writer = writer;
    this.#tick = options.tick;
    this.#lot = options.lot;
    this.#startSeconds = options.startSeconds;
    this.#onGap = options.onGap;
  }

  /** Reads a diff's or a snapshot's numbers. */
  readBook(
    frame: FrameClock & { bids: readonly BinanceLevel[]; asks: readonly BinanceLevel[] },
  ): BookFrame | LineFault {
    const { bids, asks } = frame;
    const prices = new Int32Array(bids.length + asks.length);
    const qtys = new Float64Array(prices.length);
    return reading(() => {
      for (let i = 0; i < prices.length; i++) {
        const [price, qty] = i < bids.length ? bids[i] : asks[i - bids.length];
        prices[i] = this.#price(price);
        qtys[i] = this.#qty(qty);
      }
      return { ...this.#times(frame), bids: bids.length, prices, qtys };
    });
  }

  onDiff(diff: Diff, state: { isSynchronised: boolean; releasedAt: number | undefined }): void {
    const { isSynchronised, releasedAt } = state;
    const marks = (isSynchronised ? 0 : RowFlag.unsynchronised) | (releasedAt === undefined ? 0 : RowFlag.released);
    this.#startFrame(diff, diff.lastUpdateId);
    this.#row.receiveTime = releasedAt ?? diff.receiveTime;
    this.#levels(diff, RowKind.level, marks);
  }

  onSnapshot(snapshot: BookSnapshot): void {
    const row = this.#row;
    this.#startFrame(snapshot, snapshot.lastUpdateId);
    const timeMark = snapshot.isEventTimeKnown ? 0 : RowFlag.eventTimeUnknown;
    const isEmpty = snapshot.prices.length === 0;
    row.kind = RowKind.clear;
    row.flags = RowFlag.snapshot | timeMark | (isEmpty ? RowFlag.lastOfFrame : 0);
    this.#writer.append(row);
    this.#levels(snapshot, RowKind.snapshotLevel, RowFlag.snapshot);
  }

  onGap(gap: ChainGap, diff: Diff): void {
    this.#startFrame(diff, gap.lastUpdateId);
    this.#row.kind = RowKind.gap;
    this.#row.qty = Math.max(0, gap.nextGoesOnFrom - gap.lastUpdateId);
    this.#row.flags = RowFlag.unsynchronised | RowFlag.lastOfFrame;
    this.#writer.append(this.#row);
    this.#onGap(gap);
  }

  /** Reads a trade's numbers. */
  readTrade(frame: TradeFrame): BinanceTrade | LineFault {
    return reading(() => ({ ...this.#times(frame), price: this.#price(frame.price), qty: this.#qty(frame.qty) }));
  }

  writeTrade(frame: TradeFrame, trade: BinanceTrade): void {
    const row = this.#row;
    this.#startFrame(trade, frame.id);
    row.kind = RowKind.trade;
    row.side = frame.buyerIsMaker ? 1 : 0;
    row.price = trade.price;
    row.qty = trade.qty;
    row.flags = RowFlag.lastOfFrame | (trade.isEventTimeKnown ? 0 : RowFlag.eventTimeUnknown);
    this.#writer.append(row);
  }

  /** @param quote one bid and one ask. */
  writeQuote(updateId: number, quote: BookFrame): void {
    const row = this.#row;
    this.#startFrame(quote, updateId);
    const timeMark = quote.isEventTimeKnown ? 0 : RowFlag.eventTimeUnknown;
    for (let side = 0; side < 2; side++) {
      row.kind = side === 0 ? RowKind.quoteBid : RowKind.quoteAsk;
      row.side = side;
      row.price = quote.prices[side];
      row.qty = quote.qtys[side];
      row.flags = timeMark | (side === 1 ? RowFlag.lastOfFrame : 0);
      this.#writer.append(row);
    }
  }

  #startFrame(times: { eventTime: number; receiveTime: number }, sequence: number): void {
    const row = this.#row;
    row.eventTime = times.eventTime;
    row.receiveTime = times.receiveTime;
    row.side = 0;
    row.price = 0;
    row.qty = 0;
    row.sequence = sequence;
  }

  #levels(book: BookFrame, kind: RowKind, marks: number): void {
    const row = this.#row;
    const { prices, qtys, bids } = book;
    const flags = marks | (book.isEventTimeKnown ? 0 : RowFlag.eventTimeUnknown);
    row.kind = kind;
    for (let i = 0; i < prices.length; i++) {
      row.side = i < bids ? 0 : 1;
      row.price = prices[i];
      row.qty = qtys[i];
      row.flags = i === prices.length - 1 ? flags | RowFlag.lastOfFrame : flags;
      this.#writer.append(row);
    }
  }

  #times(frame: FrameClock): { eventTime: number; isEventTimeKnown: boolean; receiveTime: number } {
    const receiveTime = receiveNs(frame, this.#startSeconds);
    if (frame.eventMicros === undefined) return { eventTime: receiveTime, isEventTimeKnown: false, receiveTime };
    return { eventTime: eventNs(frame.eventMicros, this.#startSeconds), isEventTimeKnown: true, receiveTime };
  }

  #price(text: string): number {
    const ticks = parseOnGrid(text, this.#tick);
    if (ticks < 0 || ticks > INT32_MAX) {
      const reason = `price ${text} is ${ticks} ticks of ${this.#tick.text}, expected 0 to ${INT32_MAX}`;
      throw new NumberFault({ code: "out-of-range", reason });
    }
    return ticks;
  }

  #qty(text: string): number {
    const lots = parseOnGrid(text, this.#lot);
    if (lots < 0) throw new NumberFault({ code: "out-of-range", reason: `quantity ${text} is negative` });
    return lots;
  }
}

function reading<T>(read: () => T): T | LineFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof NumberFault) return error.fault;
    if (!(error instanceof DecimalError)) throw error;
    return { code: NUMBER_FAULTS[error.code], reason: error.message };
  }
}
