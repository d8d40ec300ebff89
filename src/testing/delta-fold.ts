import type { RecordRing } from "../core/record-ring.ts";
import { DeltaWord } from "../model/book-delta.ts";
import { RecordKind } from "../model/record.ts";
import { Side } from "../model/side.ts";
import { expectEqual, fail } from "./check-error.ts";
import type { ReportedTrade } from "./report-fold.ts";

interface ShownOrder {
  readonly venueOrderId: number;
  visibleLots: number;
}

/** Folds a book's deltas into its visible queues, and fails at the first that cannot follow those before it. */
export class DeltaFold {
  /** By side and price the queue, oldest first; no empty ones. */
  readonly #levels: readonly [Map<number, ShownOrder[]>, Map<number, ShownOrder[]>] = [new Map(), new Map()];
  readonly #touched = new Map<number, [side: Side, priceTicks: number]>();
  orderCount = 0;
  /** Executions so far. */
  tradesSeen = 0;
  /** The phase that was told last. */
  phase = 0;
  #sequence = 0;

  /** Takes in the delta at `at`. `trades` holds the trades reported since the last command. */
  take(ring: RecordRing, at: number, trades: ReadonlyMap<number, ReportedTrade>): void {
    const { words, doubles } = ring;
    const kind = words[at + DeltaWord.kind];
    const side: Side = words[at + DeltaWord.side] === 0 ? Side.buy : Side.sell;
    expectEqual(words[at + DeltaWord.side], side, "side of a delta");
    const priceTicks = words[at + DeltaWord.priceTicks];
    const tradeId = words[at + DeltaWord.tradeId];
    expectEqual(doubles[(at + DeltaWord.sequence) >> 1], ++this.#sequence, "sequence of a delta");
    if (kind === RecordKind.auctionExecuted || kind === RecordKind.phaseEntered) {
      this.#takeEvent({ words, doubles }, at, trades.get(tradeId));
      return;
    }
    this.#touched.set(priceTicks * 2 + side, [side, priceTicks]);
    if (kind === RecordKind.orderExecuted || kind === RecordKind.hiddenExecuted) {
      this.#checkTrade(words, at, trades.get(tradeId));
    } else {
      expectEqual(tradeId, -1, "tradeId of a delta that is no execution");
    }
    if (kind === RecordKind.hiddenExecuted) {
      const best = this.bestPriceTicks(side);
      if (best !== 0 && (side === Side.buy ? best >= priceTicks : best <= priceTicks)) {
        fail(`a hidden order traded at ${priceTicks} before the visible ones at ${best}`);
      }
      expectEqual(words[at + DeltaWord.visibleLots], 0, "shown by a hidden order");
    } else {
      this.#change(words, at, side);
    }
    const level = this.level(side, priceTicks);
    expectEqual(words[at + DeltaWord.levelOrders], level.orders, `orders of side ${side} at ${priceTicks} in a delta`);
    expectEqual(
      doubles[(at + DeltaWord.levelLots) >> 1],
      level.lots,
      `lots of side ${side} at ${priceTicks} in a delta`,
    );
  }

  /** What happened to the book as a whole tells of no order and of no level. */
  #takeEvent(
    { words, doubles }: { words: Int32Array; doubles: Float64Array },
    at: number,
    trade: ReportedTrade | undefined,
  ): void {
    const isTrade = words[at + DeltaWord.kind] === RecordKind.auctionExecuted;
    expectEqual(words[at + DeltaWord.side], 0, "side of an event");
    expectEqual(words[at + DeltaWord.venueOrderId], -1, "order of an event");
    expectEqual(words[at + DeltaWord.levelOrders], 0, "orders of an event's level");
    expectEqual(doubles[(at + DeltaWord.levelLots) >> 1], 0, "lots of an event's level");
    if (!isTrade) {
      expectEqual(words[at + DeltaWord.tradeId], -1, "trade of a phase");
      expectEqual(words[at + DeltaWord.changeLots], 0, "lots of a phase");
      this.phase = words[at + DeltaWord.visibleLots];
      return;
    }
    expectEqual(words[at + DeltaWord.tradeId], this.tradesSeen++, "tradeId of an execution");
    if (trade?.isAuction !== true) fail("an auction's execution without a trade in an auction");
    expectEqual(words[at + DeltaWord.priceTicks], trade.priceTicks, "price of an execution");
    expectEqual(words[at + DeltaWord.changeLots], trade.qtyLots, "lots of an execution");
    expectEqual(words[at + DeltaWord.visibleLots], 0, "shown by an auction's execution");
  }

  /** Sides and prices whose level changed since the last call. */
  takeTouchedLevels(): [side: Side, priceTicks: number][] {
    const touched = [...this.#touched.values()];
    this.#touched.clear();
    return touched;
  }

  level(side: Side, priceTicks: number): { orders: number; lots: number } {
    const queue = this.#levels[side].get(priceTicks) ?? [];
    return { orders: queue.length, lots: queue.reduce((lots, { visibleLots }) => lots + visibleLots, 0) };
  }

  visibleLots(side: Side, priceTicks: number, venueOrderId: number): number {
    const queue = this.#levels[side].get(priceTicks);
    return queue?.find((order) => order.venueOrderId === venueOrderId)?.visibleLots ?? 0;
  }

  /** 0 when the side shows nothing. */
  bestPriceTicks(side: Side): number {
    let best = 0;
    for (const priceTicks of this.#levels[side].keys()) {
      if (best === 0 || (side === Side.buy ? priceTicks > best : priceTicks < best)) best = priceTicks;
    }
    return best;
  }

  #checkTrade(words: Int32Array, at: number, trade: ReportedTrade | undefined): void {
    expectEqual(words[at + DeltaWord.tradeId], this.tradesSeen++, "tradeId of an execution");
    if (trade === undefined) fail("an execution without a reported trade");
    if (trade.isAuction) fail("a trade in an auction is told as an order's execution");
    const isHidden = words[at + DeltaWord.kind] === RecordKind.hiddenExecuted;
    expectEqual(Number(isHidden), Number(trade.isMakerHidden), "is the executed order hidden");
    expectEqual(words[at + DeltaWord.venueOrderId], isHidden ? -1 : trade.makerVenueOrderId, "the executed order");
    expectEqual(words[at + DeltaWord.side], trade.makerSide, "side of an execution");
    expectEqual(words[at + DeltaWord.priceTicks], trade.priceTicks, "price of an execution");
    expectEqual(words[at + DeltaWord.changeLots], trade.qtyLots, "lots of an execution");
  }

  #change(words: Int32Array, at: number, side: Side): void {
    const kind = words[at + DeltaWord.kind];
    const priceTicks = words[at + DeltaWord.priceTicks];
    const venueOrderId = words[at + DeltaWord.venueOrderId];
    const visibleLots = words[at + DeltaWord.visibleLots];
    const changeLots = words[at + DeltaWord.changeLots];
    if (changeLots <= 0) fail(`a delta changes ${changeLots} lots`);
    const levels = this.#levels[side];
    const queue = levels.get(priceTicks) ?? [];
    if (kind === RecordKind.orderAdded) {
      expectEqual(visibleLots, changeLots, `lots of #${venueOrderId}, added`);
      levels.set(priceTicks, queue);
      queue.push({ venueOrderId, visibleLots });
      this.orderCount++;
      return;
    }
    const place = queue.findIndex((order) => order.venueOrderId === venueOrderId);
    if (place < 0) fail(`#${venueOrderId} changes at side ${side}, ${priceTicks}, and is not there`);
    if (kind === RecordKind.orderExecuted) {
      expectEqual(priceTicks, this.bestPriceTicks(side), "price of an execution, of the best");
      expectEqual(venueOrderId, queue[0].venueOrderId, "the executed order, of the oldest");
    } else if (kind === RecordKind.orderRemoved) {
      expectEqual(visibleLots, 0, `shown by #${venueOrderId}, removed`);
    } else if (kind !== RecordKind.orderReduced || visibleLots === 0) {
      fail(`a delta of kind ${kind} down to ${visibleLots}`);
    }
    expectEqual(visibleLots, queue[place].visibleLots - changeLots, `shown by #${venueOrderId}`);
    queue[place].visibleLots = visibleLots;
    if (visibleLots > 0) return;
    queue.splice(place, 1);
    this.orderCount--;
    if (queue.length === 0) levels.delete(priceTicks);
  }
}
