import { assert } from "../../core/assert.ts";
import type { Lots, Ticks } from "../../core/units.ts";
import type { OrderView } from "../../market/order-book.ts";
import { CommandWord, writeCancel, writeOwnerCommand, writeReplace, writeSubmit } from "../../model/command.ts";
import { OrderType, SelfTradePrevention, TimeInForce, packFlags } from "../../model/order-flags.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { Execute, FlowBook } from "./order-flow.ts";
import { NONE, RecordedLevels } from "./recorded-levels.ts";

// Local copies: V8 folds constants of its own module into the code, but reads imported ones anew at each use.
const Command = { ...CommandWord };
const BUY = Side.buy;
const NO = NONE;

/** Orders without a number at one level. Beyond this the newest one grows and goes to the end of the queue. */
export const ANONYMOUS_ORDERS_PER_LEVEL_MAX = 64;

const adding = { selfTradePrevention: SelfTradePrevention.cancelMaker };
const ADD_BUY = packFlags({ side: Side.buy, ...adding });
const ADD_SELL = packFlags({ side: Side.sell, ...adding });
const taking = { orderType: OrderType.limit, timeInForce: TimeInForce.IOC };
const TAKE_BUY = packFlags({ side: Side.buy, ...taking });
const TAKE_SELL = packFlags({ side: Side.sell, ...taking });

/** What recorded orders did to the book. */
export interface RecordedOrderCounts {
  orders: number;
  cancels: number;
  /** Orders made smaller, and orders made larger where nobody else stood at their level. */
  reductions: number;
  increases: number;
  takes: number;
  /** Orders that the venue did not take: too small, outside its price limits, or beyond the account's means. */
  refused: number;
  /** Times that the book shows less of a level than recorded, since no order may be that large. */
  cut: number;
}

/**
 * Brings recorded orders into a book and takes them out again: commands for the book on one side, `RecordedLevels` on the
 * other. Recorded orders never trade with one another unasked: one that a newer one crosses is out of date and canceled.
 */
export class RecordedOrders {
  readonly levels = new RecordedLevels();
  readonly #counts: RecordedOrderCounts;
  readonly #maker: number;
  readonly #adding: CommandSlot;
  readonly #taking: CommandSlot;
  readonly #changing: CommandSlot;
  readonly #canceling: CommandSlot;
  readonly #clearing: CommandSlot;
  #book: FlowBook | undefined;
  #execute: Execute = () => {};

  /** @param options.maker account of the resting orders; `taker` that of those that took liquidity */
  constructor(options: { instrument: number; maker: number; taker: number; counts: RecordedOrderCounts }) {
    const { instrument, maker, taker } = options;
    this.#counts = options.counts;
    this.#maker = maker;
    const blank = { instrument, orderId: 0, priceTicks: 0, qtyLots: 0, flags: 0 };
    this.#adding = commandSlot(({ words, doubles }) => writeSubmit(words, doubles, 0, { ...blank, owner: maker }));
    // An order that takes is gone when the next one comes, so all of them have one number.
    this.#taking = commandSlot(({ words, doubles }) => writeSubmit(words, doubles, 0, { ...blank, owner: taker }));
    this.#changing = commandSlot(({ words }) => writeReplace(words, 0, { ...blank, owner: maker }));
    this.#canceling = commandSlot(({ words }) => writeCancel(words, 0, { ...blank, owner: maker }));
    this.#clearing = commandSlot(({ words }) =>
      writeOwnerCommand(words, 0, { kind: RecordKind.cancelAllOrders, instrument, owner: maker }),
    );
  }

  /** Says where the commands of the following calls go. */
  attach(book: FlowBook, execute: Execute): void {
    this.#book = book;
    this.#execute = execute;
  }

  get book(): FlowBook {
    assert(this.#book !== undefined, "recorded orders are attached to a book first");
    return this.#book;
  }

  /** Lots that the resting orders have traded so far, bought less sold. */
  get tradedLots(): number {
    return this.book.position(this.#maker);
  }

  /** Makes the orders of a level stand for what is recorded. */
  fit(level: number): void {
    const { levels } = this;
    const lots = levels.recordedLots(level);
    const newest = levels.newest(level);
    // Most levels have one order: it is looked up once.
    const only = newest !== NO && levels.older(newest) === NO ? this.book.peek(this.#maker, newest) : undefined;
    const standing = only === undefined ? this.#standingLots(level) : only.leavesLots;
    if (standing < lots) this.#grow(level, lots - standing, only);
    else if (standing > lots && only !== undefined) this.#takeOut(newest, only, standing - lots);
    else if (standing > lots) this.#trim(level, standing - lots, NO);
  }

  /** Takes away what the orders of a level stand for above the record: from one of them first, where one is named. */
  trimToRecord(level: number, first: number): void {
    const { levels } = this;
    const recorded = levels.recordedLots(level);
    if (this.book.levelLots(levels.sideOf(level), levels.priceTicksOf(level)) <= recorded) return;
    const excess = this.#standingLots(level) - recorded;
    if (excess > 0) this.#trim(level, excess, first);
  }

  /** Sends an order to the end of a level's queue. @param recordedId 0 where only the level is known */
  add(level: number, lots: Lots, recordedId: number): void {
    const shown = Math.min(lots, this.#lotsMax(this.levels.priceTicksOf(level)));
    if (shown < lots) this.#counts.cut++;
    this.#submit(level, shown, recordedId);
  }

  /** Takes up to `lots` out of an order, which agents may have filled. @returns how many, and forgets an order without any */
  shrink(order: number, lots: Lots): Lots {
    const view = this.book.peek(this.#maker, order);
    if (view !== undefined) return lots === 0 ? 0 : this.#takeOut(order, view, lots);
    this.levels.remove(order);
    return 0;
  }

  /** Takes liquidity down to a price; what finds none is canceled. */
  take(side: Side, priceTicks: Ticks, lots: Lots): void {
    const { words, doubles } = this.#taking;
    const most = this.#lotsMax(priceTicks);
    words[Command.flags] = side === BUY ? TAKE_BUY : TAKE_SELL;
    words[Command.priceTicks] = priceTicks;
    if (most <= 0) return;
    for (let left = lots; left > 0; left -= most) {
      words[Command.qtyLots] = Math.min(left, most);
      this.#execute(words, doubles);
      this.#counts.takes++;
    }
  }

  cancelAll(): void {
    this.#execute(this.#clearing.words, this.#clearing.doubles);
    this.levels.clear();
  }

  /** What the orders of a level stand for. Forgets those that are not in the book any more. */
  #standingLots(level: number): Lots {
    const { levels, book } = this;
    let standing = 0;
    for (let order = levels.newest(level); order !== NO;) {
      const older = levels.older(order);
      const view = book.peek(this.#maker, order);
      if (view === undefined) levels.remove(order);
      else standing += view.leavesLots;
      order = older;
    }
    return standing;
  }

  /**
   * Takes lots out of a level: from one order first, then from those without a number, then from the others, newest first.
   * Where orders have numbers, one that has just these lots goes before all: most orders are canceled whole.
   */
  #trim(level: number, lots: Lots, first: number): void {
    const { levels, book } = this;
    let excess = lots;
    if (first !== NO) excess -= this.shrink(first, excess);
    const rounds = levels.knownOrderCount === 0 ? LEVEL_ROUNDS : ORDER_ROUNDS;
    for (let round = 0; round < rounds.length && excess > 0; round++) {
      const which = rounds[round];
      for (let order = levels.newest(level); order !== NO && excess > 0;) {
        const older = levels.older(order);
        const isNext =
          which === "all" ||
          (which === "exact" ? book.peek(this.#maker, order)?.leavesLots === excess : !levels.isKnown(order));
        if (isNext) excess -= this.shrink(order, excess);
        order = older;
      }
    }
  }

  /** Adds lots to a level at the end of its queue. @param only its only order */
  #grow(level: number, lots: Lots, only: OrderView | undefined): void {
    const { levels, book } = this;
    const priceTicks = levels.priceTicksOf(level);
    const orders = levels.ordersAt(level);
    let missing = lots;
    let last = levels.newest(level);
    // An order that grows goes to the end of the queue. Where it is there, and nobody else is, it stays where it was.
    let grows = last !== NO && !levels.isKnown(last) && book.levelOrders(levels.sideOf(level), priceTicks) === orders;
    if (levels.anonymousAt(level) >= ANONYMOUS_ORDERS_PER_LEVEL_MAX) {
      while (levels.isKnown(last)) last = levels.older(last);
      grows = true;
    }
    if (grows) {
      const view = only ?? book.peek(this.#maker, last);
      if (view !== undefined) missing -= this.#enlarge(view, missing);
    }
    while (missing > 0) {
      const part = Math.min(missing, this.#lotsMax(priceTicks));
      if (part < 1 || levels.anonymousAt(level) >= ANONYMOUS_ORDERS_PER_LEVEL_MAX) {
        this.#counts.cut++;
        return;
      }
      if (!this.#submit(level, part, 0)) return;
      missing -= part;
    }
  }

  /** @returns whether the venue took it */
  #submit(level: number, lots: Lots, recordedId: number): boolean {
    const { levels, book } = this;
    const counts = this.#counts;
    // Orders that a newer one crossed may never be named again. Before memory grows, they are forgotten.
    if (levels.isFull) {
      levels.forEachLevel((other) => void this.#standingLots(other));
      levels.makeRoom();
    }
    const { words, doubles } = this.#adding;
    const order = levels.append(level, recordedId);
    const { orderCount, tradeCount } = book;
    words[Command.orderId] = order;
    words[Command.flags] = levels.sideOf(level) === BUY ? ADD_BUY : ADD_SELL;
    words[Command.priceTicks] = levels.priceTicksOf(level);
    words[Command.qtyLots] = lots;
    this.#execute(words, doubles);
    counts.orders++;
    if (book.orderCount > orderCount || book.peek(this.#maker, order) !== undefined) return true;
    levels.remove(order);
    // An order that is gone at once has traded with agents, unless it has not traded at all.
    if (book.tradeCount !== tradeCount) return true;
    counts.refused++;
    return false;
  }

  /** Adds up to `lots` to an order. @returns how many */
  #enlarge(order: OrderView, lots: Lots): Lots {
    const { orderId, priceTicks, filledLots, leavesLots } = order;
    const added = Math.min(lots, this.#lotsMax(priceTicks) - filledLots - leavesLots);
    if (added <= 0) return 0;
    this.#replace(orderId, priceTicks, filledLots + leavesLots + added);
    this.#counts.increases++;
    if (this.book.peek(this.#maker, orderId)?.leavesLots === leavesLots) this.#counts.refused++;
    return added;
  }

  #takeOut(order: number, view: OrderView, lots: Lots): Lots {
    const { filledLots, leavesLots } = view;
    if (leavesLots > lots) {
      this.#replace(order, view.priceTicks, filledLots + leavesLots - lots);
      this.#counts.reductions++;
      return lots;
    }
    const { words, doubles } = this.#canceling;
    words[Command.orderId] = order;
    this.#execute(words, doubles);
    this.levels.remove(order);
    this.#counts.cancels++;
    return leavesLots;
  }

  /** @param qtyLots the order's new total, fills included */
  #replace(order: number, priceTicks: Ticks, qtyLots: Lots): void {
    const { words, doubles } = this.#changing;
    words[Command.orderId] = order;
    words[Command.priceTicks] = priceTicks;
    words[Command.qtyLots] = qtyLots;
    this.#execute(words, doubles);
  }

  /** The most lots that an order may have at a price. */
  #lotsMax(priceTicks: Ticks): Lots {
    const { qtyLotsMax, tickLotUnits } = this.book.rules;
    return Math.min(qtyLotsMax, Math.floor(Number.MAX_SAFE_INTEGER / (priceTicks * tickLotUnits)));
  }
}

const LEVEL_ROUNDS = ["all"] as const;
const ORDER_ROUNDS = ["exact", "anonymous", "all"] as const;

/** A command of which most words stay the same from one use to the next. */
interface CommandSlot {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
}

function commandSlot(write: (slot: CommandSlot) => void): CommandSlot {
  const words = new Int32Array(16);
  const slot = { words, doubles: new Float64Array(words.buffer) };
  write(slot);
  return slot;
}
