import type { Lots, Ticks } from "../../core/units.ts";
import type { SideName } from "../../model/side.ts";
import type { Agent, Market } from "../port.ts";

/**
 * The orders of one side of a market maker: one at each price. Moving the ladder leaves alone what stands at a price
 * that is still wanted, so that orders keep their place in the queue and no message is sent without need.
 */
export class QuoteLadder {
  readonly #market: Market;
  readonly #side: SideName;
  readonly #orderAt = new Map<Ticks, number>();

  constructor(market: Market, side: SideName) {
    this.#market = market;
    this.#side = side;
  }

  /** Whether an order of this ladder stands there, as far as the maker knows. */
  holds(priceTicks: Ticks): boolean {
    return this.#orderAt.has(priceTicks);
  }

  /** Cancels what is not wanted. On both sides this comes first, so that no new order meets an old one. */
  keepOnly(agent: Agent, prices: ReadonlySet<Ticks>): void {
    for (const [priceTicks, orderId] of this.#orderAt) {
      if (prices.has(priceTicks)) continue;
      agent.cancel(this.#market, orderId);
      this.#orderAt.delete(priceTicks);
    }
  }

  /** Places what is missing; post-only, so the ladder never takes liquidity. */
  fillUp(agent: Agent, prices: ReadonlySet<Ticks>, qtyLots: Lots): void {
    for (const priceTicks of prices) {
      if (this.#orderAt.has(priceTicks)) continue;
      const order = { side: this.#side, priceTicks, qtyLots, postOnly: "reject" } as const;
      this.#orderAt.set(priceTicks, agent.submit(this.#market, order));
    }
  }

  /** An order is done: filled, rejected, canceled or expired. */
  forget(orderId: number): void {
    for (const [priceTicks, standing] of this.#orderAt) {
      if (standing === orderId) this.#orderAt.delete(priceTicks);
    }
  }
}
