import type { Lots, Ticks } from "../../core/units.ts";
import type { Listed } from "../../model/listing.ts";
import { Amounts } from "./amounts.ts";

/**
 * What the account at a venue should hold of each asset, if the venue counts as we do. Deposits, fees (negative) and
 * funding are added as they are.
 */
export class Balances extends Amounts {
  /** Books a trade of so many lots, negative for a sale: base and quote asset change hands. */
  trade(listed: Listed, lots: Lots, priceTicks: Ticks): void {
    this.add(listed.baseAsset, BigInt(lots) * BigInt(listed.lotUnits));
    this.add(listed.quoteAsset, -BigInt(lots) * BigInt(priceTicks) * BigInt(listed.tickLotUnits));
  }
}
