import type { Nanos } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";

/**
 * How many orders each scope has sent lately: a bucket that holds a second's worth of orders and fills evenly. Counted
 * in nanoseconds of filling, so nothing is ever rounded: an order costs `1 s / limit` of time.
 */
export class OrderRates {
  /** By scope: when its bucket will be, or was, full. */
  readonly #fullNs: Float64Array;

  constructor(scopes: number) {
    this.#fullNs = new Float64Array(scopes).fill(-Infinity);
  }

  /** How many more orders there may be at that time. */
  room(scope: number, ordersPerSecond: number, nowNs: Nanos): number {
    const missingNs = Math.max(0, this.#fullNs[scope] - nowNs);
    return Math.floor(((NS_PER_SECOND - missingNs) * ordersPerSecond) / NS_PER_SECOND);
  }

  /** An order was let through. */
  count(scope: number, ordersPerSecond: number, nowNs: Nanos): void {
    this.#fullNs[scope] = Math.max(this.#fullNs[scope], nowNs) + NS_PER_SECOND / ordersPerSecond;
  }
}
