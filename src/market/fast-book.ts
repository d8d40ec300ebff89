import { assert } from "../core/assert.ts";
import { RecordRing } from "../core/record-ring.ts";
import { INT32_MAX } from "../core/units.ts";
import { CommandWord } from "../model/command.ts";
import { Reason } from "../model/reason.ts";
import { SetPhaseWord, TradingPhase } from "../model/phase.ts";
import { RecordKind } from "../model/record.ts";
import { Side } from "../model/side.ts";
import type { AdmitTriggered, BookRules, OrderBook, OrderView } from "./order-book.ts";
import { Admission } from "./book/admission.ts";
import { BookMemory } from "./book/book-memory.ts";
import { BookSide } from "./book/book-side.ts";
import { Call } from "./book/call.ts";
import { CallEntry } from "./book/call-entry.ts";
import type { Clearing } from "./book/clearing-price.ts";
import { DeltaWriter } from "./book/delta-writer.ts";
import { LiveOrders } from "./book/live-orders.ts";
import { Matcher } from "./book/matcher.ts";
import { OrderEntry } from "./book/order-entry.ts";
import { emptyView, fillView, listOrders, viewOrder } from "./book/order-views.ts";
import type { PhaseChange } from "./book/report-writer.ts";
import { ReportWriter } from "./book/report-writer.ts";
import { ShortWay } from "./book/short-way.ts";
import { TriggerQueue } from "./book/trigger-queue.ts";

// Local copies: V8 folds constants of its own module into the code, but reads imported ones anew at each use.
const Command = { ...CommandWord };
const Kind = { ...RecordKind };
const Why = { ...Reason };
const PHASES = Object.values(TradingPhase);

/** Orders that a book takes at once unless its rules say otherwise. */
export const ORDERS_MAX_DEFAULT = 1 << 22;

/**
 * The order book on typed arrays: no allocation per command once its arrays have grown to what the market needs.
 * Adding, canceling and each match cost O(1).
 */
export class FastBook implements OrderBook {
  declare readonly rules: BookRules;
  declare readonly reports: RecordRing;
  declare readonly deltas: RecordRing;

  private readonly memory = new BookMemory();
  private readonly live = new LiveOrders(this.memory);
  private readonly buyStops = new TriggerQueue(Side.buy, this.memory);
  private readonly sellStops = new TriggerQueue(Side.sell, this.memory);
  declare private readonly out: ReportWriter;
  declare private readonly bids: BookSide;
  declare private readonly asks: BookSide;
  declare private readonly matcher: Matcher;
  declare private readonly entry: OrderEntry;
  declare private readonly short: ShortWay;
  declare private readonly call: Call;
  declare private readonly callEntry: CallEntry;
  private readonly view = emptyView();

  /** @param rings where reports and deltas go; several books may share them */
  constructor(rules: BookRules, rings: { reports?: RecordRing; deltas?: RecordRing } = {}) {
    assert(rules.priceTicksMin >= 1 && rules.priceTicksMax < INT32_MAX, "prices are in [1, 2^31 - 2] ticks");
    assert(rules.qtyLotsMin >= 1 && rules.qtyLotsMax <= INT32_MAX, "quantities are in [1, 2^31 - 1] lots");
    this.rules = rules;
    this.reports = rings.reports ?? new RecordRing();
    this.deltas = rings.deltas ?? new RecordRing();
    const ordersMax = rules.ordersMax ?? ORDERS_MAX_DEFAULT;
    const publishes = (rules.publishes ?? "every change") === "every change";
    const deltas = publishes ? new DeltaWriter(this.deltas, this.memory, rules.instrument) : undefined;
    this.out = new ReportWriter(this.reports, this.memory, rules.instrument);
    this.bids = new BookSide(Side.buy, this.memory, deltas);
    this.asks = new BookSide(Side.sell, this.memory, deltas);
    const parts = {
      rules,
      ordersMax,
      admission: new Admission(rules),
      memory: this.memory,
      live: this.live,
      bids: this.bids,
      asks: this.asks,
      buyStops: this.buyStops,
      sellStops: this.sellStops,
      out: this.out,
      reports: this.reports,
      deltas,
    };
    this.matcher = new Matcher(parts);
    this.call = new Call({ ...parts, matcher: this.matcher });
    const called = { ...parts, matcher: this.matcher, call: this.call };
    this.callEntry = new CallEntry(called);
    this.entry = new OrderEntry({ ...called, callEntry: this.callEntry });
    this.short = new ShortWay({ ...parts, matcher: this.matcher });
  }

  get admitTriggered(): AdmitTriggered | undefined {
    return this.entry.admitTriggered;
  }

  set admitTriggered(admit: AdmitTriggered | undefined) {
    this.entry.admitTriggered = admit;
  }

  /** Live orders, stops included. */
  get orderCount(): number {
    return this.live.count;
  }

  get lastPriceTicks(): number {
    return this.matcher.lastPriceTicks;
  }

  get tradeCount(): number {
    return this.out.trades;
  }

  get nextExpiryNs(): number {
    return this.live.expiries.nextNs;
  }

  apply(words: Int32Array, doubles: Float64Array, at: number, nowNs: number): void {
    if (this.live.expiries.nextNs <= nowNs) this.entry.expire(nowNs);
    switch (words[at]) {
      case Kind.submitOrder:
        if (!this.short.rest(words, at)) this.submit(words, doubles, at, nowNs);
        return;
      case Kind.cancelOrder:
        if (!this.short.cancel(words, at)) this.entry.cancel(words, at);
        return;
      case Kind.replaceOrder:
        this.entry.replace(words, at);
        return;
      case Kind.cancelAllOrders:
        this.entry.cancelOwner(words[at | Command.owner], Why.canceledByOwner);
        return;
      case Kind.massCancel:
        this.entry.cancelOwner(words[at | Command.owner], Why.canceledByVenue);
        return;
      case Kind.disconnect:
        this.entry.cancelOwner(words[at | Command.owner], Why.canceledOnDisconnect);
        return;
      case Kind.setPhase:
        this.setPhase(words, doubles, at);
        return;
      default:
        assert(false, () => `no command has kind ${words[at]}`);
    }
  }

  get phase(): TradingPhase {
    return this.call.phase;
  }

  get phaseChange(): PhaseChange {
    return this.call.change;
  }

  /** Why the phase takes no new orders and no changes of orders; `Reason.none` where it does. */
  get refusal(): number {
    return this.call.refusal;
  }

  /** The worst price at which a market order of these flags may trade now. */
  marketLimit(flags: number): number {
    return this.matcher.marketLimit(flags);
  }

  /** Lets the price band lie around this price instead of the last trade's; 0 for the last trade's again. */
  setBandReference(priceTicks: number): void {
    this.matcher.bandReferenceTicks = priceTicks;
  }

  indication(): Clearing {
    return this.call.indication();
  }

  expire(nowNs: number): void {
    this.entry.expire(nowNs);
  }

  /** Cancels the live orders of an owner, oldest first, each with that reason. */
  cancelOrders(owner: number, reason: number): void {
    this.entry.cancelOwner(owner, reason);
  }

  setPosition(owner: number, lots: number): void {
    this.live.owners.setPosition(owner, lots);
  }

  position(owner: number): number {
    return this.live.owners.position(owner);
  }

  bestPriceTicks(side: Side): number {
    const book = this.side(side);
    return book.visiblePriceFrom(book.ladder.bestKey);
  }

  nextPriceTicks(side: Side, priceTicks: number): number {
    const book = this.side(side);
    return book.visiblePriceFrom(book.ladder.nextKey(book.keyOf(priceTicks)));
  }

  levelLots(side: Side, priceTicks: number): number {
    const book = this.side(side);
    return book.visibleLotsAt(priceTicks);
  }

  levelOrders(side: Side, priceTicks: number): number {
    const book = this.side(side);
    return book.visibleOrdersAt(priceTicks);
  }

  find(owner: number, orderId: number): OrderView | undefined {
    const order = this.live.owners.find(owner, orderId);
    return order === 0 ? undefined : viewOrder(this.memory, order);
  }

  /** Like `find`, but the same object at each call: it is valid until the next one. */
  peek(owner: number, orderId: number): OrderView | undefined {
    const order = this.live.owners.find(owner, orderId);
    return order === 0 ? undefined : fillView(this.memory, order, this.view);
  }

  /** What a market order would pay at the most, in tick-lots: the walk through the orders that it would meet. */
  costOfMarketOrder(owner: number, flags: number, qtyLots: number): number {
    return this.matcher.costOf(owner, flags, qtyLots);
  }

  orders(): OrderView[] {
    return listOrders(this.memory, [this.bids.ladder, this.asks.ladder, this.buyStops.ladder, this.sellStops.ladder]);
  }

  private submit(words: Int32Array, doubles: Float64Array, at: number, nowNs: number): void {
    if (this.call.phase === TradingPhase.continuous) this.entry.submit(words, doubles, at, nowNs);
    else this.callEntry.submit(words, doubles, at, nowNs);
  }

  private setPhase(words: Int32Array, doubles: Float64Array, at: number): void {
    const phase = PHASES[words[at | SetPhaseWord.phase]];
    assert(phase !== undefined, () => `no phase has the number ${words[at | SetPhaseWord.phase]}`);
    const untilNs = doubles[(at | SetPhaseWord.untilNs) >> 1];
    this.call.enter(phase, { reason: words[at | SetPhaseWord.reason], untilNs });
    const isContinuous = phase === TradingPhase.continuous;
    this.short.ordersMax = isContinuous ? (this.rules.ordersMax ?? ORDERS_MAX_DEFAULT) : 0;
    // What a call's price has set off runs in the phase behind it: it trades at once, or takes part in the next call.
    if (isContinuous || phase === TradingPhase.auction) this.entry.runStops();
  }

  private side(side: Side): BookSide {
    return side === Side.buy ? this.bids : this.asks;
  }
}
