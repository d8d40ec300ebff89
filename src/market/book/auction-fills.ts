import { shareOf } from "../auction/share.ts";
import type { BookMemory } from "./book-memory.ts";
import { LevelWord, OrderWord } from "./book-memory.ts";
import type { BookSide } from "./book-side.ts";
import { leavesAt } from "./clearing-price.ts";

const Level = { ...LevelWord };
const Order = { ...OrderWord };
const FILLS_AT_START = 64;

/** How the orders of a price share what is too little for all of them: first come first, or in proportion. */
export type Allocation = "time" | "proRata";

/**
 * What each order of one side trades at the end of a call: best price first, all of them whole but for those of the last
 * price that takes part, the margin. By time those share first come first.
 *
 * Pro rata each gets ⌊its lots · what there is / the lots of all⌋, and those with the largest remainders one lot more.
 * Equal remainders: the larger order first, then by a hash of owner, order id and the auction's number, so that nobody
 * is always the first. Nothing follows from who came first then, not even who trades with whom: the orders of a price go
 * by owner and order id.
 */
export class AuctionFills {
  count = 0;
  /** By place: the order, and the lots that it trades. */
  orders = new Int32Array(FILLS_AT_START);
  lots = new Int32Array(FILLS_AT_START);
  declare private readonly side: BookSide;
  declare private readonly memory: BookMemory;

  constructor(side: BookSide, memory: BookMemory) {
    this.side = side;
    this.memory = memory;
  }

  /** Deals `volumeLots` out, which the side has at prices that trade. */
  collect(volumeLots: number, allocation: Allocation, auction: number): void {
    const { ladder } = this.side;
    this.count = 0;
    let open = volumeLots;
    for (let key = ladder.bestKey; open > 0; key = ladder.nextKey(key)) {
      const level = ladder.find(key);
      const from = this.count;
      if (allocation === "time") {
        open -= this.take(level, open);
        continue;
      }
      const leaves = leavesAt(this.memory.words, level);
      this.take(level, leaves);
      this.sortByName(from);
      if (leaves > open) this.share(from, open, { leaves, auction });
      open -= Math.min(open, leaves);
    }
  }

  /** Appends the orders of a level, first come first, until they have `open` lots. @returns what they have */
  private take(level: number, open: number): number {
    const { words } = this.memory;
    let left = open;
    for (let queue = level; left > 0 && queue !== 0; queue = queue === level ? words[level | Level.hidden] : 0) {
      for (let order = words[queue]; left > 0 && order !== queue; order = words[order]) {
        if (this.count === this.orders.length) this.grow();
        const lots = Math.min(left, words[order | Order.leavesLots]);
        this.orders[this.count] = order;
        this.lots[this.count++] = lots;
        left -= lots;
      }
    }
    return open - left;
  }

  private sortByName(from: number): void {
    const { words } = this.memory;
    const { orders, lots, count } = this;
    orders
      .subarray(from, count)
      .sort(
        (a, b) =>
          words[a | Order.owner] - words[b | Order.owner] || words[a | Order.orderId] - words[b | Order.orderId],
      );
    for (let place = from; place < count; place++) lots[place] = words[orders[place] | Order.leavesLots];
  }

  /** Shares `open` lots among the orders from a place on, which want `leaves`. */
  private share(from: number, open: number, { leaves, auction }: { leaves: number; auction: number }): void {
    const { words } = this.memory;
    const { orders, lots } = this;
    const margin = Array.from({ length: this.count - from }, (_, index) => {
      const place = from + index;
      const order = orders[place];
      const wanted = lots[place];
      const { lots: whole, remainder } = shareOf(wanted, open, leaves);
      lots[place] = whole;
      return {
        place,
        wanted,
        remainder,
        lot: drawLot(words[order | Order.owner], words[order | Order.orderId], auction),
      };
    });
    let rest = open;
    for (let place = from; place < this.count; place++) rest -= lots[place];
    // Places are in order of owner and id, so they decide where all else is equal.
    margin.sort((a, b) => b.remainder - a.remainder || b.wanted - a.wanted || a.lot - b.lot || a.place - b.place);
    for (let next = 0; rest > 0; next++, rest--) lots[margin[next].place]++;
    this.dropEmpty(from);
  }

  /** Leaves out who gets nothing. */
  private dropEmpty(from: number): void {
    let kept = from;
    for (let place = from; place < this.count; place++) {
      if (this.lots[place] === 0) continue;
      this.orders[kept] = this.orders[place];
      this.lots[kept++] = this.lots[place];
    }
    this.count = kept;
  }

  private grow(): void {
    const orders = new Int32Array(this.orders.length * 2);
    const lots = new Int32Array(this.lots.length * 2);
    orders.set(this.orders);
    lots.set(this.lots);
    this.orders = orders;
    this.lots = lots;
  }
}

/** A number of 32 bits that owner, order and auction decide together: the finish of MurmurHash3, whose bits all mix. */
export function drawLot(owner: number, orderId: number, auction: number): number {
  let mixed = Math.imul(owner, 0x9e3779b1) ^ Math.imul(orderId, 0x85ebca77) ^ Math.imul(auction, 0xc2b2ae3d);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
