import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Venue } from "../market/venue.ts";
import { packFlags } from "../model/order-flags.ts";
import { reasonName } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { ReportWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import type { BookStep } from "../testing/book-steps.ts";
import { waitingRecords } from "../testing/stale-words.ts";
import { TradingFloor } from "../testing/trading-floor.ts";
import { BTC } from "../testing/venue-cases/venue-case.ts";

/** One account trades at two venues, and they share its only money. Another one is there to trade with. */
const ACCOUNT = 2;
const OTHER = 3;
const CASH = 1_000;
const WINDOW = 32;

function openFloor(rules: "unique ids" | "no rules"): TradingFloor {
  const options = rules === "no rules" ? [{}] : [{ uniqueOrderIds: { window: WINDOW } }];
  const venue = { instruments: [BTC], rules: options };
  const floor = new TradingFloor([venue, venue]);
  floor.ledger.openAccount();
  floor.ledger.openAccount();
  floor.deposit(ACCOUNT, "USD", CASH);
  floor.deposit(OTHER, "BTC", 10_000);
  return floor;
}

interface Sent {
  readonly venue: number;
  readonly step: BookStep;
}

const submit = (
  owner: number,
  side: Side,
  order: { orderId: number; priceTicks: number; qtyLots: number },
): BookStep => ({
  do: "submit",
  owner,
  flags: packFlags({ side }),
  displayLots: 0,
  triggerTicks: 0,
  expireTimeNs: 0,
  ...order,
});

const order = fc.record({
  orderId: fc.integer({ min: 1, max: 12 }),
  priceTicks: fc.integer({ min: 1, max: 20 }),
  qtyLots: fc.integer({ min: 1, max: 60 }),
});
const buy = order.map((one) => submit(ACCOUNT, Side.buy, one));
const cancel = order.map(({ orderId }): BookStep => ({ do: "cancel", owner: ACCOUNT, orderId }));
const replace = order.map((one): BookStep => ({ do: "replace", owner: ACCOUNT, ...one }));
/** Takes what the account bids for. Its ids are its own, so that each of its orders is a new one. */
const sell = order.map((one) => submit(OTHER, Side.sell, one));

/**
 * What two venues receive, each in an order of its own, however often each command arrives: some commands, any number of
 * copies of them, and any interleaving.
 */
function arrivals(command: fc.Arbitrary<BookStep>): fc.Arbitrary<readonly Sent[]> {
  return fc.array(fc.record({ venue: fc.constantFrom(0, 1), step: command }), { maxLength: 25 }).chain((sent) => {
    const copies = fc.array(fc.nat({ max: Math.max(0, sent.length - 1) }), { maxLength: 15 });
    return copies.chain((places) => {
      const all = [...sent, ...(sent.length === 0 ? [] : places.map((place) => sent[place]))];
      return fc.shuffledSubarray(all, { minLength: all.length });
    });
  });
}

/** Each of the command's reports, such as `orderRejected insufficientFunds`. The checker has proven the money by then. */
function apply(floor: TradingFloor, { venue, step }: Sent): string[] {
  const at: Venue = floor.venues[venue];
  floor.apply(step, { venue: at, instrument: 0 });
  const { words } = at.reports;
  const found = waitingRecords(at.reports).map((report) =>
    words[report] === RecordKind.trade ? "trade" : describeReport(words, report),
  );
  floor.take();
  return found;
}

const KINDS = new Map<number, string>(Object.entries(RecordKind).map(([name, kind]) => [kind, name]));

function describeReport(words: Int32Array, at: number): string {
  return `${KINDS.get(words[at])} ${reasonName(words[at + ReportWord.reason])}`;
}

describe("one account at two venues", () => {
  test("never has more at stake than it owns, whatever arrives how often and in which order", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("unique ids", "no rules"),
        arrivals(fc.oneof(buy, buy, cancel, replace, sell)),
        (rules, sent) => {
          const floor = openFloor(rules);
          for (const one of sent) {
            apply(floor, one);
            expect(floor.ledger.free(ACCOUNT, 1)).toBeGreaterThanOrEqual(0);
            expect(floor.ledger.reserved(ACCOUNT, 1)).toBeLessThanOrEqual(CASH);
          }
        },
      ),
    );
  });

  test("spends its balance once: an order passes exactly when what the others left covers it", () => {
    fc.assert(
      fc.property(arrivals(buy), (sent) => {
        const floor = openFloor("unique ids");
        const used = [new Set<number>(), new Set<number>()];
        let left = CASH;
        for (const one of sent) {
          const { orderId, priceTicks, qtyLots } = one.step as Extract<BookStep, { do: "submit" }>;
          const cost = priceTicks * qtyLots;
          // Nobody sells, so nothing is ever given back.
          const expected = used[one.venue].has(orderId)
            ? "orderRejected orderIdUsed"
            : cost <= left
              ? "orderAccepted none"
              : "orderRejected insufficientFunds";
          expect(apply(floor, one)).toEqual([expected]);
          used[one.venue].add(orderId);
          if (expected === "orderAccepted none") left -= cost;
          expect(floor.ledger.free(ACCOUNT, 1)).toBe(left);
        }
      }),
    );
  });

  test("makes one order of a command that arrives any number of times, also when the order is done", () => {
    fc.assert(
      fc.property(arrivals(fc.oneof(buy, cancel, sell)), (sent) => {
        const floor = openFloor("unique ids");
        const accepted = new Set<string>();
        for (const one of sent) {
          const reports = apply(floor, one);
          if (one.step.do !== "submit") continue;
          const name = `${one.venue} ${one.step.owner} ${one.step.orderId}`;
          if (accepted.has(name)) expect(reports).toEqual(["orderRejected orderIdUsed"]);
          if (reports[0] === "orderAccepted none") accepted.add(name);
        }
      }),
    );
  });

  test("without the rule a command that arrives again makes a second order once the first is done", () => {
    const again = submit(ACCOUNT, Side.buy, { orderId: 1, priceTicks: 10, qtyLots: 10 });
    const life = ([again, again, { do: "cancel", owner: ACCOUNT, orderId: 1 }, again] as const).map((step) => ({
      venue: 0,
      step,
    }));
    const answers = (rules: Parameters<typeof openFloor>[0]): string[] => {
      const floor = openFloor(rules);
      return life.flatMap((one) => apply(floor, one));
    };
    expect(answers("no rules")).toEqual([
      "orderAccepted none",
      "orderRejected duplicateOrderId",
      "orderCanceled canceledByOwner",
      "orderAccepted none",
    ]);
    expect(answers("unique ids")).toEqual([
      "orderAccepted none",
      "orderRejected orderIdUsed",
      "orderCanceled canceledByOwner",
      "orderRejected orderIdUsed",
    ]);
  });

  test("of two orders for all of its money, the one that comes first passes, at whichever venue", () => {
    const all = submit(ACCOUNT, Side.buy, { orderId: 1, priceTicks: 10, qtyLots: 100 });
    for (const venues of [
      [0, 1],
      [1, 0],
    ]) {
      const floor = openFloor("unique ids");
      expect(venues.flatMap((venue) => apply(floor, { venue, step: all }))).toEqual([
        "orderAccepted none",
        "orderRejected insufficientFunds",
      ]);
    }
  });
});
