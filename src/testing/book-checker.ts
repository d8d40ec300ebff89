import type { OrderBook } from "../market/order-book.ts";
import { DeltaWord } from "../model/book-delta.ts";
import { FlagBits, OrderType, TimeInForce, orderTypeOf, sideOf, timeInForceOf } from "../model/order-flags.ts";
import { ReportWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import { expectEqual, fail } from "./check-error.ts";
import { DeltaFold } from "./delta-fold.ts";
import { ReportFold } from "./report-fold.ts";
import { waitingRecords } from "./stale-words.ts";

/**
 * Follows a book by its reports and deltas only, and proves after each command:
 *
 * - quantity is conserved in every order, at every report: total = filled + canceled + left;
 * - no trade is worse than a limit, none passes over a better or an older order, no post-only order takes, and no
 *   reduce-only order opens or increases a position;
 * - deltas are numbered without a gap, and the levels folded from them are those that they and the book tell;
 * - the trades of an auction have its one price and add up to its volume, and what would trade next is its surplus;
 * - the book is not crossed, hidden orders included, unless a call is going on, and what may not rest does not.
 */
export class BookChecker {
  readonly #reports = new ReportFold();
  readonly #deltas = new DeltaFold();

  /** Tells the checker of a position that was set from outside. */
  positionSet(owner: number, lots: number): void {
    this.#reports.positions.set(owner, lots);
  }

  /**
   * Reads the records that wait in the book's rings, and takes none.
   * @throws {BookCheckError} when something is wrong
   */
  check(book: OrderBook): void {
    const { reports, deltas } = book;
    this.#reports.trades.clear();
    for (const at of waitingRecords(reports)) {
      expectEqual(reports.words[at + ReportWord.instrument], book.rules.instrument, "instrument of a report");
      this.#reports.take(reports.words, at);
    }
    for (const at of waitingRecords(deltas)) {
      expectEqual(deltas.words[at + DeltaWord.instrument], book.rules.instrument, "instrument of a delta");
      this.#deltas.take(deltas, at, this.#reports.trades);
    }
    this.#reports.checkDone();
    expectEqual(book.phase, this.#reports.phase, "phase");
    expectEqual(this.#deltas.phase, this.#reports.phase, "phase in the deltas");
    expectEqual(this.#deltas.tradesSeen, this.#reports.tradeCount, "executions in the deltas, of trades reported");
    this.#checkOrders();
    this.#checkLevels(book);
    expectEqual(book.lastPriceTicks, this.#reports.lastPriceTicks, "last price");
    expectEqual(book.tradeCount, this.#reports.tradeCount, "trade count");
    expectEqual(book.orderCount, this.#reports.live.size, "order count");
    for (const { takerOwner, makerOwner } of this.#reports.trades.values()) {
      for (const owner of [takerOwner, makerOwner]) {
        expectEqual(book.position(owner), this.#reports.positions.get(owner) ?? 0, `position of owner ${owner}`);
      }
    }
  }

  #checkOrders(): void {
    let bestBid = -Infinity;
    let bestAsk = Infinity;
    let visible = 0;
    for (const order of this.#reports.live.values()) {
      if (order.isWaiting) continue;
      const { flags, priceTicks, venueOrderId } = order;
      const timeInForce = timeInForceOf(flags);
      if (orderTypeOf(flags) !== OrderType.limit) fail(`#${venueOrderId} rests and is no limit order`);
      const isCall = this.#reports.isCallOpen;
      if (timeInForce === TimeInForce.FOK) fail(`#${venueOrderId} may not rest`);
      if (timeInForce === TimeInForce.IOC && !isCall) fail(`#${venueOrderId} may not rest`);
      if (sideOf(flags) === Side.buy) bestBid = Math.max(bestBid, priceTicks);
      else bestAsk = Math.min(bestAsk, priceTicks);
      if ((flags & FlagBits.hidden) !== 0) continue;
      const shown = this.#deltas.visibleLots(sideOf(flags), priceTicks, venueOrderId);
      // Orders of a call do not show before its end.
      if (shown === 0 && isCall) continue;
      visible++;
      if (shown < 1 || shown > order.leavesLots) fail(`#${venueOrderId} shows ${shown} of ${order.leavesLots}`);
    }
    expectEqual(this.#deltas.orderCount, visible, "visible orders in the deltas, of those that rest");
    if (bestBid >= bestAsk && !this.#reports.isCallOpen) fail(`the book is crossed: bid ${bestBid}, ask ${bestAsk}`);
  }

  #checkLevels(book: OrderBook): void {
    for (const side of [Side.buy, Side.sell]) {
      expectEqual(book.bestPriceTicks(side), this.#deltas.bestPriceTicks(side), `best price of side ${side}`);
    }
    for (const [side, priceTicks] of this.#deltas.takeTouchedLevels()) {
      const level = this.#deltas.level(side, priceTicks);
      expectEqual(book.levelLots(side, priceTicks), level.lots, `lots of side ${side} at ${priceTicks}`);
      expectEqual(book.levelOrders(side, priceTicks), level.orders, `orders of side ${side} at ${priceTicks}`);
    }
  }
}
