import type { DeskListing } from "../listing.ts";
import type { Roster } from "../roster.ts";
import type { TradingState } from "../trading-state.ts";
import { EquityWatch } from "./equity-watch.ts";
import { Exposure } from "./exposure.ts";
import { Funds } from "./funds.ts";
import { OrderRates } from "./order-rates.ts";
import { OwnPrices } from "./own-prices.ts";
import type { Reference } from "./reference.ts";
import { unknownReference } from "./reference.ts";
import { rowsOf, Scopes } from "./scope.ts";
import { Valuation } from "./valuation.ts";

/** What the checks look at. */
export interface RiskDesk {
  readonly listing: DeskListing;
  readonly roster: Roster;
  readonly scopes: Scopes;
  readonly exposure: Exposure;
  readonly valuation: Valuation;
  readonly equity: EquityWatch;
  readonly funds: Funds;
  readonly rates: OrderRates;
  /** By market. */
  readonly references: readonly Reference[];
  /** By market. */
  readonly ownPrices: readonly OwnPrices[];
  /** By agent: the number of its last intent. */
  readonly lastIntents: number[];
  /** By scope: set by circuit breakers and the kill switch. */
  readonly trading: TradingState[];
  /** By venue: whether it is being reconciled. */
  readonly isReconciling: boolean[];
}

export interface RiskDeskOptions {
  readonly listing: DeskListing;
  readonly roster: Roster;
  /** The asset in which limits and equity are counted. */
  readonly reportingAsset: number;
  /** What was kept of the equity when the desk ran last. */
  readonly equity?: EquityWatch;
}

/** A desk that has done nothing yet. Venues count as being reconciled until somebody says otherwise. */
export function openRiskDesk({ listing, roster, reportingAsset, equity }: RiskDeskOptions): RiskDesk {
  const scopes = new Scopes(listing, roster);
  const assets = listing.assets.assets.length;
  return {
    listing,
    roster,
    scopes,
    exposure: new Exposure(roster, listing.markets.length),
    valuation: new Valuation(reportingAsset, assets),
    equity: equity ?? new EquityWatch(rowsOf(roster).count),
    funds: new Funds(listing.venues.length, assets),
    rates: new OrderRates(scopes.all.length),
    references: listing.markets.map(() => unknownReference()),
    ownPrices: listing.markets.map(() => new OwnPrices()),
    lastIntents: roster.agents.map(() => 0),
    trading: scopes.all.map(() => "active"),
    isReconciling: listing.venues.map(() => true),
  };
}
