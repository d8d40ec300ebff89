import type { ActorContext } from "../../kernel/actor.ts";
import { DeltaWord } from "../../model/book-delta.ts";
import { SNAPSHOT_LEVELS_MAX, SnapshotWord } from "../../model/market-data.ts";
import { sideOf } from "../../model/order-flags.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { OrderBook, OrderView } from "../order-book.ts";
import type { Covered } from "./feed-writer.ts";
import { composeLevel, levelKey, writeCovered } from "./feed-writer.ts";

/** Words of a level in a snapshot. */
const LEVEL_WORDS = 4;
const RECORD_WORDS = 16;

/** Composes a `bookSnapshot` of the best levels of both sides. */
export function composeSnapshot(
  context: ActorContext,
  book: OrderBook,
  extent: { readonly levels: number; readonly following: number },
  covered: Covered,
): number {
  const bids = Math.min(extent.levels, countLevels(book, Side.buy, extent.levels));
  const asks = Math.min(extent.levels, countLevels(book, Side.sell, extent.levels));
  const message = context.compose(1 + Math.ceil(((bids + asks) * LEVEL_WORDS) / RECORD_WORDS));
  const words = context.words;
  const at = message << 4;
  words[at] = RecordKind.bookSnapshot;
  words[at + SnapshotWord.instrument] = book.rules.instrument;
  words[at + SnapshotWord.bids] = bids;
  words[at + SnapshotWord.asks] = asks;
  words[at + SnapshotWord.following] = extent.following;
  writeCovered(context, at, covered);
  const firstAsk = at + RECORD_WORDS + bids * LEVEL_WORDS;
  writeLevels(context, book, Side.buy, { at: at + RECORD_WORDS, levels: bids });
  writeLevels(context, book, Side.sell, { at: firstAsk, levels: asks });
  return message;
}

/** Sends a subscriber the whole book by levels: a snapshot, and each level that it has no room for. */
export function sendEveryLevel(context: ActorContext, book: OrderBook, lastSequence: number): void {
  const deeper = [Side.buy, Side.sell].flatMap((side) => deeperLevels(book, side));
  const extent = { levels: SNAPSHOT_LEVELS_MAX, following: deeper.length };
  context.send(context.sender, composeSnapshot(context, book, extent, { firstSequence: 1, lastSequence }));
  deeper.forEach((key, place) => {
    const level = { key, following: deeper.length - 1 - place };
    // It adds no change to those that the snapshot covers.
    const covered = { firstSequence: lastSequence + 1, lastSequence };
    context.send(context.sender, composeLevel(context, book, level, covered));
  });
}

/** Sends a subscriber the whole book by orders: a snapshot, and each visible order as one that is added. */
export function sendEveryOrder(context: ActorContext, book: OrderBook, lastSequence: number): void {
  const visible = book.orders().filter((order) => order.visibleLots > 0);
  const extent = { levels: SNAPSHOT_LEVELS_MAX, following: visible.length };
  context.send(context.sender, composeSnapshot(context, book, extent, { firstSequence: 1, lastSequence }));
  for (const order of visible) context.send(context.sender, composeOrder(context, book, order, lastSequence));
}

/** Composes an `orderAdded` of an order that stands in the book. */
function composeOrder(context: ActorContext, book: OrderBook, order: OrderView, sequence: number): number {
  const message = context.compose();
  const words = context.words;
  const at = message << 4;
  const side = sideOf(order.flags);
  words[at] = RecordKind.orderAdded;
  words[at + DeltaWord.instrument] = book.rules.instrument;
  words[at + DeltaWord.side] = side;
  words[at + DeltaWord.priceTicks] = order.priceTicks;
  words[at + DeltaWord.venueOrderId] = order.venueOrderId;
  words[at + DeltaWord.visibleLots] = order.visibleLots;
  words[at + DeltaWord.changeLots] = order.visibleLots;
  words[at + DeltaWord.levelOrders] = book.levelOrders(side, order.priceTicks);
  words[at + DeltaWord.tradeId] = -1;
  context.doubles[(at + DeltaWord.levelLots) >> 1] = book.levelLots(side, order.priceTicks);
  context.doubles[(at + DeltaWord.sequence) >> 1] = sequence;
  return message;
}

/** Levels of a side, counted up to a limit. */
function countLevels(book: OrderBook, side: Side, levelsMax: number): number {
  let levels = 0;
  for (
    let price = book.bestPriceTicks(side);
    price !== 0 && levels < levelsMax;
    price = book.nextPriceTicks(side, price)
  )
    levels++;
  return levels;
}

/** The levels of a side behind those of a snapshot. */
function deeperLevels(book: OrderBook, side: Side): number[] {
  const keys: number[] = [];
  let place = 0;
  for (let price = book.bestPriceTicks(side); price !== 0; price = book.nextPriceTicks(side, price)) {
    if (++place > SNAPSHOT_LEVELS_MAX) keys.push(levelKey(side, price));
  }
  return keys;
}

function writeLevels(context: ActorContext, book: OrderBook, side: Side, to: { at: number; levels: number }): void {
  const { words, doubles } = context;
  let price = book.bestPriceTicks(side);
  for (let level = 0; level < to.levels; level++, price = book.nextPriceTicks(side, price)) {
    const at = to.at + level * LEVEL_WORDS;
    words[at] = price;
    words[at + 1] = book.levelOrders(side, price);
    doubles[(at + 2) >> 1] = book.levelLots(side, price);
  }
}
