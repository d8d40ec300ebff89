import { INT32_MAX } from "../../core/units.ts";
import { FlagBits } from "../../model/order-flags.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { BookMemory } from "./book-memory.ts";
import {
  ExtraWord,
  LADDER_HEADS,
  LevelWord,
  OrderWord,
  addLots,
  clearQueue,
  enqueue,
  isUnseen,
  lotsOf,
  removeLots,
  unlink,
  visibleLotsOf,
} from "./book-memory.ts";
import type { DeltaWriter } from "./delta-writer.ts";
import { NO_KEY, PriceLadder } from "./price-ladder.ts";

const Order = { ...OrderWord };
const Extra = { ...ExtraWord };
const Level = { ...LevelWord };
const Kind = { ...RecordKind };
const HIDDEN = FlagBits.hidden;
const KEY_TOP = INT32_MAX;
const NONE = NO_KEY;

/** The resting orders of one side: a queue of visible orders and one of hidden orders at each price. */
export class BookSide {
  declare readonly side: Side;
  declare readonly ladder: PriceLadder;
  /** A price xor this is its key in the ladder: for bids 2^31 - 1 less the price. */
  declare readonly flip: number;
  declare private readonly memory: BookMemory;
  declare private readonly deltas: DeltaWriter | undefined;

  constructor(side: Side, memory: BookMemory, deltas: DeltaWriter | undefined) {
    this.side = side;
    this.ladder = new PriceLadder(memory, side === Side.buy ? LADDER_HEADS.bids : LADDER_HEADS.asks);
    this.memory = memory;
    this.deltas = deltas;
    this.flip = side === Side.sell ? 0 : KEY_TOP;
  }

  /** The ladder's key of a price, and the price of a key: better prices have lower keys. */
  keyOf(priceTicks: number): number {
    return priceTicks ^ this.flip;
  }

  /** The order that trades next; only while the side holds orders. */
  firstOrder(): number {
    const words = this.memory.words;
    const level = this.ladder.bestLevel;
    const first = words[level];
    return first === level ? words[words[level | Level.hidden]] : first;
  }

  /** Puts an order at the end of its queue, by the price, flags and display quantity that it bears. */
  rest(order: number): void {
    const key = this.keyOf(this.memory.words[order | Order.priceTicks]);
    const level = this.ladder.reach(key);
    const words = this.memory.words;
    if ((words[order | Order.flags] & HIDDEN) !== 0) {
      this.restHidden(order, key, level);
      return;
    }
    const leaves = words[order | Order.leavesLots];
    const extra = words[order | Order.extra];
    const display = extra === 0 ? 0 : words[extra | Extra.displayLots];
    const visible = display === 0 || display > leaves ? leaves : display;
    if (display !== 0) words[extra | Extra.visibleLots] = visible;
    this.join(order, key, level, visible);
  }

  /** Puts an order that shows `visible` lots at the end of a level's visible queue. */
  join(order: number, key: number, level: number, visible: number): void {
    const words = this.memory.words;
    enqueue(words, order, level);
    addLots(words, level, visible);
    const orders = words[level | Level.orders];
    words[level | Level.orders] = orders + 1;
    if (orders === 0) this.ladder.activate(key, level);
    if (this.deltas !== undefined) this.deltas.write(Kind.orderAdded, this.side, order, visible, visible, level, -1);
  }

  /** Puts an order of a call at the end of the queue of those that do not show. */
  hold(order: number): void {
    const key = this.keyOf(this.memory.words[order | Order.priceTicks]);
    this.restHidden(order, key, this.ladder.reach(key));
  }

  /** Takes an order out of its queue, whatever is left of it. */
  takeOut(order: number): void {
    const words = this.memory.words;
    if (isUnseen(words, order)) {
      this.takeOutHidden(order);
      return;
    }
    const level = words[order | Order.queue];
    const visible = visibleLotsOf(words, order);
    unlink(words, order);
    removeLots(words, level, visible);
    const orders = words[level | Level.orders] - 1;
    words[level | Level.orders] = orders;
    if (orders === 0) this.emptied(level, words[order | Order.priceTicks]);
    if (this.deltas !== undefined) this.deltas.write(Kind.orderRemoved, this.side, order, 0, visible, level, -1);
  }

  /** Leaves of a resting order fall to `leavesLots`, which is above 0; it keeps its place. */
  reduce(order: number, leavesLots: number): void {
    const words = this.memory.words;
    const visible = visibleLotsOf(words, order);
    words[order | Order.leavesLots] = leavesLots;
    if (visible <= leavesLots) return;
    const level = words[order | Order.queue];
    const extra = words[order | Order.extra];
    if (extra !== 0) words[extra | Extra.visibleLots] = leavesLots;
    removeLots(words, level, visible - leavesLots);
    this.deltas?.write(Kind.orderReduced, this.side, order, leavesLots, visible - leavesLots, level, -1);
  }

  /**
   * Books a trade of `qtyLots` against the resting order, whose leaves have been lowered already. An order with nothing
   * left is out of its queue afterwards; an iceberg that has shown all shows its next part, at the end of the queue.
   */
  execute(order: number, qtyLots: number, tradeId: number): void {
    const words = this.memory.words;
    if ((words[order | Order.flags] & HIDDEN) !== 0) {
      this.deltas?.write(Kind.hiddenExecuted, this.side, order, 0, qtyLots, this.ladder.bestLevel, tradeId);
      if (words[order | Order.leavesLots] === 0) this.takeOutHidden(order);
      return;
    }
    const level = words[order | Order.queue];
    const leaves = words[order | Order.leavesLots];
    const extra = words[order | Order.extra];
    let visible = leaves;
    if (extra !== 0 && words[extra | Extra.displayLots] !== 0) {
      visible = words[extra | Extra.visibleLots] - qtyLots;
      words[extra | Extra.visibleLots] = visible;
    }
    removeLots(words, level, qtyLots);
    if (visible === 0) {
      unlink(words, order);
      const orders = words[level | Level.orders] - 1;
      words[level | Level.orders] = orders;
      if (orders === 0) this.emptied(level, words[order | Order.priceTicks]);
    }
    this.deltas?.write(Kind.orderExecuted, this.side, order, visible, qtyLots, level, tradeId);
    if (visible === 0 && leaves > 0) this.rest(order);
  }

  /**
   * Books what a resting order has traded at the end of a call; its leaves have been lowered already. With nothing left
   * it is out of its queue afterwards, else it keeps its place.
   */
  fill(order: number, qtyLots: number): void {
    const words = this.memory.words;
    const leaves = words[order | Order.leavesLots];
    if (isUnseen(words, order)) {
      if (leaves === 0) this.takeOutHidden(order);
      return;
    }
    const level = words[order | Order.queue];
    const extra = words[order | Order.extra];
    const isIceberg = extra !== 0 && words[extra | Extra.displayLots] !== 0;
    const shown = isIceberg ? words[extra | Extra.visibleLots] : leaves + qtyLots;
    const visible = Math.min(shown, leaves);
    if (isIceberg) words[extra | Extra.visibleLots] = visible;
    if (visible === shown) return;
    removeLots(words, level, shown - visible);
    if (visible === 0) {
      unlink(words, order);
      const orders = words[level | Level.orders] - 1;
      words[level | Level.orders] = orders;
      if (orders === 0) this.emptied(level, words[order | Order.priceTicks]);
    }
    const kind = visible === 0 ? Kind.orderRemoved : Kind.orderReduced;
    this.deltas?.write(kind, this.side, order, visible, shown - visible, level, -1);
  }

  /** The best visible price at or behind `key`; 0 when there is none. */
  visiblePriceFrom(key: number): number {
    let found = key;
    while (found !== NONE) {
      const level = this.ladder.find(found);
      if (this.memory.words[level | Level.orders] > 0) return this.keyOf(found);
      found = this.ladder.nextKey(found);
    }
    return 0;
  }

  /** Lots that the public book shows at a price. */
  visibleLotsAt(priceTicks: number): number {
    const level = this.ladder.find(this.keyOf(priceTicks));
    return level === 0 ? 0 : lotsOf(this.memory.words, level);
  }

  /** Orders that the public book shows at a price. */
  visibleOrdersAt(priceTicks: number): number {
    const level = this.ladder.find(this.keyOf(priceTicks));
    return level === 0 ? 0 : this.memory.words[level | Level.orders];
  }

  /** The resting orders, best price first, visible before hidden; for what happens seldom. */
  *orders(): Generator<number> {
    const { words } = this.memory;
    for (let key = this.ladder.bestKey; key !== NONE; key = this.ladder.nextKey(key)) {
      const level = this.ladder.find(key);
      for (let queue = level; queue !== 0; queue = queue === level ? words[level | Level.hidden] : 0) {
        for (let order = words[queue]; order !== queue; order = words[order]) yield order;
      }
    }
  }

  /** A level without visible orders stays active while it has hidden ones. */
  private emptied(level: number, priceTicks: number): void {
    if (this.memory.words[level | Level.hidden] === 0) this.ladder.deactivate(this.keyOf(priceTicks));
  }

  private restHidden(order: number, key: number, level: number): void {
    let queue = this.memory.words[level | Level.hidden];
    if (queue === 0) {
      queue = this.memory.allocate();
      const words = this.memory.words;
      clearQueue(words, queue);
      words[queue | Level.hidden] = level;
      words[level | Level.hidden] = queue;
      if (words[level | Level.orders] === 0) this.ladder.activate(key, level);
    }
    enqueue(this.memory.words, order, queue);
  }

  private takeOutHidden(order: number): void {
    const words = this.memory.words;
    const queue = words[order | Order.queue];
    unlink(words, order);
    if (words[queue] !== queue) return;
    const level = words[queue | Level.hidden];
    words[level | Level.hidden] = 0;
    this.memory.release(queue);
    if (words[level | Level.orders] === 0) this.ladder.deactivate(this.keyOf(words[order | Order.priceTicks]));
  }
}
