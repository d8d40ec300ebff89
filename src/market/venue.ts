import { assert } from "../core/assert.ts";
import { RecordRing } from "../core/record-ring.ts";
import type { Nanos } from "../core/units.ts";
import { CommandWord, EVERY_INSTRUMENT } from "../model/command.ts";
import { PRICE_TICKS_MAX } from "../model/instrument.ts";
import type { Listed } from "../model/listing.ts";
import { FlagBits, OrderType } from "../model/order-flags.ts";
import { Reason } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { Admission, checkNotional, isOutside } from "./book/admission.ts";
import { writeRefusal } from "./book/report-writer.ts";
import { FastBook, ORDERS_MAX_DEFAULT } from "./fast-book.ts";
import type { FeeSchedule } from "./fees.ts";
import { checkFees } from "./fees.ts";
import type { Ledger } from "./ledger.ts";
import { FEE_ACCOUNT } from "./ledger.ts";
import type { OrderView } from "./order-book.ts";
import { Settlement } from "./settlement.ts";

const Command = { ...CommandWord };
const Kind = { ...RecordKind };
const Flag = { ...FlagBits };
const Why = { ...Reason };
const Type = { ...OrderType };

/** Accounts of owners come behind those that every ledger has. */
const FIRST_ACCOUNT = FEE_ACCOUNT + 1;

export interface VenueOptions {
  readonly name: string;
  readonly listed: readonly Listed[];
  /** The single owner of all accounts; several venues may share it. */
  readonly ledger: Ledger;
  readonly fees: FeeSchedule;
  /** When DAY orders expire. */
  readonly sessionEndNs?: Nanos;
  readonly ordersMax?: number;
}

/**
 * A venue: its books, its rules, and the accounts behind the orders. A command is checked for funds, executed by its
 * book, and settled in the ledger before the next one is looked at; the reports of all books come out of one ring.
 * Owners are accounts of the ledger.
 */
export class Venue {
  readonly name: string;
  readonly listed: readonly Listed[];
  readonly books: readonly FastBook[];
  readonly ledger: Ledger;
  readonly reports = new RecordRing();
  readonly deltas = new RecordRing();
  readonly #settlements: readonly Settlement[];
  readonly #admissions: readonly Admission[];
  /** By owner: 1 where orders are canceled when the owner's session ends. */
  #cancelOnDisconnect = new Uint8Array(64);

  constructor(options: VenueOptions) {
    checkFees(options.fees);
    this.name = options.name;
    this.listed = options.listed;
    this.ledger = options.ledger;
    this.#settlements = options.listed.map(
      (listed) => new Settlement({ ring: this.reports, ledger: options.ledger, listed, fees: options.fees }),
    );
    this.books = options.listed.map((listed, index) => this.#openBook(listed, index, options));
    this.#admissions = this.books.map(({ rules }) => new Admission(rules));
  }

  /** What happens to an owner's orders when its session ends: nothing unless this is called. */
  cancelOnDisconnect(owner: number): void {
    if (owner >= this.#cancelOnDisconnect.length) {
      const larger = new Uint8Array(Math.max(owner + 1, this.#cancelOnDisconnect.length * 2));
      larger.set(this.#cancelOnDisconnect);
      this.#cancelOnDisconnect = larger;
    }
    this.#cancelOnDisconnect[owner] = 1;
  }

  /** Executes and settles the command at `words[at…at+15]`; `doubles` is the same memory as float64. */
  apply(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const instrument = words[at | Command.instrument];
    const owner = words[at | Command.owner];
    if (owner < FIRST_ACCOUNT || owner >= this.ledger.accountCount) {
      writeRefusal(this.reports, instrument, words, at, Why.unknownOwner);
      return;
    }
    const kind = words[at];
    if (kind >= Kind.cancelAllOrders && kind <= Kind.disconnect) {
      if (kind === Kind.disconnect && this.#cancelOnDisconnect[owner] !== 1) return;
      if (kind !== Kind.cancelAllOrders || instrument === EVERY_INSTRUMENT) {
        for (let index = 0; index < this.books.length; index++) this.#execute(index, words, doubles, at, nowNs);
        return;
      }
    }
    if (instrument >>> 0 >= this.books.length) {
      writeRefusal(this.reports, instrument, words, at, Why.unknownInstrument);
      return;
    }
    // What expires now must neither hold funds back nor be met by a market order.
    if (this.books[instrument].nextExpiryNs <= nowNs) this.expire(instrument, nowNs);
    let reason: number = Why.none;
    if (kind === Kind.submitOrder) {
      if (!this.#coversSubmit(instrument, words, at))
        reason = this.#refusalOfSubmit(instrument, words, doubles, at, nowNs);
    } else if (kind === Kind.replaceOrder) {
      if (!this.#coversReplace(instrument, words, at)) reason = this.#refusalOfReplace(instrument, words, at);
    }
    if (reason === Why.none) this.#execute(instrument, words, doubles, at, nowNs);
    else writeRefusal(this.reports, instrument, words, at, reason);
  }

  /** Expires what is due in one instrument. */
  expire(instrument: number, nowNs: Nanos): void {
    this.#settlements[instrument].begin();
    this.books[instrument].expire(nowNs);
    this.#settlements[instrument].book();
  }

  #execute(instrument: number, words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const settlement = this.#settlements[instrument];
    settlement.begin();
    this.books[instrument].apply(words, doubles, at, nowNs);
    settlement.book();
  }

  /** Whether the owner has the funds for a new order. A stop order needs none before it triggers. */
  #coversSubmit(instrument: number, words: Int32Array, at: number): boolean {
    const flags = words[at | Command.flags];
    const type = (flags >> Flag.typeShift) & Flag.typeMask;
    if (type >= Type.stop) return true;
    const owner = words[at | Command.owner];
    const lots = this.#lotsToMarket(instrument, flags, owner, words[at | Command.qtyLots]);
    return this.#covers(instrument, flags, owner, words[at | Command.priceTicks], lots);
  }

  /** Whether the owner has the funds for an order that goes to the market with so many lots. */
  #covers(instrument: number, flags: number, owner: number, price: number, lots: number): boolean {
    const settlement = this.#settlements[instrument];
    const isBuy = (flags & Flag.side) === 0;
    if (isBuy && ((flags >> Flag.typeShift) & Flag.typeMask) === Type.market) {
      return settlement.canTake(owner, this.books[instrument].costOfMarketOrder(owner, flags, lots));
    }
    return settlement.freeFor(isBuy, owner) >= settlement.reserveOf(isBuy, price, lots);
  }

  /** Whether the owner has the funds for a changed order: what it sets aside already counts. */
  #coversReplace(instrument: number, words: Int32Array, at: number): boolean {
    const order = this.books[instrument].peek(words[at | Command.owner], words[at | Command.orderId]);
    if (order === undefined || order.triggerTicks !== 0) return true;
    const isBuy = (order.flags & Flag.side) === 0;
    const settlement = this.#settlements[instrument];
    const leaves = words[at | Command.qtyLots] - order.filledLots;
    const lots = this.#lotsToMarket(instrument, order.flags, order.owner, leaves);
    const reserved = settlement.reserveOf(isBuy, order.priceTicks, order.leavesLots);
    const needed = settlement.reserveOf(isBuy, words[at | Command.priceTicks], lots);
    return needed - reserved <= settlement.freeFor(isBuy, order.owner);
  }

  /** What of an order can trade or rest: the book cuts a reduce-only order that is larger than the position. */
  #lotsToMarket(instrument: number, flags: number, owner: number, lots: number): number {
    if ((flags & Flag.reduceOnly) === 0) return lots;
    const position = this.books[instrument].position(owner);
    return Math.min(lots, Math.max(0, (flags & Flag.side) === 0 ? -position : position));
  }

  /** Why an order without funds is refused: what is wrong with the order itself comes first. */
  #refusalOfSubmit(instrument: number, words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number {
    const book = this.books[instrument];
    const reason = this.#admissions[instrument].check(words, doubles, at, nowNs);
    if (reason !== Why.none) return reason;
    if (book.peek(words[at | Command.owner], words[at | Command.orderId]) !== undefined) return Why.duplicateOrderId;
    if (book.orderCount >= (book.rules.ordersMax ?? ORDERS_MAX_DEFAULT)) return Why.tooManyOrders;
    const type = (words[at | Command.flags] >> Flag.typeShift) & Flag.typeMask;
    if (type !== Type.limit) return Why.insufficientFunds;
    return (
      checkNotional(book.rules, words[at | Command.priceTicks], words[at | Command.qtyLots]) || Why.insufficientFunds
    );
  }

  /** As for a new order. What it replaces is a limit order. */
  #refusalOfReplace(instrument: number, words: Int32Array, at: number): number {
    const { rules } = this.books[instrument];
    const qty = words[at | Command.qtyLots];
    const price = words[at | Command.priceTicks];
    if (qty < rules.qtyLotsMin || qty > rules.qtyLotsMax) return Why.invalidQty;
    if (isOutside(rules, price)) return Why.invalidPrice;
    return checkNotional(rules, price, qty) || Why.insufficientFunds;
  }

  /** Funds for a stop order that triggers: what was traded before it in the same command is settled first. */
  #admitTriggered(instrument: number, order: OrderView): number {
    const settlement = this.#settlements[instrument];
    settlement.book();
    const lots = this.#lotsToMarket(instrument, order.flags, order.owner, order.leavesLots);
    if (!this.#covers(instrument, order.flags, order.owner, order.priceTicks, lots)) return Why.insufficientFunds;
    settlement.admitTriggered(order, lots);
    return Why.none;
  }

  #openBook(listed: Listed, index: number, options: VenueOptions): FastBook {
    assert(listed.index === index, "instruments are listed in order of their numbers");
    const { instrument } = listed;
    const book = new FastBook(
      {
        instrument: index,
        priceTicksMin: 1,
        priceTicksMax: PRICE_TICKS_MAX,
        qtyLotsMin: instrument.qtyLotsMin,
        qtyLotsMax: instrument.qtyLotsMax,
        tickLotUnits: listed.tickLotUnits,
        notionalUnitsMin: listed.notionalUnitsMin,
        bandMillionths: instrument.bandMillionths,
        referencePriceTicks: instrument.referencePriceTicks,
        ...(options.sessionEndNs === undefined ? {} : { sessionEndNs: options.sessionEndNs }),
        ...(options.ordersMax === undefined ? {} : { ordersMax: options.ordersMax }),
      },
      { reports: this.reports, deltas: this.deltas },
    );
    book.admitTriggered = (order) => this.#admitTriggered(index, order);
    return book;
  }
}
