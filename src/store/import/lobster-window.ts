import type { LobsterLevels, SideLevels } from "./lobster-levels.ts";
import { type LobsterMessage, LobsterType } from "./lobster-message.ts";

/** How much a message adds to its price level. Hidden orders, crosses and halts show nothing. */
export function visibleChange(message: LobsterMessage): number {
  switch (message.type) {
    case LobsterType.submission:
      return message.size;
    case LobsterType.reduction:
    case LobsterType.deletion:
    case LobsterType.execution:
      return -message.size;
    case LobsterType.hiddenExecution:
    case LobsterType.crossTrade:
    case LobsterType.halt:
      return 0;
  }
}

/**
 * One side of the book that a reader of the rows would have: the levels of the snapshot, changed by the messages. A LOBSTER
 * file shows only the best levels; what leaves the window is remembered here and put right when it comes back.
 */
class BelievedSide {
  readonly prices: number[] = [];
  readonly sizes: number[] = [];
  /** 1 where lower prices are better (asks), -1 where higher ones are. */
  readonly direction: 1 | -1;

  constructor(direction: 1 | -1) {
    this.direction = direction;
  }

  change(price: number, change: number): void {
    const at = this.find(price);
    const isKnown = this.prices[at] === price;
    this.set(price, (isKnown ? this.sizes[at] : 0) + change);
  }

  /** A size of 0 or less removes the level. */
  set(price: number, size: number): void {
    const at = this.find(price);
    const known = this.prices[at] === price ? 1 : 0;
    if (size > 0) {
      this.prices.splice(at, known, price);
      this.sizes.splice(at, known, size);
    } else if (known === 1) {
      this.prices.splice(at, 1);
      this.sizes.splice(at, 1);
    }
  }

  /** Where the price stands, or would stand. */
  find(price: number): number {
    let low = 0;
    let high = this.prices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.prices[middle] - price) * this.direction < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A level that the messages do not explain: `size` is what the recording shows, 0 where it shows none. */
export type OnWindowLevel = (side: 0 | 1, price: number, size: number) => void;

/** Follows the recorded window of best levels and finds what came into it, or changed in it, without a message. */
export class LobsterWindow {
  readonly #levels: number;
  readonly #sides = [new BelievedSide(-1), new BelievedSide(1)] as const;

  /** @param levels how many levels a side the recording shows. */
  constructor(levels: number) {
    this.#levels = levels;
  }

  start(book: LobsterLevels): void {
    book.forEach(({ prices, sizes }, side) => {
      prices.forEach((price, i) => this.#sides[side].set(price, sizes[i]));
    });
  }

  apply(message: LobsterMessage): void {
    const change = visibleChange(message);
    if (change !== 0) this.#sides[message.side].change(message.price, change);
  }

  /** Compares with the recorded window after a message, and believes it from then on. */
  correct(book: LobsterLevels, onWindowLevel: OnWindowLevel): void {
    this.#correctSide(0, book[0], onWindowLevel);
    this.#correctSide(1, book[1], onWindowLevel);
  }

  #correctSide(side: 0 | 1, shown: SideLevels, onWindowLevel: OnWindowLevel): void {
    const believed = this.#sides[side];
    const { direction } = believed;
    const levels = shown.prices.length;
    let at = 0;
    for (let i = 0; i < levels; i++) {
      const price = shown.prices[i];
      // What is believed to stand before this level, or between it and the one before, is gone.
      while (at < believed.prices.length && (believed.prices[at] - price) * direction < 0) {
        onWindowLevel(side, believed.prices[at], 0);
        believed.set(believed.prices[at], 0);
      }
      if (believed.prices[at] !== price || believed.sizes[at] !== shown.sizes[i]) {
        onWindowLevel(side, price, shown.sizes[i]);
        believed.set(price, shown.sizes[i]);
      }
      at++;
    }
    // A window that is not full shows the whole side, so nothing stands behind it.
    while (levels < this.#levels && believed.prices.length > levels) {
      onWindowLevel(side, believed.prices[levels], 0);
      believed.set(believed.prices[levels], 0);
    }
  }
}

/**
 * The book before a message, from the book after it. A level that the message made is taken out, and what stood beyond the
 * window then stays unknown.
 * @returns undefined where the message does not fit the book.
 */
export function bookBefore(message: LobsterMessage, after: LobsterLevels): LobsterLevels | undefined {
  const change = visibleChange(message);
  const direction = message.side === 0 ? -1 : 1;
  const { prices, sizes } = after[message.side];
  const side = new BelievedSide(direction);
  prices.forEach((price, i) => side.set(price, sizes[i]));
  const at = side.find(message.price);
  const size = side.prices[at] === message.price ? side.sizes[at] : 0;
  if (size - change < 0) return undefined;
  side.set(message.price, size - change);
  return message.side === 0 ? [side, after[1]] : [after[0], side];
}
