import { describe, expect, test } from "vitest";

import { DeltaWord } from "./book-delta.ts";
import { CommandWord } from "./command.ts";
import {
  AuctionWord,
  LevelChangedWord,
  PublicTradeWord,
  QuoteWord,
  RequestQuoteWord,
  SnapshotWord,
  SubscribeWord,
} from "./market-data.ts";
import { PhaseChangedWord, SetPhaseWord } from "./phase.ts";
import { RECORD_WORDS, RecordKind, recordKindName, recordLength } from "./record.ts";
import { FillWord, ReportWord, TradeWord } from "./report.ts";

/** Fields that stand in two words, as float64. */
const DOUBLES = new Set([
  "expireTimeNs",
  "levelLots",
  "sequence",
  "takerFeeUnits",
  "makerFeeUnits",
  "feeUnits",
  "intervalNs",
  "firstSequence",
  "lastSequence",
  "volumeLots",
  "lots",
  "surplusLots",
  "untilNs",
]);

const LAYOUTS: readonly (readonly [
  name: string,
  layout: Readonly<Record<string, number>>,
  kinds: readonly RecordKind[],
])[] = [
  [
    "CommandWord",
    CommandWord,
    [
      RecordKind.submitOrder,
      RecordKind.cancelOrder,
      RecordKind.replaceOrder,
      RecordKind.cancelAllOrders,
      RecordKind.massCancel,
      RecordKind.disconnect,
    ],
  ],
  ["ReportWord", ReportWord, [RecordKind.orderReplaced, RecordKind.requestRejected]],
  ["TradeWord", TradeWord, [RecordKind.trade]],
  ["FillWord", FillWord, [RecordKind.fill]],
  ["SetPhaseWord", SetPhaseWord, [RecordKind.setPhase]],
  ["PhaseChangedWord", PhaseChangedWord, [RecordKind.phaseChanged]],
  [
    "DeltaWord",
    DeltaWord,
    [
      RecordKind.orderAdded,
      RecordKind.orderReduced,
      RecordKind.orderRemoved,
      RecordKind.orderExecuted,
      RecordKind.hiddenExecuted,
      RecordKind.auctionExecuted,
      RecordKind.phaseEntered,
    ],
  ],
  ["SubscribeWord", SubscribeWord, [RecordKind.subscribe, RecordKind.unsubscribe]],
  ["RequestQuoteWord", RequestQuoteWord, [RecordKind.requestQuote]],
  ["QuoteWord", QuoteWord, [RecordKind.quote]],
  ["LevelChangedWord", LevelChangedWord, [RecordKind.levelChanged]],
  ["SnapshotWord", SnapshotWord, [RecordKind.bookSnapshot]],
  ["PublicTradeWord", PublicTradeWord, [RecordKind.publicTrade]],
  ["AuctionWord", AuctionWord, [RecordKind.tradingPhase, RecordKind.indication]],
];

describe.each(LAYOUTS)("%s", (_, layout, kinds) => {
  const words = Object.entries(layout).flatMap(([field, word]) => (DOUBLES.has(field) ? [word, word + 1] : [word]));

  test("begins with kind and instrument, fits into a record, and gives no word to two fields", () => {
    expect([layout["kind"], layout["instrument"]]).toEqual([0, 1]);
    expect(new Set(words).size).toBe(words.length);
    expect(Math.max(...words)).toBeLessThan(RECORD_WORDS);
  });

  test("has its float64 at even words", () => {
    const odd = Object.entries(layout).filter(([field, word]) => DOUBLES.has(field) && word % 2 === 1);
    expect(odd).toEqual([]);
  });

  test("lies within what is copied of its kinds", () => {
    for (const kind of kinds) expect(recordLength(kind)).toBeGreaterThan(Math.max(...words));
  });
});

test("reports on orders end where those words begin that only two of them have", () => {
  const { orderAccepted, orderRejected, orderTriggered, orderCanceled, orderExpired } = RecordKind;
  for (const kind of [orderAccepted, orderRejected, orderTriggered, orderCanceled, orderExpired]) {
    expect(recordLength(kind)).toBe(ReportWord.previous);
  }
  expect(ReportWord.filledLots).toBe(ReportWord.previous - 1);
});

test("every kind has a length, a number of its own and a name", () => {
  const kinds = Object.values(RecordKind);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const [name, kind] of Object.entries(RecordKind)) {
    expect(recordLength(kind)).toBeGreaterThan(0);
    expect(recordKindName(kind)).toBe(name);
  }
  expect(recordKindName(99)).toBe("kind 99");
});
