import type { BookRules } from "../market/order-book.ts";
import {
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  orderTypeOf,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
} from "../model/order-flags.ts";
import { Reason } from "../model/reason.ts";
import { Side } from "../model/side.ts";
import { priceBand } from "./naive-checks.ts";
import type { NaiveOrder } from "./naive-order.ts";
import { isHidden, isReduceOnly, reaches, reducibleLots } from "./naive-order.ts";
import type { NaiveQueues } from "./naive-queues.ts";
import type { NaiveReports } from "./naive-reports.ts";

/** What happens when an order comes in: section "execution" of docs/matching.md. */
export class NaiveMatching {
  lastPriceTicks = 0;
  tradeCount = 0;
  readonly positions = new Map<number, number>();
  readonly rules: BookRules;
  readonly #queues: NaiveQueues;
  readonly #reports: NaiveReports;

  constructor(rules: BookRules, queues: NaiveQueues, reports: NaiveReports) {
    this.rules = rules;
    this.#queues = queues;
    this.#reports = reports;
  }

  /** Trades an incoming order, and lets what is left of it rest or go, as its type and time in force say. */
  execute(taker: NaiveOrder): void {
    const side = sideOf(taker.flags);
    const timeInForce = timeInForceOf(taker.flags);
    if (isReduceOnly(taker)) this.#capToPosition(taker);
    if (taker.leavesLots === 0) return;

    const limitTicks = this.#effectiveLimit(taker);
    if (timeInForce === TimeInForce.FOK && !this.#isFillable(taker, limitTicks)) {
      this.#reports.canceled(taker, taker.leavesLots, Reason.fokNotFillable);
      return;
    }
    const opposite = this.#queues.resting[1 - side];
    const tradesBefore = this.tradeCount;
    while (taker.leavesLots > 0 && opposite.length > 0 && reaches(side, limitTicks, opposite[0].priceTicks)) {
      this.#meet(taker, opposite[0]);
    }
    if (taker.leavesLots === 0) return;

    if (orderTypeOf(taker.flags) === OrderType.market) {
      const traded = this.tradeCount > tradesBefore;
      this.#reports.canceled(taker, taker.leavesLots, traded ? Reason.marketRemainder : Reason.noLiquidity);
    } else if (timeInForce === TimeInForce.IOC || timeInForce === TimeInForce.FOK) {
      this.#reports.canceled(taker, taker.leavesLots, Reason.iocRemainder);
    } else {
      this.#queues.rest(taker);
    }
  }

  /** How much of a reduce-only order would reduce its owner's position. */
  reducibleLots(order: NaiveOrder): number {
    return reducibleLots(sideOf(order.flags), this.positions.get(order.owner) ?? 0);
  }

  #capToPosition(taker: NaiveOrder): void {
    const excessLots = taker.leavesLots - this.reducibleLots(taker);
    if (excessLots > 0) this.#reports.canceled(taker, excessLots, Reason.reduceOnlyWouldIncrease);
  }

  #effectiveLimit(taker: NaiveOrder): number {
    return orderTypeOf(taker.flags) === OrderType.limit ? taker.priceTicks : this.marketLimit(taker.flags);
  }

  /** The price beyond which no market order trades now. */
  marketLimit(flags: number): number {
    const { low, high } = priceBand(this);
    const { priceTicksMin, priceTicksMax } = this.rules;
    return sideOf(flags) === Side.buy ? Math.min(high, priceTicksMax) : Math.max(low, priceTicksMin);
  }

  #isFillable(taker: NaiveOrder, limitTicks: number): boolean {
    const side = sideOf(taker.flags);
    let missingLots = taker.leavesLots;
    for (const maker of this.#queues.resting[1 - side]) {
      if (missingLots <= 0 || !reaches(side, limitTicks, maker.priceTicks)) break;
      if (this.#preventsSelfTrade(taker, maker)) {
        if (selfTradePreventionOf(taker.flags) !== SelfTradePrevention.cancelMaker) break;
      } else if (!isReduceOnly(maker)) {
        missingLots -= maker.leavesLots;
      }
    }
    return missingLots <= 0;
  }

  /** One step of the matching loop: the incoming order and the first of the other side. */
  #meet(taker: NaiveOrder, maker: NaiveOrder): void {
    if (this.#preventsSelfTrade(taker, maker)) {
      this.#preventSelfTrade(taker, maker);
    } else if (isReduceOnly(maker) && this.reducibleLots(maker) === 0) {
      this.#queues.takeOut(maker);
      this.#reports.canceled(maker, maker.leavesLots, Reason.reduceOnlyWouldIncrease);
    } else {
      this.#trade(taker, maker);
    }
  }

  #preventSelfTrade(taker: NaiveOrder, maker: NaiveOrder): void {
    const mode = selfTradePreventionOf(taker.flags);
    if (mode === SelfTradePrevention.decrement) {
      const overlapLots = Math.min(taker.leavesLots, maker.leavesLots);
      if (overlapLots === maker.leavesLots) this.#queues.takeOut(maker);
      this.#reports.canceled(maker, overlapLots, Reason.selfTradeDecrement);
      this.#queues.shrink(maker);
      this.#reports.canceled(taker, overlapLots, Reason.selfTradeDecrement);
      return;
    }
    if (mode === SelfTradePrevention.cancelMaker || mode === SelfTradePrevention.cancelBoth) {
      this.#queues.takeOut(maker);
      this.#reports.canceled(maker, maker.leavesLots, Reason.selfTradeMaker);
    }
    if (mode === SelfTradePrevention.cancelTaker || mode === SelfTradePrevention.cancelBoth) {
      this.#reports.canceled(taker, taker.leavesLots, Reason.selfTradeTaker);
    }
  }

  /** The last trade's price, or the instrument's reference before the first; 0 where there is neither. */
  referenceTicks(): number {
    return this.lastPriceTicks || this.rules.referencePriceTicks;
  }

  tradeInAuction(buy: NaiveOrder, sell: NaiveOrder, match: { priceTicks: number; qtyLots: number }): void {
    const trade = { ...match, tradeId: this.#book(buy, sell, match.qtyLots) };
    this.#reports.auctionTrade(buy, sell, trade);
    this.#queues.executeInAuction(trade);
  }

  #trade(taker: NaiveOrder, maker: NaiveOrder): void {
    const { priceTicks } = maker;
    const offeredLots = isHidden(maker) ? maker.leavesLots : maker.visibleLots;
    const allowedLots = isReduceOnly(maker) ? this.reducibleLots(maker) : offeredLots;
    const qtyLots = Math.min(taker.leavesLots, offeredLots, allowedLots);
    this.lastPriceTicks = priceTicks;
    const tradeId = this.#book(taker, maker, qtyLots);
    this.#reports.trade(taker, maker, { priceTicks, qtyLots, tradeId });
    this.#queues.execute(maker, { qtyLots, tradeId });
  }

  /** What a trade does to its two orders and their owners. @returns its id */
  #book(taker: NaiveOrder, maker: NaiveOrder, qtyLots: number): number {
    for (const order of [taker, maker]) {
      order.leavesLots -= qtyLots;
      order.filledLots += qtyLots;
      const boughtLots = sideOf(order.flags) === Side.buy ? qtyLots : -qtyLots;
      this.positions.set(order.owner, (this.positions.get(order.owner) ?? 0) + boughtLots);
    }
    return this.tradeCount++;
  }

  #preventsSelfTrade(taker: NaiveOrder, maker: NaiveOrder): boolean {
    if (selfTradePreventionOf(taker.flags) === SelfTradePrevention.none) return false;
    const { groups } = this.rules;
    const group = groups?.of(taker.owner) ?? 0;
    return taker.owner === maker.owner || (group !== 0 && group === groups?.of(maker.owner));
  }
}
