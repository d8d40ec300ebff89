import { INT32_MAX } from "../../core/units.ts";
import {
  FlagBits,
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  orderTypeOf,
  selfTradePreventionOf,
  timeInForceOf,
} from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { BookRules } from "../order-book.ts";
import type { BookSide } from "./book-side.ts";
import type { BookMemory } from "./book-memory.ts";
import { LevelWord, OrderWord, visibleLotsOf } from "./book-memory.ts";
import { bandTicks } from "./admission.ts";
import type { LiveOrders } from "./live-orders.ts";
import type { OwnerTable } from "./owner-table.ts";
import { NO_KEY } from "./price-ladder.ts";
import type { ReportWriter } from "./report-writer.ts";

const Order = { ...OrderWord };
const Level = { ...LevelWord };
const Flag = { ...FlagBits };
const Prevention = { ...SelfTradePrevention };
const NONE = NO_KEY;

export interface MatcherParts {
  readonly rules: BookRules;
  readonly memory: BookMemory;
  readonly live: LiveOrders;
  readonly out: ReportWriter;
  readonly bids: BookSide;
  readonly asks: BookSide;
}

/** Lets an incoming order trade with the other side, by price, then visible before hidden, then time. */
export class Matcher {
  /** Price of the last trade; 0 before the first. */
  lastPriceTicks = 0;
  /** The price around which the band lies, where it is not the last trade's; 0 where it is. */
  bandReferenceTicks = 0;
  /** The band's edges, and the price for which they were computed: it changes less often than orders are looked at. */
  private bandedTicks = 0;
  private bandLowTicks = -INT32_MAX;
  private bandHighTicks = INT32_MAX;
  declare private readonly rules: BookRules;
  declare private readonly memory: BookMemory;
  declare private readonly live: LiveOrders;
  declare private readonly owners: OwnerTable;
  declare private readonly out: ReportWriter;
  declare private readonly bids: BookSide;
  declare private readonly asks: BookSide;

  constructor(parts: MatcherParts) {
    this.rules = parts.rules;
    this.memory = parts.memory;
    this.live = parts.live;
    this.owners = parts.live.owners;
    this.out = parts.out;
    this.bids = parts.bids;
    this.asks = parts.asks;
  }

  /** Whether a limit price is further from the reference price than the band allows. */
  isOutsideBand(priceTicks: number): boolean {
    if (this.rules.bandMillionths === 0) return false;
    const reference = this.bandReferenceTicks || this.referenceTicks();
    if (reference !== this.bandedTicks) this.moveBand(reference);
    return priceTicks < this.bandLowTicks || priceTicks > this.bandHighTicks;
  }

  private moveBand(referenceTicks: number): void {
    const band = bandTicks(this.rules, referenceTicks);
    this.bandedTicks = referenceTicks;
    this.bandLowTicks = referenceTicks - band;
    this.bandHighTicks = Math.min(INT32_MAX, referenceTicks + band);
  }

  /** Lots by which a reduce-only order of these flags may still reduce its owner's position. */
  reducible(flags: number, owner: number): number {
    const position = this.owners.position(owner);
    return Math.max(0, (flags & Flag.side) === Side.buy ? -position : position);
  }

  /**
   * Executes an order that is in no queue. Everything that happens to it is reported here, but its resting.
   * @returns true when something is left that shall rest
   */
  execute(taker: number): boolean {
    const words = this.memory.words;
    const flags = words[taker | Order.flags];
    const opposite = (flags & Flag.side) === Side.buy ? this.asks : this.bids;
    const isLimit = orderTypeOf(flags) === OrderType.limit;
    if ((flags & Flag.reduceOnly) !== 0) this.capToPosition(taker, flags);
    const limitKey = opposite.keyOf(isLimit ? words[taker | Order.priceTicks] : this.marketLimit(flags));
    const timeInForce = timeInForceOf(flags);
    const tradesBefore = this.out.trades;
    if (timeInForce === TimeInForce.FOK && !this.isFillable(taker, opposite, limitKey)) {
      this.cancelRest(taker, Reason.fokNotFillable);
      return false;
    }
    if (opposite.ladder.bestKey <= limitKey && opposite.ladder.bestKey !== NONE)
      this.match(taker, flags, opposite, limitKey);
    if (words[taker | Order.leavesLots] === 0) return false;
    if (!isLimit) {
      this.cancelRest(taker, this.out.trades === tradesBefore ? Reason.noLiquidity : Reason.marketRemainder);
      return false;
    }
    if (timeInForce === TimeInForce.IOC || timeInForce === TimeInForce.FOK) {
      this.cancelRest(taker, Reason.iocRemainder);
      return false;
    }
    return true;
  }

  private match(taker: number, flags: number, opposite: BookSide, limitKey: number): void {
    const words = this.memory.words;
    const owner = words[taker | Order.owner];
    const prevention = selfTradePreventionOf(flags);
    const ladder = opposite.ladder;
    while (words[taker | Order.leavesLots] > 0 && ladder.bestKey <= limitKey && ladder.bestKey !== NONE) {
      const maker = opposite.firstOrder();
      const makerFlags = words[maker | Order.flags];
      if (prevention !== Prevention.none && this.areOne(words[maker | Order.owner], owner)) {
        this.preventSelfTrade(taker, maker, opposite, prevention);
        continue;
      }
      let qty = words[taker | Order.leavesLots];
      const shown = (makerFlags & Flag.hidden) === 0 ? visibleLotsOf(words, maker) : words[maker | Order.leavesLots];
      if (shown < qty) qty = shown;
      if ((makerFlags & Flag.reduceOnly) !== 0) {
        qty = Math.min(qty, this.reducible(makerFlags, words[maker | Order.owner]));
        if (qty === 0) {
          this.cancelMaker(maker, opposite, Reason.reduceOnlyWouldIncrease);
          continue;
        }
      }
      this.trade(taker, maker, opposite, qty);
    }
  }

  private trade(taker: number, maker: number, opposite: BookSide, qty: number): void {
    const words = this.memory.words;
    const price = words[maker | Order.priceTicks];
    const makerLeaves = words[maker | Order.leavesLots] - qty;
    words[taker | Order.leavesLots] -= qty;
    words[taker | Order.filledLots] += qty;
    words[maker | Order.leavesLots] = makerLeaves;
    words[maker | Order.filledLots] += qty;
    const bought = opposite.side === Side.sell ? qty : -qty;
    this.owners.move(words[taker | Order.owner], bought);
    this.owners.move(words[maker | Order.owner], -bought);
    this.lastPriceTicks = price;
    const tradeId = this.out.trade(taker, maker, price, qty);
    opposite.execute(maker, qty, tradeId);
    if (makerLeaves === 0) this.live.forget(maker);
  }

  /** Brings a reduce-only order down to its owner's position. */
  private capToPosition(taker: number, flags: number): void {
    const words = this.memory.words;
    const cap = this.reducible(flags, words[taker | Order.owner]);
    const excess = words[taker | Order.leavesLots] - cap;
    if (excess <= 0) return;
    words[taker | Order.leavesLots] = cap;
    this.out.order(RecordKind.orderCanceled, taker, excess, cap, Reason.reduceOnlyWouldIncrease);
  }

  private preventSelfTrade(taker: number, maker: number, opposite: BookSide, prevention: SelfTradePrevention): void {
    const words = this.memory.words;
    if (prevention === Prevention.cancelTaker) {
      this.cancelRest(taker, Reason.selfTradeTaker);
      return;
    }
    if (prevention !== Prevention.decrement) {
      this.cancelMaker(maker, opposite, Reason.selfTradeMaker);
      if (prevention === Prevention.cancelBoth) this.cancelRest(taker, Reason.selfTradeTaker);
      return;
    }
    const takerLeaves = words[taker | Order.leavesLots];
    const makerLeaves = words[maker | Order.leavesLots];
    const overlap = Math.min(takerLeaves, makerLeaves);
    if (overlap === makerLeaves) {
      this.cancelMaker(maker, opposite, Reason.selfTradeDecrement);
    } else {
      opposite.reduce(maker, makerLeaves - overlap);
      this.out.order(RecordKind.orderCanceled, maker, overlap, makerLeaves - overlap, Reason.selfTradeDecrement);
    }
    words[taker | Order.leavesLots] = takerLeaves - overlap;
    this.out.order(RecordKind.orderCanceled, taker, overlap, takerLeaves - overlap, Reason.selfTradeDecrement);
  }

  private cancelMaker(maker: number, opposite: BookSide, reason: number): void {
    const leaves = this.memory.words[maker | Order.leavesLots];
    opposite.takeOut(maker);
    this.out.order(RecordKind.orderCanceled, maker, leaves, 0, reason);
    this.live.forget(maker);
  }

  /** Cancels all that is left of the incoming order. */
  private cancelRest(taker: number, reason: number): void {
    const words = this.memory.words;
    const leaves = words[taker | Order.leavesLots];
    words[taker | Order.leavesLots] = 0;
    this.out.order(RecordKind.orderCanceled, taker, leaves, 0, reason);
  }

  /** Whether a fill-or-kill order finds all of its quantity. Reduce-only makers do not count. */
  private isFillable(taker: number, opposite: BookSide, limitKey: number): boolean {
    const words = this.memory.words;
    const owner = words[taker | Order.owner];
    const prevention = selfTradePreventionOf(words[taker | Order.flags]);
    let missing = words[taker | Order.leavesLots];
    const ladder = opposite.ladder;
    for (let key = ladder.bestKey; key <= limitKey && key !== NONE; key = ladder.nextKey(key)) {
      const level = ladder.find(key);
      for (let queue = level; queue !== 0; queue = queue === level ? words[level | Level.hidden] : 0) {
        for (let node = words[queue]; node !== queue; node = words[node]) {
          if (prevention !== Prevention.none && this.areOne(words[node | Order.owner], owner)) {
            if (prevention === Prevention.cancelMaker) continue;
            return false;
          }
          if ((words[node | Order.flags] & Flag.reduceOnly) !== 0) continue;
          missing -= words[node | Order.leavesLots];
          if (missing <= 0) return true;
        }
      }
    }
    return false;
  }

  /**
   * The most that a market order of `owner` could pay, in tick-lots, walking the orders that it would meet. Makers that
   * only reduce a position may or may not trade, so they count for what the others leave open, at the worst of their
   * prices. Without them, and where no self-trade is prevented, the bound is exact.
   */
  costOf(owner: number, flags: number, qtyLots: number): number {
    const words = this.memory.words;
    const opposite = (flags & Flag.side) === Side.buy ? this.asks : this.bids;
    const limitKey = opposite.keyOf(this.marketLimit(flags));
    const prevention = selfTradePreventionOf(flags);
    const ladder = opposite.ladder;
    let open = qtyLots;
    let bought = 0;
    let cost = 0;
    let unsure = 0;
    let unsurePrice = 0;
    for (let key = ladder.bestKey; open > 0 && key <= limitKey && key !== NONE; key = ladder.nextKey(key)) {
      const level = ladder.find(key);
      const price = opposite.keyOf(key);
      for (let queue = level; open > 0 && queue !== 0; queue = queue === level ? words[level | Level.hidden] : 0) {
        for (let order = words[queue]; open > 0 && order !== queue; order = words[order]) {
          const leaves = words[order | Order.leavesLots];
          if (prevention !== Prevention.none && this.areOne(words[order | Order.owner], owner)) {
            if (prevention === Prevention.cancelMaker) continue;
            open = prevention === Prevention.decrement ? open - Math.min(open, leaves) : 0;
          } else if ((words[order | Order.flags] & Flag.reduceOnly) !== 0) {
            unsure += leaves;
            unsurePrice = price;
          } else {
            const lots = Math.min(open, leaves);
            cost += price * lots;
            bought += lots;
            open -= lots;
          }
        }
      }
    }
    return cost + Math.min(qtyLots - bought, unsure) * unsurePrice;
  }

  /** Whether orders of the two must not trade with each other where self-trades are prevented. */
  private areOne(owner: number, other: number): boolean {
    return owner === other || this.rules.groups?.areOne(owner, other) === true;
  }

  /** The worst price at which a market order may trade: the band's edge, or the instrument's limit. */
  marketLimit(flags: number): number {
    const reference = this.bandReferenceTicks || this.referenceTicks();
    const band = bandTicks(this.rules, reference);
    if ((flags & Flag.side) === Side.buy) return Math.min(this.rules.priceTicksMax, reference + band);
    return Math.max(this.rules.priceTicksMin, reference - band);
  }

  /** The last trade's price, or the instrument's reference before the first; 0 where there is neither. */
  referenceTicks(): number {
    return this.lastPriceTicks > 0 ? this.lastPriceTicks : this.rules.referencePriceTicks;
  }
}
