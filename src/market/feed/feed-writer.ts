import type { RecordRing } from "../../core/record-ring.ts";
import { INT32_MAX } from "../../core/units.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import { DeltaWord } from "../../model/book-delta.ts";
import { LevelChangedWord, NO_SIDE, PublicTradeWord, QuoteWord, SequenceWord } from "../../model/market-data.ts";
import { RecordKind, recordLength } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import type { OrderBook } from "../order-book.ts";

// Plain constants of this module: V8 folds them into the code, but reads imported ones anew at each use.
const {
  instrument: DELTA_INSTRUMENT,
  side: DELTA_SIDE,
  priceTicks: DELTA_PRICE_TICKS,
  changeLots: DELTA_CHANGE_LOTS,
  levelOrders: DELTA_LEVEL_ORDERS,
  levelLots: DELTA_LEVEL_LOTS,
  sequence: DELTA_SEQUENCE,
  tradeId: DELTA_TRADE_ID,
} = DeltaWord;
const {
  instrument: LEVEL_INSTRUMENT,
  side: LEVEL_SIDE,
  priceTicks: LEVEL_PRICE_TICKS,
  orders: LEVEL_ORDERS,
  following: LEVEL_FOLLOWING,
  lots: LEVEL_LOTS,
} = LevelChangedWord;
const { firstSequence: FIRST_SEQUENCE, lastSequence: LAST_SEQUENCE } = SequenceWord;
const { levelChanged: LEVEL_CHANGED, auctionExecuted: AUCTION_EXECUTED } = RecordKind;
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

/**
 * Composes a `levelChanged` of a change: what its level holds after it.
 * @param deltas the ring's words, `deltaDoubles` the same memory
 * @param told whoever gets it has been told of all changes up to this one
 */
export function composeChangedLevel(
  context: ActorContext,
  deltas: Int32Array,
  deltaDoubles: Float64Array,
  from: number,
  told: { readonly lastSequence: number },
): number {
  const message = context.composeStale();
  const { words, doubles } = context;
  const at = message << 4;
  words[at] = LEVEL_CHANGED;
  words[at | LEVEL_INSTRUMENT] = deltas[from | DELTA_INSTRUMENT];
  words[at | LEVEL_SIDE] = deltas[from | DELTA_SIDE];
  words[at | LEVEL_PRICE_TICKS] = deltas[from | DELTA_PRICE_TICKS];
  words[at | LEVEL_ORDERS] = deltas[from | DELTA_LEVEL_ORDERS];
  words[at | LEVEL_FOLLOWING] = 0;
  doubles[(at | LEVEL_LOTS) >> 1] = deltaDoubles[(from | DELTA_LEVEL_LOTS) >> 1];
  doubles[(at | FIRST_SEQUENCE) >> 1] = told.lastSequence + 1;
  doubles[(at | LAST_SEQUENCE) >> 1] = deltaDoubles[(from | DELTA_SEQUENCE) >> 1];
  doubles[(at | 12) >> 1] = 0;
  doubles[(at | 14) >> 1] = 0;
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
  words[at + LEVEL_INSTRUMENT] = book.rules.instrument;
  words[at + LEVEL_SIDE] = side;
  words[at + LEVEL_PRICE_TICKS] = priceTicks;
  words[at + LEVEL_ORDERS] = book.levelOrders(side, priceTicks);
  words[at + LEVEL_FOLLOWING] = level.following;
  context.doubles[(at + LEVEL_LOTS) >> 1] = book.levelLots(side, priceTicks);
  writeCovered(context, at, covered);
  return message;
}

/**
 * Composes a `publicTrade` from an execution in the deltas at `from`.
 * @param told whoever gets it has been told of all changes up to this one
 */
export function composeTrade(
  context: ActorContext,
  deltas: RecordRing,
  from: number,
  told: { readonly lastSequence: number },
): number {
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  words[at] = RecordKind.publicTrade;
  words[at + Trade.instrument] = deltas.words[from | DELTA_INSTRUMENT];
  const isAuction = deltas.words[from] === AUCTION_EXECUTED;
  const aggressor = deltas.words[from | DELTA_SIDE] === Side.buy ? Side.sell : Side.buy;
  words[at + Trade.side] = isAuction ? NO_SIDE : aggressor;
  words[at + Trade.priceTicks] = deltas.words[from | DELTA_PRICE_TICKS];
  words[at + Trade.qtyLots] = deltas.words[from | DELTA_CHANGE_LOTS];
  words[at + Trade.tradeId] = deltas.words[from | DELTA_TRADE_ID];
  context.doubles[(at | FIRST_SEQUENCE) >> 1] = told.lastSequence + 1;
  context.doubles[(at | LAST_SEQUENCE) >> 1] = deltas.doubles[(from | DELTA_SEQUENCE) >> 1];
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
  context.doubles[(at | FIRST_SEQUENCE) >> 1] = covered.firstSequence;
  context.doubles[(at | LAST_SEQUENCE) >> 1] = covered.lastSequence;
}
