import type { RecordRing } from "../core/record-ring.ts";
import type { Nanos, Units } from "../core/units.ts";
import { CommandWord } from "../model/command.ts";
import { PRICE_TICKS_MAX } from "../model/instrument.ts";
import type { Listed } from "../model/listing.ts";
import { FlagBits, OrderType } from "../model/order-flags.ts";
import { Reason } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { ReportWord } from "../model/report.ts";
import type { SetPhase } from "../model/phase.ts";
import { TradingPhase, writeSetPhase } from "../model/phase.ts";
import { Side } from "../model/side.ts";
import { PhasePlan } from "./auction/phase-plan.ts";
import type { Allocation } from "./book/auction-fills.ts";
import { Admission, checkNotional, isOutside } from "./book/admission.ts";
import { writeCharge, writeRefusal } from "./book/report-writer.ts";
import { FastBook, ORDERS_MAX_DEFAULT } from "./fast-book.ts";
import type { FeeSchedule } from "./fees.ts";
import { isPlain } from "./fees.ts";
import type { Ledger } from "./ledger.ts";
import { FEE_ACCOUNT } from "./ledger.ts";
import type { OrderView } from "./order-book.ts";
import { OrderBounds } from "./rules/order-bounds.ts";
import type { RuleSite } from "./rules/rule.ts";
import type { RuleChain } from "./rules/rule-chain.ts";
import type { OwnerGroups } from "./owner-groups.ts";
import { Settlement } from "./settlement.ts";
import { TradeFees } from "./trade-fees.ts";
import type { TradedVolume } from "./traded-volume.ts";

// Plain constants of this module: V8 folds them into the code, but reads imported ones anew at each use.
const { owner: OWNER, orderId: ORDER_ID, flags: FLAGS, priceTicks: PRICE_TICKS, qtyLots: QTY_LOTS } = CommandWord;
const { flags: REPORT_FLAGS, priceTicks: REPORT_PRICE_TICKS, qtyLots: REPORT_QTY_LOTS } = ReportWord;
const {
  submitOrder: SUBMIT,
  cancelOrder: CANCEL,
  replaceOrder: REPLACE,
  cancelAllOrders: CANCEL_ALL,
  orderAccepted: ACCEPTED,
  orderCanceled: CANCELED,
} = RecordKind;
const { side: SIDE, reduceOnly: REDUCE_ONLY, typeShift: TYPE_SHIFT, typeMask: TYPE_MASK } = FlagBits;
const { none: NONE } = Reason;
const { market: MARKET, stop: STOP } = OrderType;
const { buy: BUY } = Side;
/** A flags word without these bits is a limit order's that goes to the market as large as it is. */
const NOT_PLAIN = (TYPE_MASK << TYPE_SHIFT) | REDUCE_ONLY;

export interface FundedBookOptions {
  readonly listed: Listed;
  readonly ledger: Ledger;
  readonly fees: FeeSchedule;
  /** Who belongs together; those of a venue share it. */
  readonly groups: OwnerGroups;
  /** What commits are bound to: the venue's name, and those of owners by account. */
  readonly name: string;
  readonly ownerNames: readonly (string | undefined)[];
  /** Whether self-trade prevention takes a group for one owner. */
  readonly preventsWithinGroups?: boolean | undefined;
  /** What owners have traded in the quote asset, where fees depend on it. */
  readonly volume: TradedVolume;
  /** Where reports and deltas go; those of a venue share them. */
  readonly reports: RecordRing;
  readonly deltas: RecordRing;
  readonly sessionEndNs?: Nanos;
  /** What rules want of the book: how the margin of an auction is shared, and how wide the price band is. */
  readonly allocation?: Allocation;
  readonly bandMillionths?: number;
  readonly ordersMax?: number;
}

/**
 * One instrument of a venue: looks whether there are the funds for a command, has the book execute it, and books in the
 * ledger what came of it. Whose command it is and that it is meant for this instrument has been looked at before.
 */
export class FundedBook implements RuleSite {
  declare readonly book: FastBook;
  /** The venue's rules for this instrument; null where it has none. */
  chain: RuleChain | null = null;
  readonly bounds = new OrderBounds();
  readonly phases = new PhasePlan((phase, why, nowNs) => this.setPhase({ phase, ...why }, nowNs));
  /** Where its own commands are written. */
  private readonly words = new Int32Array(16);
  private readonly doubles = new Float64Array(this.words.buffer);
  declare readonly reports: RecordRing;
  declare readonly venueName: string;
  declare readonly ownerNames: readonly (string | undefined)[];
  declare readonly ledger: Ledger;
  declare readonly groups: OwnerGroups;
  declare readonly listed: Listed;
  declare private readonly settlement: Settlement;
  declare private readonly tradeFees: TradeFees | null;
  declare private readonly admission: Admission;

  constructor(options: FundedBookOptions) {
    const { listed, ledger, fees, reports } = options;
    this.reports = reports;
    this.ledger = ledger;
    this.listed = listed;
    this.groups = options.groups;
    this.venueName = options.name;
    this.ownerNames = options.ownerNames;
    this.tradeFees = isPlain(fees) ? null : new TradeFees(fees, options);
    this.settlement = new Settlement({ ring: reports, ledger, listed, fees, tradeFees: this.tradeFees });
    this.book = openBook(options);
    this.book.admitTriggered = (order) => this.admitTriggered(order);
    this.admission = new Admission(this.book.rules);
  }

  /** Executes and settles the command at `words[at…at+15]`; `doubles` is the same memory as float64. */
  apply(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const { chain } = this;
    if (this.tradeFees !== null) this.tradeFees.nowNs = nowNs;
    // What expires now must neither hold funds back nor be met by a market order, and no rule may count it.
    if (this.book.nextExpiryNs <= nowNs) this.expire(nowNs);
    const number = this.reports.written;
    const kind = words[at];
    if (chain !== null && kind < CANCEL_ALL && !this.admits(chain, words, doubles, at, nowNs)) return;
    // Each kind in a function of its own, because V8 makes one function only so large by taking others into it.
    if (kind === SUBMIT) this.submit(words, doubles, at, nowNs);
    else if (kind === CANCEL) this.cancel(words, doubles, at, nowNs);
    else if (kind === REPLACE && !this.coversReplace(words, at)) this.refuseReplace(words, at);
    else this.execute(words, doubles, at, nowNs);
    if (chain === null) return;
    const { reports } = this;
    // An order, cancel or replace that makes a single report makes one on the order: it needs no search.
    if (reports.written === ((number + 1) | 0) && kind < CANCEL_ALL)
      chain.observeOrder(reports, reports.offsetOf(number), nowNs);
    else chain.observe(reports, number, nowNs);
  }

  /** Asks the rules, which also see that a command is refused. */
  private admits(chain: RuleChain, words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): boolean {
    const reason = chain.admit(words, doubles, at, nowNs);
    if (reason === NONE) return true;
    const number = this.reports.written;
    writeRefusal(this.reports, this.book.rules.instrument, words, at, reason);
    chain.observe(this.reports, number, nowNs);
    return false;
  }

  /** Mostly a limit order that rests: what it was asked to have is set aside then, and that is all. */
  private submit(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const { ledger, reports, settlement } = this;
    const flags = words[at | FLAGS];
    if ((flags & NOT_PLAIN) !== 0) {
      this.submitOther(words, doubles, at, nowNs);
      return;
    }
    const owner = words[at | OWNER];
    const price = words[at | PRICE_TICKS];
    const qty = words[at | QTY_LOTS];
    const side = flags & SIDE;
    const asset = settlement.assetOf(side);
    const needed = settlement.reserveOf(side, price, qty);
    if (!(ledger.free(owner, asset) >= needed)) {
      this.submitWithoutFunds(words, doubles, at, nowNs);
      return;
    }
    const number = reports.written;
    settlement.begin();
    this.book.apply(words, doubles, at, nowNs);
    const report = reports.offsetOf(number);
    if (
      reports.written === ((number + 1) | 0) &&
      reports.words[report] === ACCEPTED &&
      reports.words[report | REPORT_PRICE_TICKS] === price
    )
      ledger.reserve(owner, asset, needed);
    else settlement.book();
  }

  /** Mostly a limit order that rests: what it still had set aside is free again. */
  private cancel(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const { reports, settlement } = this;
    const number = reports.written;
    settlement.begin();
    this.book.apply(words, doubles, at, nowNs);
    const report = reports.offsetOf(number);
    const flags = reports.words[report | REPORT_FLAGS];
    if (reports.written === ((number + 1) | 0) && reports.words[report] === CANCELED && (flags & NOT_PLAIN) === 0) {
      const side = flags & SIDE;
      const price = reports.words[report | REPORT_PRICE_TICKS];
      const qty = reports.words[report | REPORT_QTY_LOTS];
      this.ledger.release(words[at | OWNER], settlement.assetOf(side), settlement.reserveOf(side, price, qty));
    } else settlement.book();
  }

  private execute(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    this.settlement.begin();
    this.book.apply(words, doubles, at, nowNs);
    this.settlement.book();
  }

  private submitOther(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    if (this.coversSubmit(words, at)) this.execute(words, doubles, at, nowNs);
    else this.submitWithoutFunds(words, doubles, at, nowNs);
  }

  /** Expires what is due. */
  expire(nowNs: Nanos): void {
    const number = this.reports.written;
    this.settlement.begin();
    this.book.expire(nowNs);
    this.settlement.book();
    if (this.chain !== null) this.chain.observe(this.reports, number, nowNs);
  }

  private setPhase(change: Omit<SetPhase, "instrument">, nowNs: Nanos): void {
    writeSetPhase(this.words, this.doubles, 0, { ...change, instrument: this.listed.index });
    this.apply(this.words, this.doubles, 0, nowNs);
  }

  /** Books a fee that no trade has caused, as far as the owner has free money for it. @returns what was paid */
  charge(owner: number, units: Units, reason: number): Units {
    const { ledger, listed } = this;
    const paid = Math.min(units, Math.max(0, ledger.free(owner, listed.quoteAsset)));
    if (paid === 0) return 0;
    ledger.transfer(owner, FEE_ACCOUNT, listed.quoteAsset, paid);
    writeCharge(this.reports, { instrument: listed.index, owner, units: paid, reason });
    return paid;
  }

  /** Cancels the owner's orders for a reason of the venue's own. */
  cancelOrders(owner: number, reason: number, nowNs: Nanos): void {
    const number = this.reports.written;
    this.settlement.begin();
    this.book.cancelOrders(owner, reason);
    this.settlement.book();
    if (this.chain !== null) this.chain.observe(this.reports, number, nowNs);
  }

  /** Whether the owner has the funds for a new order. A stop order needs none before it triggers. */
  private coversSubmit(words: Int32Array, at: number): boolean {
    const flags = words[at | FLAGS];
    const owner = words[at | OWNER];
    if (((flags >> TYPE_SHIFT) & TYPE_MASK) >= STOP) return true;
    return this.covers(flags, owner, words[at | PRICE_TICKS], this.lotsToMarket(flags, owner, words[at | QTY_LOTS]));
  }

  /** Whether the owner has the funds for an order that goes to the market with so many lots. */
  private covers(flags: number, owner: number, price: number, lots: number): boolean {
    const side = flags & SIDE;
    if (side === BUY && ((flags >> TYPE_SHIFT) & TYPE_MASK) === MARKET) {
      // In a call nobody knows what it would meet, so it needs what it may pay at the most.
      if (this.book.phase === TradingPhase.auction)
        return (
          this.settlement.freeFor(side, owner) >= this.settlement.reserveOf(side, this.book.marketLimit(flags), lots)
        );
      return this.settlement.canTake(owner, this.book.costOfMarketOrder(owner, flags, lots), lots);
    }
    return this.settlement.freeFor(side, owner) >= this.settlement.reserveOf(side, price, lots);
  }

  /** Whether the owner has the funds for a changed order: what it sets aside already counts. */
  private coversReplace(words: Int32Array, at: number): boolean {
    const order = this.book.peek(words[at | OWNER], words[at | ORDER_ID]);
    if (order === undefined || order.triggerTicks !== 0) return true;
    const { settlement } = this;
    const side = order.flags & SIDE;
    const leaves = words[at | QTY_LOTS] - order.filledLots;
    const lots = this.lotsToMarket(order.flags, order.owner, leaves);
    const reserved = settlement.reserveOf(side, order.priceTicks, order.leavesLots);
    const needed = settlement.reserveOf(side, words[at | PRICE_TICKS], lots);
    return needed - reserved <= settlement.freeFor(side, order.owner);
  }

  /** What of an order can trade or rest: the book cuts a reduce-only order that is larger than the position. */
  private lotsToMarket(flags: number, owner: number, lots: number): number {
    if ((flags & REDUCE_ONLY) === 0) return lots;
    const position = this.book.position(owner);
    return Math.min(lots, Math.max(0, (flags & SIDE) === BUY ? -position : position));
  }

  /** An order without funds is refused; should nothing speak against it after all, it is executed. */
  private submitWithoutFunds(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const reason = this.refusalOfSubmit(words, doubles, at, nowNs);
    writeRefusal(this.reports, this.book.rules.instrument, words, at, reason);
  }

  /** Why an order without funds is refused: what is wrong with the order itself comes first. */
  private refusalOfSubmit(words: Int32Array, doubles: Float64Array, at: number, nowNs: number): number {
    const { book } = this;
    if (book.refusal !== NONE) return book.refusal;
    const reason = this.admission.check(words, doubles, at, nowNs);
    if (reason !== NONE) return reason;
    if (book.peek(words[at | OWNER], words[at | ORDER_ID]) !== undefined) return Reason.duplicateOrderId;
    if (book.orderCount >= (book.rules.ordersMax ?? ORDERS_MAX_DEFAULT)) return Reason.tooManyOrders;
    const type = (words[at | FLAGS] >> TYPE_SHIFT) & TYPE_MASK;
    if (type !== OrderType.limit) return Reason.insufficientFunds;
    return checkNotional(book.rules, words[at | PRICE_TICKS], words[at | QTY_LOTS]) || Reason.insufficientFunds;
  }

  /** As for a new order. What it replaces is a limit order. */
  private refuseReplace(words: Int32Array, at: number): void {
    writeRefusal(this.reports, this.book.rules.instrument, words, at, this.refusalOfReplace(words, at));
  }

  private refusalOfReplace(words: Int32Array, at: number): number {
    const { rules, refusal } = this.book;
    if (refusal !== NONE) return refusal;
    const qty = words[at | QTY_LOTS];
    const price = words[at | PRICE_TICKS];
    if (qty < rules.qtyLotsMin || qty > rules.qtyLotsMax) return Reason.invalidQty;
    if (isOutside(rules, price)) return Reason.invalidPrice;
    return checkNotional(rules, price, qty) || Reason.insufficientFunds;
  }

  /** Funds for a stop order that triggers: what was traded before it in the same command is settled first. */
  private admitTriggered(order: OrderView): number {
    const { settlement } = this;
    settlement.book();
    const lots = this.lotsToMarket(order.flags, order.owner, order.leavesLots);
    if (!this.covers(order.flags, order.owner, order.priceTicks, lots)) return Reason.insufficientFunds;
    settlement.admitTriggered(order, lots);
    return NONE;
  }
}

function openBook({ listed, reports, deltas, groups, ...options }: FundedBookOptions): FastBook {
  const { instrument } = listed;
  const { sessionEndNs, ordersMax, allocation, bandMillionths, preventsWithinGroups = false } = options;
  return new FastBook(
    {
      instrument: listed.index,
      priceTicksMin: 1,
      priceTicksMax: PRICE_TICKS_MAX,
      qtyLotsMin: instrument.qtyLotsMin,
      qtyLotsMax: instrument.qtyLotsMax,
      tickLotUnits: listed.tickLotUnits,
      notionalUnitsMin: listed.notionalUnitsMin,
      bandMillionths: bandMillionths ?? instrument.bandMillionths,
      referencePriceTicks: instrument.referencePriceTicks,
      ...(sessionEndNs === undefined ? {} : { sessionEndNs }),
      ...(ordersMax === undefined ? {} : { ordersMax }),
      ...(allocation === undefined ? {} : { allocation }),
      ...(preventsWithinGroups ? { groups } : {}),
    },
    { reports, deltas },
  );
}
