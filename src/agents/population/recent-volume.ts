import type { Lots, Nanos } from "../../core/units.ts";
import type { Trade } from "../port.ts";

/** Slots that the window is cut into: what is counted as recent is exact to a sixtieth of the window. */
const SLOTS = 60;

/** Lots that buyers and sellers took in the last stretch of time, in constant memory. */
export class RecentVolume {
  readonly #slotNs: Nanos;
  readonly #bought = new Float64Array(SLOTS);
  readonly #sold = new Float64Array(SLOTS);
  /** Number of the newest slot since time 0. */
  #newest = 0;

  constructor(windowNs: Nanos) {
    this.#slotNs = windowNs / SLOTS;
  }

  add(timeNs: Nanos, trade: Pick<Trade, "side" | "qtyLots">): void {
    // At the end of a call nobody was in a hurry.
    if (trade.side === "none") return;
    this.#advance(timeNs);
    const lots = trade.side === "buy" ? this.#bought : this.#sold;
    lots[this.#newest % SLOTS] += trade.qtyLots;
  }

  /** By the aggressor's side. */
  at(timeNs: Nanos): { readonly boughtLots: Lots; readonly soldLots: Lots } {
    this.#advance(timeNs);
    const sum = (lots: Float64Array): number => lots.reduce((total, slot) => total + slot, 0);
    return { boughtLots: sum(this.#bought), soldLots: sum(this.#sold) };
  }

  #advance(timeNs: Nanos): void {
    const newest = Math.floor(timeNs / this.#slotNs);
    const passed = Math.min(SLOTS, newest - this.#newest);
    for (let slot = newest - passed + 1; slot <= newest; slot++) {
      this.#bought[slot % SLOTS] = 0;
      this.#sold[slot % SLOTS] = 0;
    }
    this.#newest = newest;
  }
}
