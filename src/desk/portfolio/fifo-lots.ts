import { assert } from "../../core/assert.ts";
import type { Lots } from "../../core/units.ts";

/** Purchases (or sales, of a short position) that are kept apart. Beyond that the two newest are counted as one. */
export const FIFO_PARTS_MAX = 10_000;

interface Part {
  lots: Lots;
  costUnits: bigint;
}

/**
 * What a position cost and what closing parts of it brought, where what came first goes first. Amounts are as in
 * `AverageCost`, and the same sums hold.
 */
export class FifoLots {
  /** What is held; negative when short. */
  lots: Lots = 0;
  realizedUnits = 0n;
  readonly #parts: Part[] = [];
  /** Parts before it are closed; they are dropped from time to time, so that closing one costs O(1). */
  #first = 0;

  /** What was paid for what is held, or received where it is short. O(parts). */
  get costUnits(): bigint {
    let cost = 0n;
    for (let place = this.#first; place < this.#parts.length; place++) cost += this.#parts[place].costUnits;
    return cost;
  }

  get parts(): number {
    return this.#parts.length - this.#first;
  }

  /** Counts a trade of so many lots, negative for a sale, at a price of one lot. */
  trade(lots: Lots, unitsOfLot: bigint): void {
    let left = Math.abs(lots);
    const isOpposite = (lots > 0 && this.lots < 0) || (lots < 0 && this.lots > 0);
    if (isOpposite) while (left > 0 && this.parts > 0) left -= this.#closeOldest(left, unitsOfLot);
    if (left > 0) this.#open(left, BigInt(left) * unitsOfLot);
    this.lots += lots;
  }

  #closeOldest(left: Lots, unitsOfLot: bigint): Lots {
    const part = this.#parts[this.#first];
    const closed = Math.min(left, part.lots);
    const cost = closed === part.lots ? part.costUnits : (part.costUnits * BigInt(closed)) / BigInt(part.lots);
    const proceeds = BigInt(closed) * unitsOfLot;
    this.realizedUnits += this.lots > 0 ? proceeds - cost : cost - proceeds;
    part.lots -= closed;
    part.costUnits -= cost;
    if (part.lots === 0) this.#dropOldest();
    return closed;
  }

  #dropOldest(): void {
    this.#first++;
    if (this.#first * 2 < this.#parts.length) return;
    this.#parts.splice(0, this.#first);
    this.#first = 0;
  }

  #open(lots: Lots, costUnits: bigint): void {
    const newest = this.#parts.at(-1);
    if (newest !== undefined && this.parts >= FIFO_PARTS_MAX) {
      newest.lots += lots;
      newest.costUnits += costUnits;
    } else {
      this.#parts.push({ lots, costUnits });
    }
    assert(this.parts <= FIFO_PARTS_MAX, "a position keeps a bounded number of purchases apart");
  }
}
