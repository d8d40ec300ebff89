import type { Lots, Ticks } from "../../core/units.ts";
import type { Listed } from "../../model/listing.ts";
import { AverageCost } from "./average-cost.ts";
import { FifoLots } from "./fifo-lots.ts";

/** How realized profit is counted where only a part of a position is closed. */
export type CostBasis = "average" | "fifo";

/**
 * What somebody holds of one instrument, and what came of holding it before fees and funding. Amounts are bigints in
 * the quote asset's smallest unit.
 */
export class Position {
  readonly listed: Listed;
  readonly average = new AverageCost();
  readonly fifo = new FifoLots();
  /** Received less paid in all trades. */
  cashUnits = 0n;

  constructor(listed: Listed) {
    this.listed = listed;
  }

  /** Negative when short. */
  get lots(): Lots {
    return this.average.lots;
  }

  /** Counts a trade of so many lots, negative for a sale. */
  trade(lots: Lots, priceTicks: Ticks): void {
    const unitsOfLot = this.#unitsOfLot(priceTicks);
    this.average.trade(lots, unitsOfLot);
    this.fifo.trade(lots, unitsOfLot);
    this.cashUnits -= BigInt(lots) * unitsOfLot;
  }

  realizedUnits(basis: CostBasis): bigint {
    return basis === "average" ? this.average.realizedUnits : this.fifo.realizedUnits;
  }

  /** What closing the position at that price would bring on top of what is realized. */
  unrealizedUnits(basis: CostBasis, markTicks: Ticks): bigint {
    return this.profitUnits(markTicks) - this.realizedUnits(basis);
  }

  /** Realized and unrealized, which no cost basis changes: what was received less paid, and what is held now. */
  profitUnits(markTicks: Ticks): bigint {
    return this.cashUnits + this.valueUnits(markTicks);
  }

  /** Negative when short. */
  valueUnits(markTicks: Ticks): bigint {
    return BigInt(this.lots) * this.#unitsOfLot(markTicks);
  }

  #unitsOfLot(priceTicks: Ticks): bigint {
    return BigInt(priceTicks) * BigInt(this.listed.tickLotUnits);
  }
}
