import type { Units } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import type { RiskRequest } from "./request.ts";

/** Set aside beyond the price for the fee: 1 %, more than any venue takes. Whoever knows the fees takes theirs. */
export const FEE_MILLIONTHS_MAX = 10_000;

/** What an order gives: a purchase the quote asset, a sale the base asset. */
export function assetGiven({ intent, market }: RiskRequest): number {
  return intent.side === Side.buy ? market.listed.quoteAsset : market.listed.baseAsset;
}

/** How much of it for one lot: a purchase pays its price and the fee, rounded up. */
export function unitsGivenForLot({ intent, market, priceTicks }: RiskRequest): Units {
  const { listed } = market;
  if (intent.side === Side.sell) return listed.lotUnits;
  const price = priceTicks * listed.tickLotUnits;
  return price + Math.ceil((price * FEE_MILLIONTHS_MAX) / 1_000_000);
}
