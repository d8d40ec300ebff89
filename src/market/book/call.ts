import { FlagBits, TimeInForce, timeInForceOf } from "../../model/order-flags.ts";
import { TradingPhase } from "../../model/phase.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { BookRules } from "../order-book.ts";
import { AuctionFills } from "./auction-fills.ts";
import type { BookMemory } from "./book-memory.ts";
import { OrderWord } from "./book-memory.ts";
import type { BookSide } from "./book-side.ts";
import type { Clearing } from "./clearing-price.ts";
import { ClearingPrice } from "./clearing-price.ts";
import type { DeltaWriter } from "./delta-writer.ts";
import type { LiveOrders } from "./live-orders.ts";
import type { Matcher } from "./matcher.ts";
import type { ReportWriter } from "./report-writer.ts";
import { INITIAL_PHASE } from "./report-writer.ts";

const Order = { ...OrderWord };
const Phase = { ...TradingPhase };
const NOTHING: Clearing = { priceTicks: 0, volumeLots: 0, surplusLots: 0 };

export interface CallParts {
  readonly rules: BookRules;
  readonly memory: BookMemory;
  readonly live: LiveOrders;
  readonly bids: BookSide;
  readonly asks: BookSide;
  readonly matcher: Matcher;
  readonly out: ReportWriter;
  readonly deltas: DeltaWriter | undefined;
}

/**
 * The phase of one book, and its calls: orders gather unseen beside those that stand in the book, and at the call's end
 * all that can trade does at one price (docs/auctions.md).
 */
export class Call {
  phase: TradingPhase = Phase.continuous;
  /** Whether a call is going on, be it that trading is halted meanwhile. */
  isOpen = false;
  /** Calls that have ended. */
  auctions = 0;
  /** How the phase was entered that holds. */
  change = INITIAL_PHASE;
  declare private readonly rules: BookRules;
  declare private readonly memory: BookMemory;
  declare private readonly live: LiveOrders;
  declare private readonly bids: BookSide;
  declare private readonly asks: BookSide;
  declare private readonly matcher: Matcher;
  declare private readonly out: ReportWriter;
  declare private readonly deltas: DeltaWriter | undefined;
  declare private readonly clearing: ClearingPrice;
  declare private readonly buys: AuctionFills;
  declare private readonly sells: AuctionFills;

  constructor(parts: CallParts) {
    const { bids, asks, memory } = parts;
    this.rules = parts.rules;
    this.memory = memory;
    this.live = parts.live;
    this.bids = bids;
    this.asks = asks;
    this.matcher = parts.matcher;
    this.out = parts.out;
    this.deltas = parts.deltas;
    this.clearing = new ClearingPrice(bids, asks, memory);
    this.buys = new AuctionFills(bids, memory);
    this.sells = new AuctionFills(asks, memory);
  }

  /** Whether a phase takes new orders and changes of orders. @returns `Reason.none`, or why it does not */
  get refusal(): number {
    if (this.phase === Phase.halted) return Reason.halted;
    return this.phase === Phase.closed ? Reason.marketClosed : Reason.none;
  }

  /** What the call would come to if it ended now. The object is the same each time. */
  indication(): Clearing {
    if (!this.isOpen) return NOTHING;
    this.clearing.find(this.matcher.referenceTicks());
    return this.clearing;
  }

  /** Lets an order, which is in no queue, wait for the end of the call. */
  hold(order: number): void {
    this.live.hold(order);
    const flags = this.memory.words[order | Order.flags];
    ((flags & FlagBits.side) === Side.buy ? this.bids : this.asks).hold(order);
  }

  /** Enters a phase; a call ends by that, unless trading is only halted. A halted call goes on when it is opened again. */
  enter(phase: TradingPhase, { reason, untilNs }: { readonly reason: number; readonly untilNs: number }): void {
    const previous = this.phase;
    const goesOn = phase === Phase.halted || (previous === Phase.halted && phase === Phase.auction);
    const ends = this.isOpen && !goesOn;
    const opens = !this.isOpen && phase === Phase.auction;
    const result = ends ? this.indication() : NOTHING;
    const { priceTicks, volumeLots, surplusLots } = result;
    if (ends) this.auctions++;
    this.phase = phase;
    this.isOpen = phase === Phase.auction || (this.isOpen && !ends);
    const { auctions } = this;
    this.change = { phase, previous, priceTicks, volumeLots, surplusLots, untilNs, reason, auctions };
    this.out.phaseChanged(this.change);
    if (ends) {
      if (volumeLots > 0) this.trade(priceTicks, volumeLots);
      this.release();
    }
    if (opens) for (const side of [this.bids, this.asks]) this.bar(side);
    this.deltas?.writeEvent(RecordKind.phaseEntered, 0, phase, 0, -1);
  }

  /** Cancels the orders of a side that cannot take part in a call. */
  private bar(side: BookSide): void {
    const { words } = this.memory;
    const barred: number[] = [];
    for (const order of side.orders()) {
      if ((words[order | Order.flags] & FlagBits.reduceOnly) !== 0) barred.push(order);
    }
    for (const order of barred) {
      side.takeOut(order);
      this.out.order(RecordKind.orderCanceled, order, words[order | Order.leavesLots], 0, Reason.notInAuction);
      this.live.forget(order);
    }
  }

  /** Pairs the buys with the sells, each in order of execution. */
  private trade(priceTicks: number, volumeLots: number): void {
    const { buys, sells } = this;
    const allocation = this.rules.allocation ?? "time";
    buys.collect(volumeLots, allocation, this.auctions);
    sells.collect(volumeLots, allocation, this.auctions);
    this.matcher.lastPriceTicks = priceTicks;
    let buyLeft = buys.lots[0];
    let sellLeft = sells.lots[0];
    for (let buy = 0, sell = 0; buy < buys.count;) {
      const lots = Math.min(buyLeft, sellLeft);
      this.tradePair(buys.orders[buy], sells.orders[sell], priceTicks, lots);
      buyLeft -= lots;
      sellLeft -= lots;
      if (buyLeft === 0) {
        this.finish(this.bids, buys.orders[buy], buys.lots[buy]);
        buyLeft = buys.lots[++buy];
      }
      if (sellLeft === 0) {
        this.finish(this.asks, sells.orders[sell], sells.lots[sell]);
        sellLeft = sells.lots[++sell];
      }
    }
  }

  private tradePair(buy: number, sell: number, priceTicks: number, lots: number): void {
    const { words } = this.memory;
    const { owners } = this.live;
    words[buy | Order.leavesLots] -= lots;
    words[buy | Order.filledLots] += lots;
    words[sell | Order.leavesLots] -= lots;
    words[sell | Order.filledLots] += lots;
    owners.move(words[buy | Order.owner], lots);
    owners.move(words[sell | Order.owner], -lots);
    const tradeId = this.out.auctionTrade(buy, sell, priceTicks, lots);
    this.deltas?.writeEvent(RecordKind.auctionExecuted, priceTicks, 0, lots, tradeId);
  }

  /** All that an order trades at the end of the call is traded. */
  private finish(side: BookSide, order: number, lots: number): void {
    side.fill(order, lots);
    if (this.memory.words[order | Order.leavesLots] === 0) this.live.forget(order);
  }

  /** Shows what is left of the call's orders at the end of their queues; those that do not rest are canceled. */
  private release(): void {
    const { live } = this;
    for (let order = live.held.first; order !== 0; order = live.held.first) {
      const words = this.memory.words;
      const flags = words[order | Order.flags];
      const side = (flags & FlagBits.side) === Side.buy ? this.bids : this.asks;
      if (timeInForceOf(flags) === TimeInForce.IOC) {
        side.takeOut(order);
        this.out.order(RecordKind.orderCanceled, order, words[order | Order.leavesLots], 0, Reason.auctionRemainder);
        live.forget(order);
        continue;
      }
      const isHidden = (flags & FlagBits.hidden) !== 0;
      if (!isHidden) side.takeOut(order);
      live.unhold(order);
      if (!isHidden) side.rest(order);
    }
  }
}
