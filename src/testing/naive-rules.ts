import type { RuleOptions } from "../market/rules/registry.ts";
import type { FastBook } from "../market/fast-book.ts";
import { OrderType, orderTypeOf, sideOf } from "../model/order-flags.ts";
import type { ReasonName } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { ReportWord, TradeWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import type { BookStep } from "./book-steps.ts";

type OrderStep = Extract<BookStep, { readonly do: "submit" | "replace" }>;

/**
 * The gates of one instrument, each as its rule is told: they look everything up in the book and in lists of all that
 * has happened, and keep no sums. Owners are never throttled here.
 */
export class NaiveRules {
  readonly #options: Required<
    Pick<RuleOptions, "rateLimit" | "orderLimits" | "fatFinger" | "priceCollar" | "positionLimit">
  >;
  readonly #book: FastBook;
  readonly #tickLotUnits: number;
  readonly #referenceTicks: number;
  /** Orders that the rate let pass, by owner: when. */
  readonly #sent = new Map<number, number[]>();
  readonly #acceptedLots: number[] = [];
  #lastTrade: { readonly priceTicks: number; readonly atNs: number } | undefined;

  constructor(
    options: Required<Pick<RuleOptions, "rateLimit" | "orderLimits" | "fatFinger" | "priceCollar" | "positionLimit">>,
    site: { readonly book: FastBook; readonly tickLotUnits: number; readonly referenceTicks: number },
  ) {
    this.#options = options;
    this.#book = site.book;
    this.#tickLotUnits = site.tickLotUnits;
    this.#referenceTicks = site.referenceTicks;
  }

  /** Why the gates must refuse a step; none where it must pass. */
  expect(step: OrderStep, nowNs: number): ReasonName {
    if (!this.#isInRate(step.owner, nowNs)) return "rateLimited";
    const { orderLimits, fatFinger, priceCollar, positionLimit } = this.#options;
    const replaced = this.#live(nowNs).find(({ owner, orderId }) => owner === step.owner && orderId === step.orderId);
    const flags = step.do === "submit" ? step.flags : replaced?.flags;
    const isPriced = step.do === "replace" || hasPrice(orderTypeOf(step.flags));
    const price = isPriced ? step.priceTicks : this.#lastTrade?.priceTicks || this.#referenceTicks;
    if (orderLimits !== undefined && step.qtyLots > orderLimits.qtyLotsMax) return "orderTooLarge";
    if (
      orderLimits !== undefined &&
      BigInt(price) * BigInt(step.qtyLots) * BigInt(this.#tickLotUnits) > BigInt(orderLimits.notionalUnitsMax)
    )
      return "notionalLimit";
    if (fatFinger !== undefined && this.#acceptedLots.length >= fatFinger.orders) {
      const recent = this.#acceptedLots.slice(-fatFinger.orders);
      const average = recent.reduce((sum, lots) => sum + lots, 0) / recent.length;
      if (step.qtyLots > fatFinger.timesAverage * average) return "fatFinger";
    }
    if (priceCollar !== undefined && flags !== undefined && hasPrice(orderTypeOf(flags))) {
      const reference = this.#reference(nowNs, priceCollar.maxAgeNs);
      const sign = sideOf(flags) === Side.buy ? 1 : -1;
      const most = (reference * priceCollar.millionths) / 1_000_000;
      if (reference !== 0 && sign * (step.priceTicks - reference) > most) return "priceCollar";
    }
    if (positionLimit === undefined || flags === undefined) return "none";
    return this.#isInPosition(step, { flags, nowNs, lotsMax: positionLimit.lotsMax }) ? "none" : "positionLimit";
  }

  /** Takes a report of the instrument. */
  take(words: Int32Array, at: number, nowNs: number): void {
    if (words[at] === RecordKind.trade) this.#lastTrade = { priceTicks: words[at + TradeWord.priceTicks], atNs: nowNs };
    else if (words[at] === RecordKind.orderAccepted) this.#acceptedLots.push(words[at + ReportWord.qtyLots]);
  }

  /** A bucket holds out if in no span of time more was sent than its burst, and what came into it meanwhile. */
  #isInRate(owner: number, nowNs: number): boolean {
    const { rateLimit } = this.#options;
    if (rateLimit === undefined) return true;
    const sent = this.#sent.get(owner) ?? [];
    const second = 1_000_000_000n;
    const fits = [...sent, nowNs].every((fromNs, place) => {
      const orders = BigInt(sent.length + 1 - place);
      const filled = BigInt(rateLimit.burst) * second + BigInt(nowNs - fromNs) * BigInt(rateLimit.perSecond);
      return orders * second <= filled;
    });
    if (fits) this.#sent.set(owner, [...sent, nowNs]);
    return fits;
  }

  #reference(nowNs: number, maxAgeNs: number): number {
    if (this.#lastTrade !== undefined && nowNs - this.#lastTrade.atNs <= maxAgeNs) return this.#lastTrade.priceTicks;
    const bid = this.#book.bestPriceTicks(Side.buy);
    const ask = this.#book.bestPriceTicks(Side.sell);
    if (bid !== 0 && ask !== 0) return (bid + ask) / 2;
    return this.#lastTrade === undefined ? this.#referenceTicks : 0;
  }

  #isInPosition(
    step: OrderStep,
    { flags, nowNs, lotsMax }: { readonly flags: number; readonly nowNs: number; readonly lotsMax: number },
  ): boolean {
    const side = sideOf(flags);
    const position = this.#book.position(step.owner) * (side === Side.buy ? 1 : -1);
    const working = this.#live(nowNs)
      .filter((order) => order.owner === step.owner && sideOf(order.flags) === side)
      // The order that is replaced stands there as it will.
      .map((order) => {
        const isReplaced = step.do === "replace" && order.orderId === step.orderId;
        return isReplaced ? Math.max(order.leavesLots, step.qtyLots - order.filledLots) : order.leavesLots;
      });
    const isLess = step.do === "replace" && this.#isSmaller(step);
    let lots = step.do === "replace" ? 0 : step.qtyLots;
    if (step.do === "submit" && (flags & REDUCE_ONLY_BIT) !== 0) lots = Math.min(lots, Math.max(0, -position));
    return isLess || working.reduce((sum, leaves) => sum + leaves, position) + lots <= lotsMax;
  }

  #isSmaller(step: OrderStep): boolean {
    const order = this.#book.find(step.owner, step.orderId);
    return order === undefined || step.qtyLots - order.filledLots <= order.leavesLots;
  }

  #live(nowNs: number): ReturnType<FastBook["orders"]> {
    return this.#book.orders().filter(({ expireTimeNs }) => expireTimeNs === 0 || expireTimeNs > nowNs);
  }
}

const REDUCE_ONLY_BIT = 0x100;

function hasPrice(type: number): boolean {
  return type === OrderType.limit || type === OrderType.stopLimit;
}
