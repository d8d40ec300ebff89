import { describe, expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import {
  FlagBits,
  OrderType,
  orderTypeOf,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
  SelfTradePrevention,
  TimeInForce,
} from "../model/order-flags.ts";
import { TradingPhase } from "../model/phase.ts";
import { RecordKind } from "../model/record.ts";
import { TradeWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import { BOOK_PROFILES, PROFILE_RULES } from "../testing/book-profiles.ts";
import { BookStepGenerator } from "../testing/book-step-generator.ts";
import type { BookStep, SubmitStep } from "../testing/book-steps.ts";
import { BookStepper } from "../testing/book-steps.ts";
import { waitingRecords } from "../testing/stale-words.ts";
import { FastBook } from "./fast-book.ts";

const STEPS = 4_000;

/** A venue reserves this much before a market buy goes to the book, so it must never turn out to be too little. */
describe("costOfMarketOrder is never below what a market buy pays, and exact where nothing is unsure", () => {
  test.each(BOOK_PROFILES)("$name", (base) => {
    const profile = { ...base, chances: { ...base.chances, market: 0.3 } };
    const generator = new BookStepGenerator(RandomStream.named(3, "market order cost", profile.name), profile);
    const book = new FastBook({ ...PROFILE_RULES, ...profile.rules });
    const stepper = new BookStepper(book);
    for (let i = 0; i < STEPS; i++) {
      const step = generator.next();
      book.expire(stepper.nowNs);
      book.reports.clear();
      if (isMarketBuy(step) && book.phase === TradingPhase.continuous) {
        const bound = book.costOfMarketOrder(step.owner, step.flags, step.qtyLots);
        const exact = isExact(book, step);
        stepper.apply(step);
        const paid = paidBy(book, step);
        const [firstReport] = waitingRecords(book.reports);
        const accepted = book.reports.words[firstReport] === RecordKind.orderAccepted;
        if (accepted) expect(paid).toBeLessThanOrEqual(bound);
        // In a call it pays nothing yet, and sets aside what a limit order does.
        if (accepted && exact && book.phase === TradingPhase.continuous) expect(paid).toBe(bound);
      } else {
        stepper.apply(step);
      }
      book.reports.clear();
      book.deltas.clear();
    }
  });
});

function isMarketBuy(step: BookStep): step is SubmitStep {
  return step.do === "submit" && orderTypeOf(step.flags) === OrderType.market && sideOf(step.flags) === Side.buy;
}

function isExact(book: FastBook, { flags }: SubmitStep): boolean {
  return (
    timeInForceOf(flags) !== TimeInForce.FOK &&
    selfTradePreventionOf(flags) === SelfTradePrevention.none &&
    (flags & FlagBits.reduceOnly) === 0 &&
    !book.orders().some((order) => (order.flags & FlagBits.reduceOnly) !== 0)
  );
}

/** Tick-lots of the order's own trades, which come before those of the stops that it sets off. */
function paidBy({ reports }: FastBook, { owner, orderId }: SubmitStep): number {
  let paid = 0;
  for (const at of waitingRecords(reports)) {
    const { words } = reports;
    if (words[at] === RecordKind.orderTriggered) break;
    const isOwn = words[at + TradeWord.takerOwner] === owner && words[at + TradeWord.takerOrderId] === orderId;
    if (words[at] === RecordKind.trade && isOwn) {
      paid += words[at + TradeWord.priceTicks] * words[at + TradeWord.qtyLots];
    }
  }
  return paid;
}
