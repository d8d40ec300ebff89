import type { Ticks, Units } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import type { DeskMarket } from "../listing.ts";

/** Set aside beyond the price for the fee: 1 %, more than any venue takes. Whoever knows the fees takes theirs. */
export const FEE_MILLIONTHS_MAX = 10_000;

/** An order, in what decides what it gives. */
export interface Giving {
  readonly market: DeskMarket;
  readonly side: Side;
  /** The worst price at which it would trade. */
  readonly priceTicks: Ticks;
}

/** What an order gives: a purchase the quote asset, a sale the base asset. */
export function assetGiven({ side, market }: Giving): number {
  return side === Side.buy ? market.listed.quoteAsset : market.listed.baseAsset;
}

/** How much of it for one lot: a purchase pays its price and the fee, rounded up. */
export function unitsGivenForLot({ side, market, priceTicks }: Giving): Units {
  const { listed } = market;
  if (side === Side.sell) return listed.lotUnits;
  const price = priceTicks * listed.tickLotUnits;
  return price + Math.ceil((price * FEE_MILLIONTHS_MAX) / 1_000_000);
}
