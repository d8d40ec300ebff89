import { assert } from "../../core/assert.ts";
import type { Lots } from "../../core/units.ts";
import type { Side } from "../../model/side.ts";

/** Orders that fills may still come for. */
export const KNOWN_ORDERS_MAX = 1_000_000;

/** An order as the portfolio must know it before the venue does: fills are booked for known orders only. */
export interface ExpectedOrder {
  readonly clientOrderId: string;
  readonly market: number;
  /** Whose order it is: a sub-account's number. */
  readonly subAccount: number;
  readonly side: Side;
  readonly qtyLots: Lots;
}

/** What has been filled of an order. */
export interface KnownOrder {
  /** The order, unless only its fills are known. */
  readonly expected: ExpectedOrder | undefined;
  readonly fillIds: Set<string>;
  filledLots: Lots;
}

/**
 * The orders of one venue for which fills may come, and which of their fills have been seen. A fill's id is kept as long
 * as its order is, so that no fill is counted twice however late it comes again: once the order is forgotten, its fills
 * are those of an unknown order.
 */
export class KnownOrders {
  readonly #orders = new Map<string, KnownOrder>();

  /** Takes note of an order; the same order may be told again, as after a restart. */
  expect(expected: ExpectedOrder): void {
    const known = this.#orders.get(expected.clientOrderId);
    if (known === undefined) {
      assert(this.#orders.size < KNOWN_ORDERS_MAX, "orders are forgotten when they are done and reconciled");
      this.#orders.set(expected.clientOrderId, { expected, fillIds: new Set(), filledLots: 0 });
      return;
    }
    assert(
      known.expected !== undefined &&
        known.expected.market === expected.market &&
        known.expected.side === expected.side &&
        known.expected.qtyLots === expected.qtyLots &&
        known.expected.subAccount === expected.subAccount,
      "two orders have the same client order id",
    );
  }

  /** The order, known or not: of an order that nobody told of, only the fills are kept. */
  of(clientOrderId: string): KnownOrder {
    let known = this.#orders.get(clientOrderId);
    if (known === undefined) {
      assert(this.#orders.size < KNOWN_ORDERS_MAX, "orders are forgotten when they are done and reconciled");
      known = { expected: undefined, fillIds: new Set(), filledLots: 0 };
      this.#orders.set(clientOrderId, known);
    }
    return known;
  }

  forget(clientOrderId: string): void {
    this.#orders.delete(clientOrderId);
  }
}
