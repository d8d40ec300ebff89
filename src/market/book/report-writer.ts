import { assert } from "../../core/assert.ts";
import type { RecordRing } from "../../core/record-ring.ts";
import { INT32_MAX } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { RecordKind } from "../../model/record.ts";
import { PhaseChangedWord } from "../../model/phase.ts";
import { AuctionLimitWord, ChargeWord, IN_AUCTION, ReportWord, TradeWord } from "../../model/report.ts";
import { isPriced } from "./admission.ts";
import type { BookMemory } from "./book-memory.ts";
import { OrderWord } from "./book-memory.ts";

const Order = { ...OrderWord };
const Report = { ...ReportWord };
const Trade = { ...TradeWord };
const Limit = { ...AuctionLimitWord };
const TRADE = RecordKind.trade;
const TRADES_MAX = INT32_MAX;

/** What `phaseChanged` tells. */
export interface PhaseChange {
  readonly phase: number;
  readonly previous: number;
  readonly priceTicks: number;
  readonly volumeLots: number;
  readonly surplusLots: number;
  readonly untilNs: number;
  readonly reason: number;
  readonly auctions: number;
}

/** What holds before anything has changed. */
export const INITIAL_PHASE: PhaseChange = {
  phase: 0,
  previous: 0,
  priceTicks: 0,
  volumeLots: 0,
  surplusLots: 0,
  untilNs: 0,
  reason: 0,
  auctions: 0,
};

/** Appends the private reports of one book. */
export class ReportWriter {
  declare private readonly ring: RecordRing;
  declare private readonly memory: BookMemory;
  declare private readonly instrument: number;
  /** Trades so far; the next trade's id. */
  trades = 0;

  constructor(ring: RecordRing, memory: BookMemory, instrument: number) {
    this.ring = ring;
    this.memory = memory;
    this.instrument = instrument;
  }

  /** A report on a live order, told by what the order says now. @returns its offset in the ring */
  order(kind: number, order: number, qtyLots: number, leavesLots: number, reason: number): number {
    const at = this.ring.append();
    const words = this.ring.words;
    const orders = this.memory.words;
    words[at] = kind;
    words[at | Report.instrument] = this.instrument;
    words[at | Report.owner] = orders[order | Order.owner];
    words[at | Report.orderId] = orders[order | Order.orderId];
    words[at | Report.flags] = orders[order | Order.flags];
    words[at | Report.priceTicks] = orders[order | Order.priceTicks];
    words[at | Report.qtyLots] = qtyLots;
    words[at | Report.leavesLots] = leavesLots;
    words[at | Report.venueOrderId] = orders[order | Order.venueOrderId];
    words[at | Report.reason] = reason;
    words[at | Report.filledLots] = orders[order | Order.filledLots];
    return at;
  }

  /** An order's replacement, after it. Numbers and no object of options, which would be garbage. */
  replaced(order: number, qtyLots: number, reason: number, previousTicks: number, previousLeavesLots: number): void {
    const leavesLots = this.memory.words[order | Order.leavesLots];
    const at = this.order(RecordKind.orderReplaced, order, qtyLots, leavesLots, reason);
    this.ring.words[at | Report.previous] = previousTicks;
    this.ring.words[at | Report.previousLeavesLots] = previousLeavesLots;
  }

  /** A new order that is not let in, or a request that cannot be done. */
  refuse(command: Int32Array, from: number, reason: number): void {
    writeRefusal(this.ring, this.instrument, command, from, reason);
  }

  /** A match; both orders say already what is left of them. @returns the trade's id */
  trade(taker: number, maker: number, priceTicks: number, qtyLots: number): number {
    const at = this.ring.append();
    const words = this.ring.words;
    const orders = this.memory.words;
    const tradeId = this.trades;
    assert(tradeId < TRADES_MAX, "a book counts at most 2^31 - 1 trades");
    this.trades = tradeId + 1;
    words[at] = TRADE;
    words[at | Trade.instrument] = this.instrument;
    words[at | Trade.takerOwner] = orders[taker | Order.owner];
    words[at | Trade.takerOrderId] = orders[taker | Order.orderId];
    words[at | Trade.takerFlags] = orders[taker | Order.flags];
    words[at | Trade.priceTicks] = priceTicks;
    words[at | Trade.qtyLots] = qtyLots;
    words[at | Trade.takerLeavesLots] = orders[taker | Order.leavesLots];
    words[at | Trade.makerOwner] = orders[maker | Order.owner];
    words[at | Trade.makerOrderId] = orders[maker | Order.orderId];
    words[at | Trade.makerLeavesLots] = orders[maker | Order.leavesLots];
    words[at | Trade.tradeId] = tradeId;
    this.ring.doubles[(at | Trade.takerFeeUnits) >> 1] = 0;
    this.ring.doubles[(at | Trade.makerFeeUnits) >> 1] = 0;
    return tradeId;
  }

  /** A match at the end of a call; both orders say already what is left of them. @returns the trade's id */
  auctionTrade(buy: number, sell: number, priceTicks: number, qtyLots: number): number {
    const tradeId = this.trade(buy, sell, priceTicks, qtyLots);
    const at = this.ring.offsetOf((this.ring.written - 1) | 0);
    const words = this.ring.words;
    const orders = this.memory.words;
    words[at | Trade.takerFlags] |= IN_AUCTION;
    words[at | Limit.buyLimitTicks] = orders[buy | Order.priceTicks];
    words[at | Limit.sellLimitTicks] = orders[sell | Order.priceTicks];
    return tradeId;
  }

  /** The phase that the instrument has entered, and the result of the call that ended so. */
  phaseChanged(change: PhaseChange): void {
    const at = this.ring.append();
    const { words, doubles } = this.ring;
    words[at] = RecordKind.phaseChanged;
    words[at | PhaseChangedWord.instrument] = this.instrument;
    words[at | Report.owner] = 0;
    words[at | PhaseChangedWord.phase] = change.phase;
    words[at | PhaseChangedWord.previous] = change.previous;
    words[at | PhaseChangedWord.priceTicks] = change.priceTicks;
    doubles[(at | PhaseChangedWord.volumeLots) >> 1] = change.volumeLots;
    doubles[(at | PhaseChangedWord.surplusLots) >> 1] = change.surplusLots;
    doubles[(at | PhaseChangedWord.untilNs) >> 1] = change.untilNs;
    words[at | PhaseChangedWord.reason] = change.reason;
    words[at | PhaseChangedWord.auctions] = change.auctions;
    // The journal keeps all words of it.
    doubles[(at | 14) >> 1] = 0;
  }
}

/**
 * Refuses a command: `orderRejected` for a new order, `requestRejected` for anything else. What the command says of its
 * instrument is repeated as `instrument`.
 */
export function writeRefusal(
  ring: RecordRing,
  instrument: number,
  command: Int32Array,
  from: number,
  reason: number,
): void {
  const at = ring.append();
  const words = ring.words;
  const kind = command[from];
  const isOrder = kind === RecordKind.submitOrder;
  const flags = isOrder ? command[from + CommandWord.flags] : 0;
  words.fill(0, at, at + 16);
  words[at] = isOrder ? RecordKind.orderRejected : RecordKind.requestRejected;
  words[at | Report.instrument] = instrument;
  words[at | Report.owner] = command[from + CommandWord.owner];
  words[at | Report.orderId] = command[from + CommandWord.orderId];
  words[at | Report.flags] = flags;
  words[at | Report.priceTicks] = isOrder && isPriced(flags) ? command[from + CommandWord.priceTicks] : 0;
  words[at | Report.qtyLots] = isOrder ? command[from + CommandWord.qtyLots] : 0;
  words[at | Report.venueOrderId] = -1;
  words[at | Report.reason] = reason;
  words[at | Report.previous] = isOrder ? 0 : kind;
}

/** Reports a fee that was booked apart from any trade. */
export function writeCharge(
  ring: RecordRing,
  charge: { readonly instrument: number; readonly owner: number; readonly units: number; readonly reason: number },
): void {
  const at = ring.append();
  ring.words.fill(0, at, at + 16);
  ring.words[at] = RecordKind.charge;
  ring.words[at | ChargeWord.instrument] = charge.instrument;
  ring.words[at | ChargeWord.owner] = charge.owner;
  ring.words[at | ChargeWord.reason] = charge.reason;
  ring.doubles[(at | ChargeWord.units) >> 1] = charge.units;
}
