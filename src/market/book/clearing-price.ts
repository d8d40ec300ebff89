import { INT32_MAX } from "../../core/units.ts";
import type { BookMemory } from "./book-memory.ts";
import { LevelWord, OrderWord } from "./book-memory.ts";
import type { BookSide } from "./book-side.ts";
import { NO_KEY } from "./price-ladder.ts";

const Level = { ...LevelWord };
const Order = { ...OrderWord };
const NONE = NO_KEY;

/** What a call would come to. */
export interface Clearing {
  /** The one price; 0 where nothing can trade. */
  readonly priceTicks: number;
  readonly volumeLots: number;
  /** What would be left at that price: above 0 bought in excess, below 0 sold. */
  readonly surplusLots: number;
}

/** One side's levels from the best on, as the search takes them. */
class Demand {
  /** The level at hand: its price, 0 or 2^31 - 1 behind the last one, and what is left of it. */
  price = 0;
  left = 0;
  declare private readonly side: BookSide;
  declare private readonly memory: BookMemory;
  declare private readonly beyond: number;
  private key = NONE;

  constructor(side: BookSide, memory: BookMemory) {
    this.side = side;
    this.memory = memory;
    this.beyond = side.flip === 0 ? INT32_MAX : 0;
  }

  start(): void {
    this.go(this.side.ladder.bestKey);
  }

  next(): void {
    this.go(this.side.ladder.nextKey(this.key));
  }

  /** The price of the level behind the one at hand. */
  priceBehind(): number {
    const key = this.key === NONE ? NONE : this.side.ladder.nextKey(this.key);
    return key === NONE ? this.beyond : this.side.keyOf(key);
  }

  private go(key: number): void {
    this.key = key;
    this.price = key === NONE ? this.beyond : this.side.keyOf(key);
    this.left = key === NONE ? 0 : leavesAt(this.memory.words, this.side.ladder.find(key));
  }
}

/**
 * Finds the price at which the orders of a call trade: where the most can trade; of those prices where the least is left
 * over; of those the one nearest to the reference, or the middle one, rounded down, where there is no reference.
 *
 * The most that one price can let trade is what a walk over both sides matches that pairs best with best while they
 * cross. It is reached from the worst price matched on the sell side up to the worst one matched on the buy side, and
 * what is left over between the two changes at unmatched levels alone. So the walk looks at the orders that trade and at
 * one more level a side, however deep the book is.
 */
export class ClearingPrice implements Clearing {
  priceTicks = 0;
  volumeLots = 0;
  surplusLots = 0;
  declare private readonly bids: Demand;
  declare private readonly asks: Demand;

  constructor(bids: BookSide, asks: BookSide, memory: BookMemory) {
    this.bids = new Demand(bids, memory);
    this.asks = new Demand(asks, memory);
  }

  /** @param referenceTicks 0 where there is none */
  find(referenceTicks: number): void {
    const { bids, asks } = this;
    bids.start();
    asks.start();
    let volume = 0;
    let high = 0;
    let low = 0;
    // Behind its last level a side's price crosses nothing.
    while (bids.price >= asks.price) {
      const lots = Math.min(bids.left, asks.left);
      volume += lots;
      high = bids.price;
      low = asks.price;
      bids.left -= lots;
      asks.left -= lots;
      if (bids.left === 0) bids.next();
      if (asks.left === 0) asks.next();
    }
    this.volumeLots = volume;
    this.surplusLots = 0;
    this.priceTicks = volume === 0 ? 0 : this.choose(low, high, referenceTicks);
  }

  /** The price among those from `low` to `high`, at all of which the same can trade. */
  private choose(low: number, high: number, referenceTicks: number): number {
    const { bids, asks } = this;
    let from = Math.max(low, bids.price + 1);
    let to = Math.min(high, asks.price - 1);
    if (from > to) {
      // At no price both sides come out even. Up to the best bid left it is over, from the best ask left on those are.
      const isBidLeft = bids.price >= low;
      const isAskLeft = asks.price <= high;
      const takesBid = isBidLeft && (!isAskLeft || bids.left <= asks.left);
      const takesAsk = isAskLeft && (!isBidLeft || asks.left <= bids.left);
      from = takesBid ? Math.max(low, bids.priceBehind() + 1) : asks.price;
      to = takesAsk ? Math.min(high, asks.priceBehind() - 1) : bids.price;
    }
    const price =
      referenceTicks > 0 ? Math.min(to, Math.max(from, referenceTicks)) : from + Math.floor((to - from) / 2);
    if (price <= bids.price) this.surplusLots = bids.left;
    else if (price >= asks.price) this.surplusLots = 0 - asks.left;
    return price;
  }
}

/** All that can trade at a level, shown or not. */
export function leavesAt(words: Int32Array, level: number): number {
  let lots = 0;
  for (let queue = level; queue !== 0; queue = queue === level ? words[level | Level.hidden] : 0) {
    for (let order = words[queue]; order !== queue; order = words[order]) lots += words[order | Order.leavesLots];
  }
  return lots;
}
