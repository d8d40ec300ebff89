import { CommandWord, EVERY_INSTRUMENT } from "../../model/command.ts";
import { PhaseChangedWord, TradingPhase } from "../../model/phase.ts";
import { RecordKind } from "../../model/record.ts";
import { ChargeWord, ReportWord, TradeWord } from "../../model/report.ts";

/** What came to an instrument, and what it has traded. */
export interface Turnover {
  /** Orders, cancels and replaces. Commands over all instruments count in each of them. */
  commands: number;
  /** Those of them that were refused. */
  rejected: number;
  trades: number;
  volumeLots: number;
  /** Calls that have ended, and halts. */
  auctions: number;
  halts: number;
  /** Sum of price times quantity, in tick-lots: a float, for averages. */
  tickLots: number;
  /** Refused commands by reason code, and what was charged apart from trades, in units of the quote asset. */
  readonly refusals: Map<number, number>;
  readonly charges: Map<number, number>;
}

/** Counts what a venue received and did, by instrument. */
export class VenueStatistics {
  readonly turnovers: readonly Turnover[];

  constructor(instruments: number) {
    this.turnovers = Array.from({ length: instruments }, () => {
      return {
        commands: 0,
        rejected: 0,
        trades: 0,
        volumeLots: 0,
        auctions: 0,
        halts: 0,
        tickLots: 0,
        refusals: new Map(),
        charges: new Map(),
      };
    });
  }

  countCommand(words: Int32Array, at: number): void {
    if (words[at] === RecordKind.setPhase) return;
    const instrument = words[at + CommandWord.instrument];
    if (instrument === EVERY_INSTRUMENT) for (const turnover of this.turnovers) turnover.commands++;
    else if (instrument >= 0 && instrument < this.turnovers.length) this.turnovers[instrument].commands++;
  }

  countReport(words: Int32Array, doubles: Float64Array, at: number): void {
    const kind = words[at];
    if (kind === RecordKind.trade) this.#countTrade(words, at);
    else if (kind === RecordKind.phaseChanged) this.#countPhase(words, at);
    else if (kind === RecordKind.orderRejected || kind === RecordKind.requestRejected) {
      const instrument = words[at + ReportWord.instrument];
      // What was asked of an instrument that is not listed counts nowhere.
      if (instrument < 0 || instrument >= this.turnovers.length) return;
      const turnover = this.turnovers[instrument];
      turnover.rejected++;
      add(turnover.refusals, words[at + ReportWord.reason], 1);
    } else if (kind === RecordKind.charge) {
      const { charges } = this.turnovers[words[at + ChargeWord.instrument]];
      add(charges, words[at + ChargeWord.reason], doubles[(at + ChargeWord.units) >> 1]);
    }
  }

  #countPhase(words: Int32Array, at: number): void {
    const turnover = this.turnovers[words[at + PhaseChangedWord.instrument]];
    turnover.auctions = words[at + PhaseChangedWord.auctions];
    const isHalt = words[at + PhaseChangedWord.phase] === TradingPhase.halted;
    if (isHalt && words[at + PhaseChangedWord.previous] !== TradingPhase.halted) turnover.halts++;
  }

  #countTrade(words: Int32Array, at: number): void {
    const turnover = this.turnovers[words[at + TradeWord.instrument]];
    const qty = words[at + TradeWord.qtyLots];
    turnover.trades++;
    turnover.volumeLots += qty;
    turnover.tickLots += qty * words[at + TradeWord.priceTicks];
  }
}

function add(sums: Map<number, number>, key: number, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}
