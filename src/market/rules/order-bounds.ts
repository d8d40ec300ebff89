import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";

const { priceTicks: PRICE_TICKS, qtyLots: QTY_LOTS } = CommandWord;

/** A rule whose gate lets pass whatever lies within bounds, and has nothing to remember of it. */
export interface BoundingRule {
  /** Narrows the bounds to what its gate lets pass now. It may leave itself room for changes to come. */
  narrow(bounds: OrderBounds): void;
}

/**
 * Bounds of one instrument within which an order with a limit price passes every gate that only compares price, size and
 * notional with thresholds: almost all orders lie within, and cost one look instead of one for each of those rules. Who
 * lies outside is judged by the gates themselves, one after the other, so the bounds need only be safe, not exact.
 *
 * They are renewed when a rule says that it lets less pass than they promise (`isStale`), and when a gate has let
 * something pass that lay outside of them.
 */
export class OrderBounds {
  /** Set by a rule whose threshold has come to lie within the bounds, before the next order. */
  isStale = true;
  lotsMax: Lots = Infinity;
  /** The notional in ticks times lots. */
  tickLotsMax = Infinity;
  priceTicksMin: Ticks = -Infinity;
  priceTicksMax: Ticks = Infinity;
  /** After this time nothing lies within. */
  untilNs: Nanos = Infinity;

  /** Makes them as wide as all of the rules allow now. */
  renew(rules: readonly BoundingRule[]): void {
    this.lotsMax = Infinity;
    this.tickLotsMax = Infinity;
    this.priceTicksMin = -Infinity;
    this.priceTicksMax = Infinity;
    this.untilNs = Infinity;
    for (const rule of rules) rule.narrow(this);
    this.isStale = false;
  }

  /** Whether the order at `words[at…at+15]`, which has a limit price, lies within. */
  contains(words: Int32Array, at: number, nowNs: Nanos): boolean {
    const price = words[at | PRICE_TICKS];
    const qty = words[at | QTY_LOTS];
    return (
      qty <= this.lotsMax &&
      price <= this.priceTicksMax &&
      price >= this.priceTicksMin &&
      price * qty <= this.tickLotsMax &&
      nowNs <= this.untilNs
    );
  }
}
