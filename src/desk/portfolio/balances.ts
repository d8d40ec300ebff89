import type { Lots, Ticks } from "../../core/units.ts";
import type { Listed } from "../../model/listing.ts";
import { Amounts } from "./amounts.ts";

/** What the account at a venue should hold of each asset, if the venue counts as we do. */
export class Balances {
  readonly #amounts = new Amounts();

  of(asset: number): bigint {
    return this.#amounts.of(asset);
  }

  /** In order of the assets' numbers. */
  [Symbol.iterator](): IterableIterator<readonly [asset: number, units: bigint]> {
    return this.#amounts[Symbol.iterator]();
  }

  /** Books a deposit, a fee (negative), funding: anything that is no trade. */
  receive(asset: number, units: bigint): void {
    this.#amounts.add(asset, units);
  }

  /** Books a trade of so many lots, negative for a sale: base and quote asset change hands. */
  trade(listed: Listed, lots: Lots, priceTicks: Ticks): void {
    this.#amounts.add(listed.baseAsset, BigInt(lots) * BigInt(listed.lotUnits));
    this.#amounts.add(listed.quoteAsset, -BigInt(lots) * BigInt(priceTicks) * BigInt(listed.tickLotUnits));
  }
}
