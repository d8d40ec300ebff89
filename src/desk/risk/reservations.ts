import { assert } from "../../core/assert.ts";
import type { Lots, Ticks, Units } from "../../core/units.ts";
import type { Side } from "../../model/side.ts";
import type { Exposure } from "./exposure.ts";
import type { Funds } from "./funds.ts";
import type { OwnPrices } from "./own-prices.ts";

/** Orders that may be working at once, all venues together. */
export const WORKING_ORDERS_MAX = 100_000;

/** What is set aside for one order: as if it were to be filled whole, at its worst price. */
export interface Reservation {
  readonly agent: number;
  readonly venue: number;
  readonly market: number;
  readonly side: Side;
  readonly priceTicks: Ticks;
  /** What it gives, and how much of it for one lot. */
  readonly asset: number;
  readonly unitsOfLot: Units;
  leavesLots: Lots;
}

export interface ReservedIn {
  readonly exposure: Exposure;
  readonly funds: Funds;
  readonly ownPrices: readonly OwnPrices[];
}

/** What is set aside for the orders that may be working, by the desk's number of the order. */
export class Reservations {
  readonly #in: ReservedIn;
  readonly #orders = new Map<number, Reservation>();

  constructor(reservedIn: ReservedIn) {
    this.#in = reservedIn;
  }

  get count(): number {
    return this.#orders.size;
  }

  get isFull(): boolean {
    return this.#orders.size >= WORKING_ORDERS_MAX;
  }

  add(order: number, reservation: Reservation): void {
    assert(!this.#orders.has(order) && !this.isFull, "each order is reserved for once, and there is room for it");
    const { agent, venue, market, side, priceTicks, asset, unitsOfLot, leavesLots } = reservation;
    this.#orders.set(order, reservation);
    this.#in.exposure.reserve(agent, market, side, leavesLots);
    this.#in.funds.reserve(venue, asset, leavesLots * unitsOfLot);
    this.#in.ownPrices[market].add(side, priceTicks);
  }

  /** So many lots of the order have been filled, or will not be. What is not reserved any more is left as it is. */
  reduce(order: number, lots: Lots): void {
    const reservation = this.#orders.get(order);
    if (reservation === undefined) return;
    const { agent, venue, market, side, asset, unitsOfLot, priceTicks } = reservation;
    const released = Math.min(lots, reservation.leavesLots);
    reservation.leavesLots -= released;
    this.#in.exposure.release(agent, market, side, released);
    this.#in.funds.release(venue, asset, released * unitsOfLot);
    if (reservation.leavesLots > 0) return;
    this.#orders.delete(order);
    this.#in.ownPrices[market].remove(side, priceTicks);
  }

  /** The order has reached its final state. */
  close(order: number): void {
    this.reduce(order, Infinity);
  }
}
