import { assert } from "../../core/assert.ts";
import type { Ticks } from "../../core/units.ts";
import { Side } from "../../model/side.ts";

/** Prices of the desk's own working orders in one market, so that a new order can be kept from meeting them. */
export class OwnPrices {
  /** Rising; a price stands there once for each order. */
  readonly #prices: readonly [buys: Ticks[], sells: Ticks[]] = [[], []];

  add(side: Side, priceTicks: Ticks): void {
    const prices = this.#prices[side];
    prices.splice(firstNotBelow(prices, priceTicks), 0, priceTicks);
  }

  remove(side: Side, priceTicks: Ticks): void {
    const prices = this.#prices[side];
    const place = firstNotBelow(prices, priceTicks);
    assert(prices[place] === priceTicks, "only a working order's price is taken away");
    prices.splice(place, 1);
  }

  /** Whether an order that may trade up to that price could meet one of ours. */
  wouldMeet(side: Side, priceTicks: Ticks): boolean {
    const [buys, sells] = this.#prices;
    if (side === Side.buy) return sells.length > 0 && sells[0] <= priceTicks;
    return buys.length > 0 && buys[buys.length - 1] >= priceTicks;
  }
}

function firstNotBelow(rising: readonly Ticks[], priceTicks: Ticks): number {
  let from = 0;
  let to = rising.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (rising[middle] < priceTicks) from = middle + 1;
    else to = middle;
  }
  return from;
}
