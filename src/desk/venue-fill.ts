import type { Lots, Nanos, Ticks, Units } from "../core/units.ts";
import type { Side } from "../model/side.ts";

/** A trade of ours, as a venue tells of it. Venues may tell of it late, more than once, and in any order. */
export interface VenueFill {
  readonly market: number;
  /** The venue's name of the fill: never used twice for the same order. */
  readonly fillId: string;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
  /** In the fee asset's smallest unit; negative for a rebate. */
  readonly feeUnits: Units;
  readonly feeAsset: number;
  readonly liquidity: "maker" | "taker";
  /** When the venue says that it happened, in kernel time. */
  readonly venueTimeNs: Nanos;
}
