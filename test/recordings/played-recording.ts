import { FastBook } from "../../src/market/fast-book.ts";
import type { OrderView } from "../../src/market/order-book.ts";
import { RecordKind } from "../../src/model/record.ts";
import { TradeWord } from "../../src/model/report.ts";
import type { Side } from "../../src/model/side.ts";
import { RECORDING_COLUMNS } from "../../src/store/columnar/recording-chunk.ts";
import type { RecordingChunk } from "../../src/store/columnar/recording-chunk.ts";
import { columnsOfRecording } from "../../src/store/columnar/recording-columns.ts";
import { RecordedFlow } from "../../src/venues/simulated/recorded-flow.ts";

const MAKER = 2;
const TAKER = 3;

/** A level as the book shows it. */
export interface ShownLevel {
  readonly price: number;
  readonly lots: number;
}

/** A resting order that a recorded execution has traded with: its number in the book. */
export interface Hit {
  readonly order: number;
  readonly priceTicks: number;
  readonly lots: number;
}

/** A recording that is played, row by row, into the fast book and nothing else. */
export class PlayedRecording {
  readonly rows: RecordingChunk;
  readonly book = new FastBook({
    instrument: 0,
    priceTicksMin: 1,
    priceTicksMax: 2 ** 31 - 2,
    qtyLotsMin: 1,
    qtyLotsMax: 2 ** 31 - 1,
    tickLotUnits: 1,
    notionalUnitsMin: 0,
    bandMillionths: 0,
    referencePriceTicks: 0,
  });
  readonly flow: RecordedFlow;
  /** With what the last row has traded. */
  hits: Hit[] = [];
  /** The row that is played next. */
  row = 0;

  constructor(rows: RecordingChunk) {
    const whole = { times: 1, over: 1 };
    this.rows = rows;
    this.flow = new RecordedFlow({
      rows,
      instrument: 0,
      maker: MAKER,
      taker: TAKER,
      ticksPerTick: whole,
      lotsPerLot: whole,
      speed: 1,
    });
  }

  /** Plays the next row. @returns its number, or -1 at the end */
  next(): number {
    if (this.row === this.rows.rows) return -1;
    if (this.hits.length > 0) this.hits = [];
    this.flow.playNext(this.book, this.#execute);
    return this.row++;
  }

  /** The best levels of a side, as many as there are. */
  best(side: Side, levels: number): ShownLevel[] {
    const { book } = this;
    const shown: ShownLevel[] = [];
    for (let price = book.bestPriceTicks(side); price !== 0 && shown.length < levels;) {
      shown.push({ price, lots: book.levelLots(side, price) });
      price = book.nextPriceTicks(side, price);
    }
    return shown;
  }

  /** A recorded order as it stands in the book. @param order its number there; @returns a view that is valid until the next */
  order(order: number): OrderView | undefined {
    return this.book.peek(MAKER, order);
  }

  readonly #execute = (words: Int32Array, doubles: Float64Array): void => {
    const { book } = this;
    book.apply(words, doubles, 0, 0);
    for (; !book.reports.isEmpty; book.reports.shift()) {
      const at = book.reports.front;
      const report = book.reports.words;
      if (report[at] !== RecordKind.trade) continue;
      this.hits.push({
        order: report[at + TradeWord.makerOrderId],
        priceTicks: report[at + TradeWord.priceTicks],
        lots: report[at + TradeWord.qtyLots],
      });
    }
    book.deltas.clear();
  };
}

/** A copy of a recording with some of its rows. */
export function rowsOf(recording: RecordingChunk, keeps: (row: number) => boolean): RecordingChunk {
  const kept: number[] = [];
  for (let row = 0; row < recording.rows; row++) if (keeps(row)) kept.push(row);
  const columns = RECORDING_COLUMNS.map(({ name }) => {
    const column = recording[name];
    const copy = column.slice(0, kept.length);
    for (let i = 0; i < kept.length; i++) copy[i] = column[kept[i]];
    return copy;
  });
  return { rows: kept.length, firstRow: 0, ...columnsOfRecording(columns) };
}

/** Counts by name; `add` makes a name that is new. */
export class Tally {
  readonly counts: Record<string, number> = {};

  add(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }
}
