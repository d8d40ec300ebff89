import type { PhaseChange } from "../market/book/report-writer.ts";
import { INITIAL_PHASE } from "../market/book/report-writer.ts";
import type { OrderBook } from "../market/order-book.ts";
import { DeltaWord } from "../model/book-delta.ts";
import type { DepthName, FeedModeName } from "../model/market-data.ts";
import {
  AuctionWord,
  LevelChangedWord,
  PublicTradeWord,
  QuoteWord,
  SNAPSHOT_LEVELS_MAX,
  SequenceWord,
  SnapshotWord,
} from "../model/market-data.ts";
import { sideOf } from "../model/order-flags.ts";
import { RecordKind, recordKindName } from "../model/record.ts";
import { Side } from "../model/side.ts";
import { expectEqual, fail } from "./check-error.ts";

interface MirroredOrder {
  readonly venueOrderId: number;
  visibleLots: number;
}

export interface MirroredLevel {
  readonly priceTicks: number;
  readonly orders: number;
  readonly lots: number;
}

/** A record in some memory. */
interface Records {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
}

/**
 * What a subscriber knows who hears nothing but one feed. It fails when the feed leaves a gap, and can be compared with
 * the real book.
 */
export class FeedMirror {
  /** Number of the last change that it has heard of. */
  lastSequence = 0;
  /** False while messages of the same moment are still to come. */
  isWhole = false;
  /** Messages heard. */
  messages = 0;
  readonly #depth: DepthName;
  readonly #mode: FeedModeName;
  /** Levels a side that it hears of; Infinity where the feed tells all. */
  readonly #levelsMax: number;
  /** Messages that must follow before anything else does. */
  #following = 0;
  #snapshotFollows = false;
  #quote = { bidTicks: 0, askTicks: 0, bidLots: 0, askLots: 0, lastTicks: 0, volumeLots: 0 };
  #nextTradeId = -1;
  #auction: PhaseChange = INITIAL_PHASE;
  /** By side and price. */
  #levels: readonly [Map<number, MirroredLevel>, Map<number, MirroredLevel>] = [new Map(), new Map()];
  #queues: readonly [Map<number, MirroredOrder[]>, Map<number, MirroredOrder[]>] = [new Map(), new Map()];

  constructor({ depth, mode, levels = 0 }: { depth: DepthName; mode: FeedModeName; levels?: number }) {
    this.#depth = depth;
    this.#mode = mode;
    this.#levelsMax = mode === "snapshots" ? levels || SNAPSHOT_LEVELS_MAX : Infinity;
  }

  /** @throws {BookCheckError} when the message does not follow the one before */
  take(words: Int32Array, doubles: Float64Array, at: number): void {
    const records = { words, doubles };
    const kind = words[at];
    this.messages++;
    if (this.#following > 0 && kind !== RecordKind.levelChanged && kind !== RecordKind.orderAdded) {
      fail(`${recordKindName(kind)} came where ${this.#following} messages should follow`);
    }
    switch (kind) {
      case RecordKind.quote:
        this.#takeQuote(records, at);
        break;
      case RecordKind.bookSnapshot:
        this.#takeSnapshot(records, at);
        break;
      case RecordKind.levelChanged:
        this.#takeLevel(records, at);
        break;
      case RecordKind.tradingPhase:
      case RecordKind.indication:
        this.#takeAuction(records, at);
        break;
      case RecordKind.publicTrade:
        this.#takeTrade(records, at);
        break;
      default:
        this.#takeOrder(records, at);
    }
    this.isWhole = this.#following === 0;
  }

  /** How many levels a side has. */
  levelCount(side: Side): number {
    return (this.#depth === "orders" ? this.#queues : this.#levels)[side].size;
  }

  /** What stands at a price. */
  levelAt(side: Side, priceTicks: number): MirroredLevel {
    if (this.#depth !== "orders") return this.#levels[side].get(priceTicks) ?? { priceTicks, orders: 0, lots: 0 };
    const queue = this.#queues[side].get(priceTicks) ?? [];
    let lots = 0;
    for (const order of queue) lots += order.visibleLots;
    return { priceTicks, orders: queue.length, lots };
  }

  /**
   * Compares all that the feed tells with the real book.
   * @param traded lots and trades of the instrument since the start
   * @throws {BookCheckError} when something differs
   */
  compare(book: OrderBook, traded: { readonly volumeLots: number; readonly trades: number }): void {
    if (!this.isWhole) fail(`${this.#following} messages are missing`);
    if (this.#depth === "auctions") this.#compareAuction(book);
    else if (this.#depth === "quotes") this.#compareQuote(book, traded.volumeLots);
    else if (this.#depth === "trades") {
      expectEqual(this.#quote.volumeLots, traded.volumeLots, "volume of a feed of trades");
      if (this.#nextTradeId >= 0) expectEqual(this.#nextTradeId, traded.trades, "trades of a feed of trades");
    } else {
      for (const side of [Side.buy, Side.sell]) this.#compareLevels(book, side);
      if (this.#depth === "orders") this.#compareOrders(book);
    }
  }

  /** A message begins where the one before ended. */
  #follow({ doubles }: Records, at: number): void {
    const first = doubles[(at + SequenceWord.firstSequence) >> 1];
    const last = doubles[(at + SequenceWord.lastSequence) >> 1];
    expectEqual(first, this.lastSequence + 1, "firstSequence of a message");
    if (last < first - 1) fail(`a message covers ${first} to ${last}`);
    this.lastSequence = last;
  }

  /** Messages that begin at the first change tell everything, so they may come at any time. */
  #restartAt({ doubles }: Records, at: number): void {
    if (doubles[(at + SequenceWord.firstSequence) >> 1] === 1) this.lastSequence = 0;
  }

  #takeQuote(records: Records, at: number): void {
    const { words, doubles } = records;
    this.#restartAt(records, at);
    this.#follow(records, at);
    const quote = {
      bidTicks: words[at + QuoteWord.bidTicks],
      askTicks: words[at + QuoteWord.askTicks],
      bidLots: words[at + QuoteWord.bidLots],
      askLots: words[at + QuoteWord.askLots],
      lastTicks: words[at + QuoteWord.lastTicks],
      volumeLots: doubles[(at + QuoteWord.volumeLots) >> 1],
    };
    const isFirst = doubles[(at + SequenceWord.firstSequence) >> 1] === 1;
    if (!isFirst && this.#mode !== "snapshots" && JSON.stringify(quote) === JSON.stringify(this.#quote)) {
      fail("a quote says what was said before");
    }
    this.#quote = quote;
  }

  #takeSnapshot(records: Records, at: number): void {
    const { words, doubles } = records;
    this.#restartAt(records, at);
    this.#follow(records, at);
    const bids = words[at + SnapshotWord.bids];
    const levels = Array.from({ length: bids + words[at + SnapshotWord.asks] }, (_, index) => {
      const from = at + 16 + 4 * index;
      return { priceTicks: words[from], orders: words[from + 1], lots: doubles[(from + 2) >> 1] };
    });
    const byPrice = (some: MirroredLevel[]): Map<number, MirroredLevel> =>
      new Map(some.map((level) => [level.priceTicks, level]));
    this.#levels = [byPrice(levels.slice(0, bids)), byPrice(levels.slice(bids))];
    this.#queues = [new Map(), new Map()];
    this.#following = words[at + SnapshotWord.following];
    this.#snapshotFollows = this.#following > 0;
  }

  #takeLevel(records: Records, at: number): void {
    const { words, doubles } = records;
    this.#follow(records, at);
    const following = words[at + LevelChangedWord.following];
    const belongsToSnapshot = this.#snapshotFollows;
    if (this.#following > 0) expectEqual(following, this.#following - 1, "messages that follow");
    this.#following = following;
    if (following === 0) this.#snapshotFollows = false;
    const covers = this.lastSequence + 1 - doubles[(at + SequenceWord.firstSequence) >> 1];
    if (belongsToSnapshot ? covers !== 0 : covers <= 0) fail(`a level changed by ${covers} changes`);
    const levels = this.#levels[words[at + LevelChangedWord.side] === Side.buy ? Side.buy : Side.sell];
    const level = {
      priceTicks: words[at + LevelChangedWord.priceTicks],
      orders: words[at + LevelChangedWord.orders],
      lots: doubles[(at + LevelChangedWord.lots) >> 1],
    };
    const { orders, lots } = levels.get(level.priceTicks) ?? { orders: 0, lots: 0 };
    if (this.#mode === "everyChange" && level.orders === orders && level.lots === lots)
      fail("a level changed to what it was");
    if ((level.orders === 0) !== (level.lots === 0)) fail(`a level of ${level.orders} orders has ${level.lots} lots`);
    if (level.lots === 0) levels.delete(level.priceTicks);
    else levels.set(level.priceTicks, level);
  }

  #takeTrade(records: Records, at: number): void {
    const { words } = records;
    this.#follow(records, at);
    const tradeId = words[at + PublicTradeWord.tradeId];
    if (this.#nextTradeId >= 0) expectEqual(tradeId, this.#nextTradeId, "id of the next trade");
    this.#nextTradeId = tradeId + 1;
    this.#quote.volumeLots += words[at + PublicTradeWord.qtyLots];
    this.#quote.lastTicks = words[at + PublicTradeWord.priceTicks];
  }

  #takeAuction(records: Records, at: number): void {
    const { words, doubles } = records;
    this.#restartAt(records, at);
    this.#follow(records, at);
    const auction = {
      phase: words[at + AuctionWord.phase],
      previous: 0,
      reason: words[at + AuctionWord.reason],
      priceTicks: words[at + AuctionWord.priceTicks],
      auctions: words[at + AuctionWord.auctions],
      volumeLots: doubles[(at + AuctionWord.volumeLots) >> 1],
      surplusLots: doubles[(at + AuctionWord.surplusLots) >> 1],
      untilNs: doubles[(at + AuctionWord.untilNs) >> 1],
    };
    this.#auction = auction;
  }

  /** Each change tells of the phase and its result; at intervals what the call would come to. */
  #compareAuction(book: OrderBook): void {
    const { phase, auctions, priceTicks, volumeLots, surplusLots } = this.#auction;
    const expected = this.#mode === "everyChange" ? book.phaseChange : book.indication();
    expectEqual(phase, book.phase, "phase");
    expectEqual(auctions, book.phaseChange.auctions, "auctions so far");
    expectEqual(priceTicks, expected.priceTicks, "price of an auction");
    expectEqual(volumeLots, expected.volumeLots, "volume of an auction");
    expectEqual(surplusLots, expected.surplusLots, "surplus of an auction");
  }

  #takeOrder({ words, doubles }: Records, at: number): void {
    const kind = words[at];
    const sequence = doubles[(at + DeltaWord.sequence) >> 1];
    if (this.#following > 0) {
      expectEqual(sequence, this.lastSequence, "sequence of an order that belongs to a snapshot");
      this.#following--;
    } else {
      expectEqual(sequence, this.lastSequence + 1, "sequence of the next change");
      this.lastSequence = sequence;
    }
    if (kind === RecordKind.auctionExecuted || kind === RecordKind.phaseEntered) return;
    const queues = this.#queues[words[at + DeltaWord.side] === Side.buy ? Side.buy : Side.sell];
    const priceTicks = words[at + DeltaWord.priceTicks];
    const venueOrderId = words[at + DeltaWord.venueOrderId];
    const visibleLots = words[at + DeltaWord.visibleLots];
    const queue = queues.get(priceTicks) ?? [];
    if (kind === RecordKind.orderAdded) {
      queue.push({ venueOrderId, visibleLots });
      queues.set(priceTicks, queue);
    } else if (
      kind === RecordKind.orderReduced ||
      kind === RecordKind.orderRemoved ||
      kind === RecordKind.orderExecuted
    ) {
      const place = queue.findIndex((order) => order.venueOrderId === venueOrderId);
      if (place < 0) fail(`#${venueOrderId} changes at ${priceTicks}, and is not there`);
      queue[place].visibleLots = visibleLots;
      if (visibleLots === 0) queue.splice(place, 1);
      if (queue.length === 0) queues.delete(priceTicks);
    } else if (kind !== RecordKind.hiddenExecuted) {
      fail(`a feed sent ${recordKindName(kind)}`);
    }
  }

  #compareQuote(book: OrderBook, volumeLots: number): void {
    const quote = this.#quote;
    for (const [side, ticks, lots] of [
      [Side.buy, quote.bidTicks, quote.bidLots],
      [Side.sell, quote.askTicks, quote.askLots],
    ] as const) {
      const best = book.bestPriceTicks(side);
      expectEqual(ticks, best, `best price of side ${side}`);
      expectEqual(
        lots,
        best === 0 ? 0 : Math.min(2 ** 31 - 1, book.levelLots(side, best)),
        `lots at the best of side ${side}`,
      );
    }
    expectEqual(quote.lastTicks, book.lastPriceTicks, "last price");
    expectEqual(quote.volumeLots, volumeLots, "volume");
  }

  #compareLevels(book: OrderBook, side: Side): void {
    const levels = Math.min(this.levelCount(side), this.#levelsMax);
    let priceTicks = book.bestPriceTicks(side);
    for (let place = 0; place < levels; place++) {
      const { orders, lots } = this.levelAt(side, priceTicks);
      expectEqual(orders, book.levelOrders(side, priceTicks), `orders of side ${side} at ${priceTicks}`);
      expectEqual(lots, book.levelLots(side, priceTicks), `lots of side ${side} at ${priceTicks}`);
      priceTicks = book.nextPriceTicks(side, priceTicks);
    }
    if (levels < this.#levelsMax) expectEqual(0, priceTicks, `price behind the last level of side ${side}`);
    else expectEqual(this.levelCount(side), this.#levelsMax, `levels of side ${side}`);
  }

  /** The queues hold the same orders in the same order; that there are no others, the levels show. */
  #compareOrders(book: OrderBook): void {
    const places = new Map<MirroredOrder[], number>();
    for (const { flags, priceTicks, venueOrderId, visibleLots } of book.orders()) {
      if (visibleLots === 0) continue;
      const queue = this.#queues[sideOf(flags)].get(priceTicks) ?? [];
      const place = places.get(queue) ?? 0;
      const found = queue[place];
      if (found?.venueOrderId !== venueOrderId || found.visibleLots !== visibleLots) {
        fail(
          `place ${place} at ${priceTicks}: expected #${venueOrderId} with ${visibleLots}, found ${JSON.stringify(found)}`,
        );
      }
      places.set(queue, place + 1);
    }
  }
}
