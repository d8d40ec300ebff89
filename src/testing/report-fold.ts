import { FlagBits, OrderType, TimeInForce, orderTypeOf, sideOf, timeInForceOf } from "../model/order-flags.ts";
import { PhaseChangedWord, TradingPhase } from "../model/phase.ts";
import { Reason } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { AuctionLimitWord, IN_AUCTION, ReportWord, TradeWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import { expectEqual, fail } from "./check-error.ts";

/** An order as its reports tell it. */
export interface ReportedOrder {
  readonly owner: number;
  readonly venueOrderId: number;
  flags: number;
  priceTicks: number;
  totalLots: number;
  filledLots: number;
  /** Taken out since it was accepted or last replaced. */
  canceledLots: number;
  leavesLots: number;
  /** True until a stop has triggered. */
  isWaiting: boolean;
  /** Count of reports when it joined its queue; an iceberg's refreshes are not seen here. */
  joined: number;
}

export interface ReportedTrade {
  readonly priceTicks: number;
  readonly qtyLots: number;
  readonly takerOwner: number;
  readonly makerOwner: number;
  readonly makerSide: Side;
  readonly makerVenueOrderId: number;
  readonly isMakerHidden: boolean;
  readonly isAuction: boolean;
}

interface Match {
  readonly priceTicks: number;
  readonly qtyLots: number;
}

/** Folds a book's reports into its orders, and fails at the first report that cannot follow those before it. */
export class ReportFold {
  readonly live = new Map<number, ReportedOrder>();
  readonly positions = new Map<number, number>();
  /** Trades since this was last cleared, by id. */
  readonly trades = new Map<number, ReportedTrade>();
  tradeCount = 0;
  lastPriceTicks = 0;
  phase: number = TradingPhase.continuous;
  /** Whether orders wait for the end of a call. */
  isCallOpen = false;
  /** What the call that ended last has still to trade, and at which price. */
  #auction = { priceTicks: 0, lotsLeft: 0 };
  #accepted = 0;
  #reports = 0;

  take(words: Int32Array, at: number): void {
    this.#reports++;
    const kind = words[at + ReportWord.kind];
    if (kind === RecordKind.trade) return this.#trade(words, at);
    expectEqual(this.#auction.lotsLeft, 0, "lots that an auction has not traded");
    if (kind === RecordKind.phaseChanged) return this.#enterPhase(words, at);
    const key = nameKey(words[at + ReportWord.owner], words[at + ReportWord.orderId]);
    const order = this.live.get(key);
    const reason = words[at + ReportWord.reason];
    if (kind === RecordKind.orderAccepted) {
      if (order !== undefined) fail("an order was accepted under the id of a live one");
      this.#accept(key, words, at);
    } else if (kind === RecordKind.orderRejected) {
      if (reason === Reason.duplicateOrderId && order === undefined) fail("no order of this id is live");
      if (reason === Reason.none) fail("a rejection has no reason");
      expectZero(words, at, [ReportWord.leavesLots, ReportWord.filledLots]);
      expectEqual(words[at + ReportWord.venueOrderId], -1, "venueOrderId of a rejection");
    } else if (kind === RecordKind.requestRejected) {
      if ((reason === Reason.unknownOrder) !== (order === undefined)) fail("unknownOrder is wrong about the order");
      expectZero(words, at, EMPTY_IN_REQUEST_REJECTED);
      expectEqual(words[at + ReportWord.venueOrderId], -1, "venueOrderId of a rejection");
    } else {
      if (order === undefined) fail(`a report of kind ${kind} on an order that is not live`);
      const isCanceled = kind === RecordKind.orderCanceled || kind === RecordKind.orderReplaced;
      if ((reason === Reason.none) === isCanceled) fail(`a report of kind ${kind} has the reason ${reason}`);
      this.#change(order, words, at);
      expectEqual(words[at + ReportWord.venueOrderId], order.venueOrderId, "venueOrderId");
      expectEqual(words[at + ReportWord.flags], order.flags, `flags of #${order.venueOrderId}`);
      expectEqual(words[at + ReportWord.priceTicks], order.priceTicks, `price of #${order.venueOrderId}`);
      this.#settle(key, order, words[at + ReportWord.leavesLots]);
      expectEqual(words[at + ReportWord.filledLots], order.filledLots, `filled of #${order.venueOrderId}`);
    }
  }

  #accept(key: number, words: Int32Array, at: number): void {
    const flags = words[at + ReportWord.flags];
    const qtyLots = words[at + ReportWord.qtyLots];
    expectEqual(words[at + ReportWord.venueOrderId], this.#accepted++, "venueOrderId of an accepted order");
    expectEqual(words[at + ReportWord.leavesLots], qtyLots, "left of an accepted order");
    expectEqual(words[at + ReportWord.filledLots], 0, "filled of an accepted order");
    this.live.set(key, {
      owner: words[at + ReportWord.owner],
      venueOrderId: words[at + ReportWord.venueOrderId],
      flags,
      priceTicks: words[at + ReportWord.priceTicks],
      totalLots: qtyLots,
      filledLots: 0,
      canceledLots: 0,
      leavesLots: qtyLots,
      isWaiting: orderTypeOf(flags) === OrderType.stop || orderTypeOf(flags) === OrderType.stopLimit,
      joined: this.#reports,
    });
  }

  /** What a report on a live order does to it. */
  #change(order: ReportedOrder, words: Int32Array, at: number): void {
    const qtyLots = words[at + ReportWord.qtyLots];
    const what = `#${order.venueOrderId}`;
    switch (words[at + ReportWord.kind]) {
      case RecordKind.orderTriggered: {
        if (!order.isWaiting) fail(`${what} triggered and was not waiting`);
        const isStop = orderTypeOf(order.flags) === OrderType.stop;
        const type = orderTypeOf(words[at + ReportWord.flags]);
        order.flags = words[at + ReportWord.flags];
        if (isStop && this.phase === TradingPhase.auction && type === OrderType.limit) {
          expectEqual(timeInForceOf(order.flags), TimeInForce.IOC, "time in force of a market order in a call");
          order.priceTicks = words[at + ReportWord.priceTicks];
        } else expectEqual(type, isStop ? OrderType.market : OrderType.limit, "new type");
        order.isWaiting = false;
        order.joined = this.#reports;
        expectEqual(qtyLots, order.leavesLots, `quantity of ${what}, triggered`);
        return;
      }
      case RecordKind.orderExpired:
        expectEqual(qtyLots, order.leavesLots, `quantity of ${what}, expired`);
        this.#takeOut(order, qtyLots);
        return;
      case RecordKind.orderCanceled:
        this.#takeOut(order, qtyLots);
        return;
      case RecordKind.orderReplaced: {
        expectEqual(words[at + ReportWord.previous], order.priceTicks, `price of ${what} before it was replaced`);
        expectEqual(words[at + ReportWord.previousLeavesLots], order.leavesLots, `left of ${what} before`);
        const priceTicks = words[at + ReportWord.priceTicks];
        const shrinksInPlace = priceTicks === order.priceTicks && qtyLots - order.filledLots <= order.leavesLots;
        const keeps = order.isWaiting || shrinksInPlace;
        const reason = keeps ? Reason.keptPriority : Reason.lostPriority;
        expectEqual(words[at + ReportWord.reason], reason, `reason of ${what}, replaced`);
        if (!keeps) order.joined = this.#reports;
        order.priceTicks = priceTicks;
        order.totalLots = qtyLots;
        order.canceledLots = 0;
        order.leavesLots = qtyLots - order.filledLots;
        return;
      }
      default:
        fail(`no report has the kind ${words[at + ReportWord.kind]}`);
    }
  }

  #takeOut(order: ReportedOrder, qtyLots: number): void {
    if (qtyLots <= 0) fail(`#${order.venueOrderId} was canceled by ${qtyLots}`);
    order.canceledLots += qtyLots;
    order.leavesLots -= qtyLots;
  }

  /** At the end of a command all of an auction must be traded. */
  checkDone(): void {
    expectEqual(this.#auction.lotsLeft, 0, "lots that an auction has not traded");
  }

  /** Conservation: nothing of an order's quantity is lost or made. */
  #settle(key: number, order: ReportedOrder, leavesReported: number): void {
    const { totalLots, filledLots, canceledLots, leavesLots } = order;
    expectEqual(leavesReported, leavesLots, `left of #${order.venueOrderId}`);
    expectEqual(filledLots + canceledLots + leavesLots, totalLots, `total of #${order.venueOrderId}`);
    if (leavesLots < 0) fail(`#${order.venueOrderId} has ${leavesLots} left`);
    if (leavesLots === 0) this.live.delete(key);
  }

  #trade(words: Int32Array, at: number): void {
    const takerKey = nameKey(words[at + TradeWord.takerOwner], words[at + TradeWord.takerOrderId]);
    const makerKey = nameKey(words[at + TradeWord.makerOwner], words[at + TradeWord.makerOrderId]);
    const taker = this.live.get(takerKey);
    const maker = this.live.get(makerKey);
    const priceTicks = words[at + TradeWord.priceTicks];
    const qtyLots = words[at + TradeWord.qtyLots];
    if (taker === undefined || maker === undefined) fail("a trade of an order that is not live");
    if (taker.isWaiting || maker.isWaiting) fail("a trade of an order that waits for its trigger");
    if (sideOf(taker.flags) === sideOf(maker.flags)) fail("a trade of two orders of one side");
    const isAuction = (words[at + TradeWord.takerFlags] & IN_AUCTION) !== 0;
    if (!isAuction && (taker.flags & FlagBits.postOnly) !== 0) fail("a post-only order took liquidity");
    if (qtyLots <= 0) fail(`a trade of ${qtyLots} lots`);
    expectEqual(words[at + TradeWord.tradeId], this.tradeCount, "tradeId");
    if (isAuction) {
      expectEqual(words[at + TradeWord.takerFlags] - IN_AUCTION, taker.flags, "the buyer's flags");
      expectEqual(words[at + AuctionLimitWord.buyLimitTicks], taker.priceTicks, "the buyer's limit");
      expectEqual(words[at + AuctionLimitWord.sellLimitTicks], maker.priceTicks, "the seller's limit");
      expectZero(words, at, [13, 15]);
      this.#checkAuction({ buy: taker, sell: maker }, { priceTicks, qtyLots });
    } else {
      // The fees stand in two words each; a book knows of none.
      expectZero(words, at, [12, 13, 14, 15]);
      expectEqual(words[at + TradeWord.takerFlags], taker.flags, "the taker's flags");
      this.#checkContinuous({ taker, maker }, { priceTicks, qtyLots });
    }
    for (const [key, order, word] of [
      [takerKey, taker, TradeWord.takerLeavesLots],
      [makerKey, maker, TradeWord.makerLeavesLots],
    ] as const) {
      order.filledLots += qtyLots;
      order.leavesLots -= qtyLots;
      this.#move(order, qtyLots);
      this.#settle(key, order, words[at + word]);
    }
    this.lastPriceTicks = priceTicks;
    this.trades.set(this.tradeCount++, {
      priceTicks,
      qtyLots,
      takerOwner: taker.owner,
      makerOwner: maker.owner,
      makerSide: sideOf(maker.flags),
      makerVenueOrderId: maker.venueOrderId,
      isMakerHidden: (maker.flags & FlagBits.hidden) !== 0,
      isAuction,
    });
  }

  #checkContinuous({ taker, maker }: { taker: ReportedOrder; maker: ReportedOrder }, trade: Match): void {
    const { priceTicks, qtyLots } = trade;
    expectEqual(this.phase, TradingPhase.continuous, "phase in which an order trades as it comes");
    expectEqual(this.#auction.lotsLeft, 0, "lots that an auction has not traded");
    expectEqual(priceTicks, maker.priceTicks, "a trade's price, of its maker's");
    const isLimit = orderTypeOf(taker.flags) === OrderType.limit;
    if (isLimit && isBetter(sideOf(maker.flags), taker.priceTicks, priceTicks))
      fail("a trade beyond the taker's limit");
    this.#checkPriority(maker);
    this.#checkReduceOnly(taker, maker, qtyLots);
  }

  /** One price for all, within every limit. */
  #checkAuction({ buy, sell }: { buy: ReportedOrder; sell: ReportedOrder }, { priceTicks, qtyLots }: Match): void {
    expectEqual(priceTicks, this.#auction.priceTicks, "a trade's price, of its auction's");
    expectEqual(sideOf(buy.flags), Side.buy, "side of who buys in an auction");
    this.#auction.lotsLeft -= qtyLots;
    if (this.#auction.lotsLeft < 0) fail("an auction traded more than its volume");
    if (buy.priceTicks < priceTicks || sell.priceTicks > priceTicks) fail("a trade beyond a limit");
    for (const { flags } of [buy, sell]) {
      if (orderTypeOf(flags) !== OrderType.limit) fail("an order without a limit traded in an auction");
      if ((flags & FlagBits.reduceOnly) !== 0) fail("a reduce-only order traded in an auction");
    }
  }

  #enterPhase(words: Int32Array, at: number): void {
    const doubles = new Float64Array(words.buffer);
    const double = (word: number): number => doubles[(at + word) >> 1];
    const phase = words[at + PhaseChangedWord.phase];
    expectEqual(words[at + PhaseChangedWord.previous], this.phase, "phase before");
    const priceTicks = words[at + PhaseChangedWord.priceTicks];
    const goesOn = phase === TradingPhase.halted || this.phase === TradingPhase.halted;
    const lotsLeft = double(PhaseChangedWord.volumeLots);
    const mayEnd = this.isCallOpen && (!goesOn || phase === TradingPhase.continuous || phase === TradingPhase.closed);
    if (!mayEnd && lotsLeft !== 0) fail("lots traded where no call ended");
    expectEqual(
      Number(priceTicks === 0),
      Number(lotsLeft === 0),
      "whether an auction has no price, of whether it has no volume",
    );
    this.#auction = { priceTicks, lotsLeft };
    this.phase = phase;
    this.isCallOpen = phase === TradingPhase.auction || (phase === TradingPhase.halted && this.isCallOpen);
  }

  /** No resting order has a better price, or the same price and goes first by the rules; queues are `DeltaFold`'s. */
  #checkPriority(maker: ReportedOrder): void {
    const side = sideOf(maker.flags);
    const isHidden = (maker.flags & FlagBits.hidden) !== 0;
    for (const other of this.live.values()) {
      if (other.isWaiting || other === maker || sideOf(other.flags) !== side) continue;
      const what = `#${maker.venueOrderId} traded before #${other.venueOrderId}`;
      if (isBetter(side, other.priceTicks, maker.priceTicks)) fail(`${what}, which has a better price`);
      if (!isHidden || other.priceTicks !== maker.priceTicks) continue;
      if ((other.flags & FlagBits.hidden) === 0) fail(`${what}, which is visible`);
      if (other.joined < maker.joined) fail(`${what}, which is older`);
    }
  }

  #checkReduceOnly(taker: ReportedOrder, maker: ReportedOrder, qtyLots: number): void {
    // A trade of an owner with himself moves no position, so it cannot increase one.
    if (taker.owner === maker.owner) return;
    for (const order of [taker, maker]) {
      if ((order.flags & FlagBits.reduceOnly) === 0) continue;
      const position = this.positions.get(order.owner) ?? 0;
      const allowedLots = sideOf(order.flags) === Side.buy ? -position : position;
      if (qtyLots > allowedLots) fail(`reduce-only #${order.venueOrderId} traded ${qtyLots} at position ${position}`);
    }
  }

  #move({ flags, owner }: ReportedOrder, qtyLots: number): void {
    const boughtLots = sideOf(flags) === Side.buy ? qtyLots : -qtyLots;
    this.positions.set(owner, (this.positions.get(owner) ?? 0) + boughtLots);
  }
}

const EMPTY_IN_REQUEST_REJECTED = [
  ReportWord.flags,
  ReportWord.priceTicks,
  ReportWord.qtyLots,
  ReportWord.leavesLots,
  ReportWord.filledLots,
  ReportWord.previousLeavesLots,
];

function expectZero(words: Int32Array, at: number, indices: readonly number[]): void {
  for (const index of indices) expectEqual(words[at + index], 0, `word ${index} of a record of kind ${words[at]}`);
}

/** Is price `a` of this side executed before price `b`? */
function isBetter(side: Side, a: number, b: number): boolean {
  return side === Side.buy ? a > b : a < b;
}

/** One number for (owner, orderId); exact for owners below 2^21. */
function nameKey(owner: number, orderId: number): number {
  return owner * 0x1_0000_0000 + (orderId >>> 0);
}
