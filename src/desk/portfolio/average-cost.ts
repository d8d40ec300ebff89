import type { Lots } from "../../core/units.ts";

/**
 * What a position cost and what closing parts of it brought, counted at the average price of what is held.
 *
 * Amounts are bigints in the quote asset's smallest unit. Closing a part takes its share of the cost, rounded down; the
 * rest stays with what is still held. So nothing is ever lost to rounding:
 *
 *     what was received - what was paid = realized - cost, of a long position
 *     what was received - what was paid = realized + cost, of a short one
 */
export class AverageCost {
  /** What is held; negative when short. */
  lots: Lots = 0;
  /** What was paid for it, or received where it is short: never negative. */
  costUnits = 0n;
  realizedUnits = 0n;

  /** Counts a trade of so many lots, negative for a sale, at a price of one lot. */
  trade(lots: Lots, unitsOfLot: bigint): void {
    const isOpposite = (lots > 0 && this.lots < 0) || (lots < 0 && this.lots > 0);
    const closed = isOpposite ? Math.min(Math.abs(lots), Math.abs(this.lots)) : 0;
    if (closed > 0) this.#close(closed, unitsOfLot);
    const opened = Math.abs(lots) - closed;
    this.costUnits += BigInt(opened) * unitsOfLot;
    this.lots += lots > 0 ? opened : 0 - opened;
  }

  #close(closed: Lots, unitsOfLot: bigint): void {
    const held = Math.abs(this.lots);
    const cost = closed === held ? this.costUnits : (this.costUnits * BigInt(closed)) / BigInt(held);
    const proceeds = BigInt(closed) * unitsOfLot;
    this.realizedUnits += this.lots > 0 ? proceeds - cost : cost - proceeds;
    this.costUnits -= cost;
    this.lots += this.lots > 0 ? 0 - closed : closed;
  }
}
