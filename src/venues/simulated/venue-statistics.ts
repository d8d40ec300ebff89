import { CommandWord } from "../../model/command.ts";
import { RecordKind } from "../../model/record.ts";
import { TradeWord } from "../../model/report.ts";

/** What an instrument has traded. */
export interface Turnover {
  trades: number;
  volumeLots: number;
  /** Sum of price times quantity, in tick-lots: a float, for averages. */
  tickLots: number;
}

/** Counts of what a venue received and did. */
export class VenueStatistics {
  /** By kind of record: commands received, reports made. */
  readonly records = new Float64Array(128);
  readonly turnovers: readonly Turnover[];

  constructor(instruments: number) {
    this.turnovers = Array.from({ length: instruments }, () => ({ trades: 0, volumeLots: 0, tickLots: 0 }));
  }

  countCommand(words: Int32Array, at: number): void {
    this.records[words[at + CommandWord.kind]]++;
  }

  countReport(words: Int32Array, at: number): void {
    const kind = words[at];
    this.records[kind]++;
    if (kind !== RecordKind.trade) return;
    const turnover = this.turnovers[words[at + TradeWord.instrument]];
    const qty = words[at + TradeWord.qtyLots];
    turnover.trades++;
    turnover.volumeLots += qty;
    turnover.tickLots += qty * words[at + TradeWord.priceTicks];
  }
}
