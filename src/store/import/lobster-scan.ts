import { greatestCommonDivisor as gcd } from "../columnar/greatest-common-divisor.ts";
import type { LobsterLevels } from "./lobster-levels.ts";
import { type LobsterMessage, LobsterType } from "./lobster-message.ts";

/** First pass over a LOBSTER recording: the coarsest grids that hold all its prices and sizes. 0 until one was seen. */
export class LobsterScan {
  messages = 0;
  /** Of every price, in 1/10,000 dollar. */
  priceUnits = 0;
  /** Of the prices at which visible orders rest. Midpoint executions of hidden orders stand between. */
  bookPriceUnits = 0;
  /** Of every size, in shares. */
  shares = 0;

  message(message: LobsterMessage): void {
    this.messages++;
    if (message.type === LobsterType.halt) return;
    this.priceUnits = gcd(message.price, this.priceUnits);
    this.shares = gcd(message.size, this.shares);
    if (message.type <= LobsterType.execution) this.bookPriceUnits = gcd(message.price, this.bookPriceUnits);
  }

  levels(levels: LobsterLevels): void {
    for (const { prices, sizes } of levels) {
      for (let i = 0; i < prices.length; i++) {
        this.bookPriceUnits = gcd(prices[i], this.bookPriceUnits);
        this.shares = gcd(sizes[i], this.shares);
      }
    }
    this.priceUnits = gcd(this.bookPriceUnits, this.priceUnits);
  }
}
