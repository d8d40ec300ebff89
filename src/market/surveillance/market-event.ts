import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { sideOf } from "../../model/order-flags.ts";
import { RecordKind } from "../../model/record.ts";
import { IN_AUCTION, ReportWord, TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";

const Command = { ...CommandWord };
const Report = { ...ReportWord };
const Trade = { ...TradeWord };
const { submitOrder: SUBMIT, commitOrder: COMMIT, revealOrder: REVEAL, trade: TRADE } = RecordKind;

/**
 * One command or report as detectors see it. There is one object for all events, valid during the call: a detector
 * copies what it wants to keep. What a kind does not have is 0.
 */
export class MarketEvent {
  /** Number among the venue's events, from 1: commands and reports in the order in which the venue handled them. */
  sequence = 0;
  timeNs: Nanos = 0;
  /** A `RecordKind`. */
  kind = 0;
  instrument = 0;
  /** Of a trade: the taker's, or the buyer's at the end of a call, where nobody takes. */
  account = 0;
  orderId = 0;
  side: Side = Side.buy;
  /** Limit price, or the trade's. */
  priceTicks: Ticks = 0;
  /** As the tables of commands and reports say. */
  qtyLots: Lots = 0;
  leavesLots: Lots = 0;
  filledLots: Lots = 0;
  venueOrderId = 0;
  flags = 0;
  reason = 0;
  /** `orderReplaced`: what was left before; `requestRejected`: the kind of the command. */
  previous = 0;
  /** Of trades: whether it was made at the end of a call, whose order rested (or sold), which one, and what is left. */
  isAuction = false;
  makerAccount = 0;
  makerOrderId = 0;
  makerLeavesLots: Lots = 0;
  /** Best prices when the command came; 0 where a side was empty. */
  bidTicks: Ticks = 0;
  askTicks: Ticks = 0;

  /** Takes over the command at `words[at]`. */
  readCommand(words: Int32Array, at: number): void {
    const isOrder = words[at] === SUBMIT || words[at] === REVEAL;
    this.kind = words[at];
    this.instrument = words[at + Command.instrument];
    this.account = words[at + Command.owner];
    this.orderId = words[at + Command.orderId];
    this.flags = isOrder ? words[at + Command.flags] : 0;
    this.side = sideOf(this.flags);
    // A commit holds a hash in these words.
    const isHidden = words[at] === COMMIT;
    this.priceTicks = isHidden ? 0 : words[at + Command.priceTicks];
    this.qtyLots = isHidden ? 0 : words[at + Command.qtyLots];
    this.leavesLots = this.filledLots = this.venueOrderId = this.reason = this.previous = 0;
    this.makerAccount = this.makerOrderId = this.makerLeavesLots = 0;
  }

  /** Takes over the report at `words[at]`. */
  readReport(words: Int32Array, at: number): void {
    if (words[at] === TRADE) this.#readTrade(words, at);
    else this.#readOrder(words, at);
  }

  #readTrade(words: Int32Array, at: number): void {
    this.kind = TRADE;
    this.instrument = words[at + Trade.instrument];
    this.account = words[at + Trade.takerOwner];
    this.orderId = words[at + Trade.takerOrderId];
    this.flags = words[at + Trade.takerFlags];
    this.isAuction = (this.flags & IN_AUCTION) !== 0;
    this.side = sideOf(this.flags);
    this.priceTicks = words[at + Trade.priceTicks];
    this.qtyLots = words[at + Trade.qtyLots];
    this.leavesLots = words[at + Trade.takerLeavesLots];
    this.makerAccount = words[at + Trade.makerOwner];
    this.makerOrderId = words[at + Trade.makerOrderId];
    this.makerLeavesLots = words[at + Trade.makerLeavesLots];
    this.filledLots = this.venueOrderId = this.reason = this.previous = 0;
  }

  #readOrder(words: Int32Array, at: number): void {
    const kind = words[at];
    const hasPrevious = kind === RecordKind.orderReplaced || kind === RecordKind.requestRejected;
    this.kind = kind;
    this.instrument = words[at + Report.instrument];
    this.account = words[at + Report.owner];
    this.orderId = words[at + Report.orderId];
    this.flags = words[at + Report.flags];
    this.side = sideOf(this.flags);
    this.priceTicks = words[at + Report.priceTicks];
    this.qtyLots = words[at + Report.qtyLots];
    this.leavesLots = words[at + Report.leavesLots];
    this.venueOrderId = words[at + Report.venueOrderId];
    this.reason = words[at + Report.reason];
    this.filledLots = words[at + Report.filledLots];
    this.previous = !hasPrevious
      ? 0
      : words[at + (kind === RecordKind.orderReplaced ? Report.previousLeavesLots : Report.previous)];
    this.makerAccount = this.makerOrderId = this.makerLeavesLots = 0;
  }
}
