import type { RecordRing } from "../../core/record-ring.ts";
import { INT32_MAX } from "../../core/units.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import { DeltaWord } from "../../model/book-delta.ts";
import { LevelChangedWord, PublicTradeWord, QuoteWord, SequenceWord } from "../../model/market-data.ts";
import { RecordKind, recordLength } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import type { OrderBook } from "../order-book.ts";

const Delta = { ...DeltaWord };
const Level = { ...LevelChangedWord };
const Trade = { ...PublicTradeWord };
const Quote = { ...QuoteWord };

/** What a message covers of a book's changes. */
export interface Covered {
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** A price and its side in one number, and back. */
export function levelKey(side: number, priceTicks: number): number {
  return priceTicks * 2 + side;
}

/** What a quote says of the lots at a best price, 0 where a side shows none. */
export function bestLots(book: OrderBook, side: Side, bestTicks: number): number {
  return bestTicks === 0 ? 0 : Math.min(INT32_MAX, book.levelLots(side, bestTicks));
}

/** Composes a `quote` of a book as it stands. */
export function composeQuote(context: ActorContext, book: OrderBook, volumeLots: number, covered: Covered): number {
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  const bid = book.bestPriceTicks(Side.buy);
  const ask = book.bestPriceTicks(Side.sell);
  words[at] = RecordKind.quote;
  words[at + Quote.instrument] = book.rules.instrument;
  words[at + Quote.bidTicks] = bid;
  words[at + Quote.askTicks] = ask;
  words[at + Quote.bidLots] = bestLots(book, Side.buy, bid);
  words[at + Quote.askLots] = bestLots(book, Side.sell, ask);
  words[at + Quote.lastTicks] = book.lastPriceTicks;
  context.doubles[(at + Quote.volumeLots) >> 1] = volumeLots;
  writeCovered(context, at, covered);
  return message;
}

/** Composes a `levelChanged` of a change: what its level holds after it. */
export function composeChangedLevel(context: ActorContext, deltas: RecordRing, from: number, covered: Covered): number {
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  words[at] = RecordKind.levelChanged;
  words[at + Level.instrument] = deltas.words[from + Delta.instrument];
  words[at + Level.side] = deltas.words[from + Delta.side];
  words[at + Level.priceTicks] = deltas.words[from + Delta.priceTicks];
  words[at + Level.orders] = deltas.words[from + Delta.levelOrders];
  context.doubles[(at + Level.lots) >> 1] = deltas.doubles[(from + Delta.levelLots) >> 1];
  writeCovered(context, at, covered);
  return message;
}

/** Composes a `levelChanged` of a book as it stands: one of several of the same moment. */
export function composeLevel(
  context: ActorContext,
  book: OrderBook,
  level: { readonly key: number; readonly following: number },
  covered: Covered,
): number {
  const side = level.key % 2 === Side.buy ? Side.buy : Side.sell;
  const priceTicks = (level.key - side) / 2;
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  words[at] = RecordKind.levelChanged;
  words[at + Level.instrument] = book.rules.instrument;
  words[at + Level.side] = side;
  words[at + Level.priceTicks] = priceTicks;
  words[at + Level.orders] = book.levelOrders(side, priceTicks);
  words[at + Level.following] = level.following;
  context.doubles[(at + Level.lots) >> 1] = book.levelLots(side, priceTicks);
  writeCovered(context, at, covered);
  return message;
}

/** Composes a `publicTrade` from an execution in the deltas at `from`. */
export function composeTrade(context: ActorContext, deltas: RecordRing, from: number, covered: Covered): number {
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  words[at] = RecordKind.publicTrade;
  words[at + Trade.instrument] = deltas.words[from + Delta.instrument];
  words[at + Trade.side] = deltas.words[from + Delta.side] === Side.buy ? Side.sell : Side.buy;
  words[at + Trade.priceTicks] = deltas.words[from + Delta.priceTicks];
  words[at + Trade.qtyLots] = deltas.words[from + Delta.changeLots];
  words[at + Trade.tradeId] = deltas.words[from + Delta.tradeId];
  writeCovered(context, at, covered);
  return message;
}

/** Composes a message that repeats one change. */
export function composeChange(context: ActorContext, deltas: RecordRing, from: number): number {
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  const length = recordLength(deltas.words[from]);
  for (let word = 0; word < length; word++) words[at + word] = deltas.words[from + word];
  return message;
}

/** Composes the answer to a request that cannot be met, `requestRejected`. */
export function composeRefusal(
  context: ActorContext,
  request: { kind: number; instrument: number; reason: number },
): number {
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  words[at] = RecordKind.requestRejected;
  words[at + ReportWord.instrument] = request.instrument;
  words[at + ReportWord.venueOrderId] = -1;
  words[at + ReportWord.reason] = request.reason;
  words[at + ReportWord.previous] = request.kind;
  return message;
}

/** Says which changes a message covers, at the words that all of them share. */
export function writeCovered(context: ActorContext, at: number, covered: Covered): void {
  context.doubles[(at + SequenceWord.firstSequence) >> 1] = covered.firstSequence;
  context.doubles[(at + SequenceWord.lastSequence) >> 1] = covered.lastSequence;
}
