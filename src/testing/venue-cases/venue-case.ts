import type { InstrumentSpec } from "../../model/instrument.ts";
import type { FloorVenueSpec } from "../trading-floor.ts";

/** One rule of a venue, as a script that comes back unchanged; see venue-script.ts. */
export interface VenueCase {
  readonly title: string;
  /** One venue with `BTC` and no fees unless it says otherwise. */
  readonly venues?: readonly FloorVenueSpec[];
  /** Accounts 2 to 5 are there, and empty. */
  readonly script: string;
}

/** One tick times one lot is one unit of USD, one lot one unit of BTC. */
export const BTC: InstrumentSpec = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };
export const ETH: InstrumentSpec = { symbol: "ETH/USD", base: "ETH", quote: "USD", tick: "1", lot: "1" };
/** Pays in what the others trade. */
export const ETH_BTC: InstrumentSpec = { symbol: "ETH/BTC", base: "ETH", quote: "BTC", tick: "1", lot: "1" };
