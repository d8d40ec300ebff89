import type { Lots, Nanos, Ticks } from "../core/units.ts";
import type { Side } from "../model/side.ts";
import type { VenueFill } from "./venue-fill.ts";

/** An order that rests at a venue, as the venue tells of it. */
export interface VenueOrder {
  readonly market: number;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly priceTicks: Ticks;
  /** The order's whole quantity, fills included. */
  readonly qtyLots: Lots;
  readonly filledLots: Lots;
}

/** What a venue says of our account there, all of it at one moment. */
export interface VenueAccount {
  readonly venue: number;
  /** Of which moment it tells, in kernel time. */
  readonly asOfNs: Nanos;
  readonly orders: readonly VenueOrder[];
  /** All fills since that time, which was asked for. */
  readonly fillsSinceNs: Nanos;
  readonly fills: readonly VenueFill[];
  /** Markets that are left out have none. */
  readonly positions: readonly { readonly market: number; readonly lots: Lots; readonly markTicks: Ticks }[];
  /** Assets that are left out have none. Undefined where the venue does not tell them with the rest. */
  readonly balances: readonly { readonly asset: number; readonly units: bigint }[] | undefined;
}
