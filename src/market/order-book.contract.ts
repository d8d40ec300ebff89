import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { writeCancel } from "../model/command.ts";
import { RecordKind } from "../model/record.ts";
import { checkAnswers } from "../testing/book-answers.ts";
import { renderReport } from "../testing/book-record-text.ts";
import { dedent, runScript, scriptSteps } from "../testing/book-script.ts";
import { parseStep } from "../testing/book-step-text.ts";
import { BookStepper } from "../testing/book-steps.ts";
import type { BookCase } from "../testing/matching-cases/book-case.ts";
import { CASE_RULES } from "../testing/matching-cases/book-case.ts";
import { CALL_CASES } from "../testing/matching-cases/calls.ts";
import { CANCEL_AND_EXPIRY_CASES } from "../testing/matching-cases/cancel-and-expiry.ts";
import { ORDERS_IN_CALLS_CASES } from "../testing/matching-cases/orders-in-calls.ts";
import { PHASE_CASES } from "../testing/matching-cases/phases.ts";
import { POST_ONLY_CASES } from "../testing/matching-cases/post-only.ts";
import { PRICE_BAND_CASES } from "../testing/matching-cases/price-band.ts";
import { REDUCE_ONLY_CASES } from "../testing/matching-cases/reduce-only.ts";
import { REPLACE_CASES } from "../testing/matching-cases/replace.ts";
import { SELF_TRADE_CASES } from "../testing/matching-cases/self-trade.ts";
import { STOP_CASES } from "../testing/matching-cases/stops.ts";
import { HIDDEN_AND_ICEBERG_CASES } from "../testing/matching-cases/hidden-and-iceberg.ts";
import { ORDER_ADMISSION_CASES } from "../testing/matching-cases/order-admission.ts";
import { ORDER_FIELD_CASES } from "../testing/matching-cases/order-fields.ts";
import { REPLACE_CHECK_CASES } from "../testing/matching-cases/replace-checks.ts";
import { TRADING_CASES } from "../testing/matching-cases/trading.ts";
import { REASONS } from "../model/reason.ts";
import { waitingRecords } from "../testing/stale-words.ts";
import { bookHash } from "./book-hash.ts";
import type { BookRules, OrderBook } from "./order-book.ts";

const SUBJECTS: readonly (readonly [subject: string, cases: readonly BookCase[]])[] = [
  ["fields of a new order", ORDER_FIELD_CASES],
  ["admission of a new order", ORDER_ADMISSION_CASES],
  ["trading", TRADING_CASES],
  ["hidden orders and icebergs", HIDDEN_AND_ICEBERG_CASES],
  ["post-only", POST_ONLY_CASES],
  ["reduce-only", REDUCE_ONLY_CASES],
  ["self-trade prevention", SELF_TRADE_CASES],
  ["stops", STOP_CASES],
  ["replace", REPLACE_CASES],
  ["checks of a replace", REPLACE_CHECK_CASES],
  ["cancel and expiry", CANCEL_AND_EXPIRY_CASES],
  ["price band", PRICE_BAND_CASES],
  ["phases", PHASE_CASES],
  ["the end of a call", CALL_CASES],
  ["orders in calls", ORDERS_IN_CALLS_CASES],
];

/** Reasons that a venue gives before a command reaches a book. */
const REASONS_OF_THE_VENUE = ["unknownInstrument"];
/** Codes from here on are about market data. */
const FEED_REASONS_FROM = 70;

/** What every order book must do: the rules of docs/matching.md, as scripts. */
export function describeOrderBook(name: string, create: (rules: BookRules) => OrderBook): void {
  describe(name, () => {
    for (const [subject, cases] of SUBJECTS) {
      describe(subject, () => {
        for (const { title, rules, showDeltas = false, script } of cases) {
          test(title, () => {
            const expected = dedent(script);
            expect(runScript(create({ ...CASE_RULES, ...rules }), expected, { showDeltas })).toBe(expected);
          });
        }
      });
    }

    test("the scripts show every reason that a book gives", () => {
      const scripts = SUBJECTS.flatMap(([, cases]) => cases.map(({ script }) => dedent(script)));
      const reports = scripts.flatMap((script) => script.split("\n").filter((line) => line.startsWith("  ")));
      const orderReasons = REASONS.filter(({ code }) => code < FEED_REASONS_FROM);
      const missing = orderReasons.filter((reason) => !reports.some((line) => line.endsWith(` ${reason.name}`)));
      expect(missing.map((reason) => reason.name)).toEqual(["none", ...REASONS_OF_THE_VENUE]);
    });

    test("stops at a kind of command that it does not know", () => {
      const words = new Int32Array(16);
      const doubles = new Float64Array(words.buffer);
      const book = create(CASE_RULES);
      writeCancel(words, 0, { instrument: CASE_RULES.instrument, owner: 1, orderId: 1 });
      for (const kind of [0, RecordKind.disconnect + 1, RecordKind.orderAccepted, -1]) {
        words[0] = kind;
        expect(() => book.apply(words, doubles, 0, 0)).toThrow(InvariantError);
      }
    });

    test("keeps many orders of few owners apart, whatever is taken out from among them", () => {
      const book = create(CASE_RULES);
      const stepper = new BookStepper(book);
      // 37 steps through 1,000 ids meet each of them once, in an order that has nothing to do with their arrival.
      const ids = Array.from({ length: 1_000 }, (_, index) => (index * 37) % 1_000);
      const owner = (id: number): number => id % 3;
      for (const id of ids) {
        stepper.apply(parseStep(`buy ${owner(id)}:${id} ${1 + (id % 7)}@${4000 + (id % 90)} gtd ${1 + (id % 900)}`));
      }
      const left = new Set(ids);
      for (const id of ids.toSorted((a, b) => a - b)) {
        if (id % 3 === 0 || id % 4 === 1) {
          stepper.apply(parseStep(`cancel ${owner(id)}:${id}`));
          left.delete(id);
        }
        if (id % 50 === 0) checkAnswers(book);
      }
      expect(book.orders().map(({ orderId }) => orderId)).toHaveLength(left.size);
      for (const id of ids) expect(book.find(owner(id), id) !== undefined, `order ${id}`).toBe(left.has(id));
      stepper.apply(parseStep("cancel-all 1"));
      stepper.apply(parseStep("clock 1000"));
      stepper.apply(parseStep("expire"));
      expect(book.orders()).toEqual([]);
    });

    test("does the same without deltas when its rules want none", () => {
      for (const [, cases] of SUBJECTS) {
        for (const { rules, script } of cases) {
          const bookRules = { ...CASE_RULES, ...rules };
          const [loud, quiet] = [create(bookRules), create({ ...bookRules, publishes: "nothing" })];
          const [loudStepper, quietStepper] = [new BookStepper(loud), new BookStepper(quiet)];
          for (const step of scriptSteps(script)) {
            loudStepper.apply(step);
            quietStepper.apply(step);
          }
          expect(waitingReports(quiet)).toEqual(waitingReports(loud));
          expect(quiet.deltas.written).toBe(0);
          expect(bookHash(quiet)).toBe(bookHash(loud));
        }
      }
    });

    test("knows no end of time", () => {
      const book = create(CASE_RULES);
      expect(() => book.expire(Infinity)).toThrow(new InvariantError("the time is finite"));
      expect(() => book.expire(Number.MAX_SAFE_INTEGER)).not.toThrow();
    });

    test("answers about what it never saw", () => {
      const book = create(CASE_RULES);
      expect(book.find(9, 9)).toBeUndefined();
      expect(book.position(9)).toBe(0);
      expect(book.orders()).toEqual([]);
      for (const side of [0, 1] as const) {
        expect(book.bestPriceTicks(side)).toBe(0);
        expect(book.nextPriceTicks(side, 5000)).toBe(0);
        expect(book.levelLots(side, 5000)).toBe(0);
        expect(book.levelOrders(side, 5000)).toBe(0);
      }
      book.setPosition(7, -12);
      expect(book.position(7)).toBe(-12);
    });

    test("sets no position of an owner that is none", () => {
      const book = create(CASE_RULES);
      for (const owner of [-1, 1 << 22]) expect(() => book.setPosition(owner, 1)).toThrow(InvariantError);
    });
  });
}

function waitingReports({ reports, rules }: OrderBook): string[] {
  return waitingRecords(reports).map((at) => renderReport(reports.words, at, rules));
}
