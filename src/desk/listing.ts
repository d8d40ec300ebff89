import type { Instrument } from "../model/instrument.ts";
import type { Listed } from "../model/listing.ts";
import { AssetTable } from "../model/listing.ts";

/** An instrument at a venue, as the desk names it. */
export interface DeskMarket {
  /** Its number among the desk's markets, from 0. */
  readonly number: number;
  /** Its venue's number among the desk's venues, from 0. */
  readonly venue: number;
  /** The instrument, with its values in units that are common to all of the desk's markets. */
  readonly listed: Listed;
}

export interface DeskVenue {
  readonly name: string;
  /** What the desk may trade there, in the order of the venue's own numbers. */
  readonly instruments: readonly Instrument[];
}

/** Everything that a desk may trade, and what it is paid with. All venues count an asset in the same unit. */
export class DeskListing {
  readonly venues: readonly string[];
  readonly markets: readonly DeskMarket[];
  readonly assets: AssetTable;

  /** @throws {UserError} when amounts of two instruments cannot be counted in one unit */
  constructor(venues: readonly DeskVenue[]) {
    this.venues = venues.map(({ name }) => name);
    this.assets = new AssetTable(venues.flatMap(({ instruments }) => instruments));
    const markets: DeskMarket[] = [];
    for (const [venue, { instruments }] of venues.entries()) {
      for (const [index, instrument] of instruments.entries()) {
        markets.push({ number: markets.length, venue, listed: this.assets.list(instrument, index) });
      }
    }
    this.markets = markets;
  }
}
