import { assert } from "../core/assert.ts";
import type { RecordRing } from "../core/record-ring.ts";
import { bookHash } from "../market/book-hash.ts";
import type { AdmitTriggered, BookRules, OrderBook } from "../market/order-book.ts";
import { Reason } from "../model/reason.ts";
import { recordLength } from "../model/record.ts";
import { Side } from "../model/side.ts";
import { checkAnswers } from "./book-answers.ts";
import { BookChecker } from "./book-checker.ts";
import { BookCheckError, expectEqual, fail } from "./check-error.ts";
import type { BookStep } from "./book-steps.ts";
import { BookStepper } from "./book-steps.ts";
import { makeStale, takeAll } from "./stale-words.ts";

/** Steps between two comparisons of everything that the books answer, in a long run. */
export const STEPS_PER_COMPARISON = 32;
/** Orders around whose prices such a comparison asks. */
const ORDERS_ASKED_MAX = 16;
export type CreateBook = (rules: BookRules) => OrderBook;

/** Two books under the same steps. `expected` is the one that is believed. */
export interface BookPair {
  readonly rules: BookRules;
  readonly expected: CreateBook;
  readonly found: CreateBook;
  /** Steps between two comparisons of everything that the books answer; `STEPS_PER_COMPARISON` unless told. */
  readonly stepsPerComparison?: number;
}

export interface BookDifference {
  /** Which step, counted from 0, showed it. */
  readonly step: number;
  readonly message: string;
}

/**
 * Runs the same steps through two books and compares every word of every report and delta, and at intervals all that
 * they answer. Each book's stream is proven by a checker of its own.
 * @returns the first difference, undefined when there is none
 */
export function findDifference(pair: BookPair, steps: Iterable<BookStep>): BookDifference | undefined {
  const expected = new CheckedBook(pair.expected(pair.rules));
  const found = new CheckedBook(pair.found(pair.rules));
  const { stepsPerComparison = STEPS_PER_COMPARISON } = pair;
  let count = 0;
  for (const step of steps) {
    try {
      expected.apply(step);
      found.apply(step);
      compareRings("report", expected.book.reports, found.book.reports);
      compareRings("delta", expected.book.deltas, found.book.deltas);
      if (found.askedToAdmit.join() !== expected.askedToAdmit.join()) fail("admitTriggered was asked differently");
      expected.check(step);
      found.check(step);
      if (count % stepsPerComparison === 0) compareAnswers(expected.book, found.book);
      expected.clear();
      found.clear();
    } catch (error) {
      assert(error instanceof Error, "only errors are thrown");
      const message = error instanceof BookCheckError ? error.message : (error.stack ?? error.message);
      return { step: count, message };
    }
    count++;
  }
  return undefined;
}

class CheckedBook {
  readonly book: OrderBook;
  readonly askedToAdmit: string[] = [];
  readonly #stepper: BookStepper;
  readonly #checker = new BookChecker();

  constructor(book: OrderBook) {
    this.book = book;
    this.#stepper = new BookStepper(book);
    makeStale(book.reports);
    makeStale(book.deltas);
    book.admitTriggered = (order) => {
      this.askedToAdmit.push(JSON.stringify(order));
      return admitMost(order);
    };
  }

  apply(step: BookStep): void {
    this.#stepper.apply(step);
  }

  check(step: BookStep): void {
    if (step.do === "position") this.#checker.positionSet(step.owner, step.lots);
    this.#checker.check(this.book);
  }

  clear(): void {
    takeAll(this.book.reports);
    takeAll(this.book.deltas);
    this.askedToAdmit.length = 0;
  }
}

/** Stands for a venue that refuses some triggered orders, by nothing but the order itself. */
const admitMost: AdmitTriggered = ({ venueOrderId }) =>
  venueOrderId % 7 === 0 ? Reason.insufficientFunds : Reason.none;

function compareRings(what: string, expected: RecordRing, found: RecordRing): void {
  for (let i = 0; i < Math.max(expected.length, found.length); i++) {
    if (i >= found.length) fail(`a ${what} is missing: the books agree on ${i}, then one has no more`);
    if (i >= expected.length) fail(`a ${what} too many: the books agree on ${i}, then one has more`);
    const expectedAt = expected.offsetOf(expected.taken + i);
    const foundAt = found.offsetOf(found.taken + i);
    for (let word = 0; word < recordLength(expected.words[expectedAt]); word++) {
      const [expectedWord, foundWord] = [expected.words[expectedAt + word], found.words[foundAt + word]];
      if (expectedWord !== foundWord)
        fail(`word ${word} of ${what} ${i}: expected ${expectedWord}, found ${foundWord}`);
    }
  }
}

function compareAnswers(expected: OrderBook, found: OrderBook): void {
  if (bookHash(found) !== bookHash(expected)) fail("the hashes of the books differ");
  expectEqual(found.orderCount, expected.orderCount, "orderCount");
  expectEqual(found.tradeCount, expected.tradeCount, "tradeCount");
  expectEqual(found.lastPriceTicks, expected.lastPriceTicks, "lastPriceTicks");
  expectEqual(found.nextExpiryNs, expected.nextExpiryNs, "nextExpiryNs");
  checkAnswers(found);
  const orders = expected.orders();
  const everyNth = Math.ceil(orders.length / ORDERS_ASKED_MAX);
  for (const { owner, priceTicks, triggerTicks } of orders.filter((_, index) => index % everyNth === 0)) {
    expectEqual(found.position(owner), expected.position(owner), `position of ${owner}`);
    // Prices around an order are asked about too: most are no level, and some levels hold hidden orders only.
    for (const ticks of [priceTicks - 1, priceTicks, priceTicks + 1, triggerTicks]) {
      if (ticks < expected.rules.priceTicksMin || ticks > expected.rules.priceTicksMax) continue;
      for (const side of [Side.buy, Side.sell]) comparePrice(expected, found, side, ticks);
    }
  }
}

function comparePrice(expected: OrderBook, found: OrderBook, side: Side, priceTicks: number): void {
  const at = `of side ${side} at ${priceTicks}`;
  expectEqual(found.levelLots(side, priceTicks), expected.levelLots(side, priceTicks), `levelLots ${at}`);
  expectEqual(found.levelOrders(side, priceTicks), expected.levelOrders(side, priceTicks), `levelOrders ${at}`);
  const next = `nextPriceTicks ${at}`;
  expectEqual(found.nextPriceTicks(side, priceTicks), expected.nextPriceTicks(side, priceTicks), next);
}
