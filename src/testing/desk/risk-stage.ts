import type { Intent } from "../../desk/intent.ts";
import { LimitBook } from "../../desk/risk/limit-book.ts";
import type { LimitName } from "../../desk/risk/limits.ts";
import type { RiskDesk } from "../../desk/risk/risk-desk.ts";
import { openRiskDesk } from "../../desk/risk/risk-desk.ts";
import { RiskEngine } from "../../desk/risk/risk-engine.ts";
import type { ScopeKind } from "../../desk/risk/scope-kind.ts";
import { Roster } from "../../desk/roster.ts";
import { Side } from "../../model/side.ts";
import { twoVenueListing } from "./two-venue-listing.ts";

/** Where the agents stand in the roster of `riskStage`. */
export const ANN = 1;
export const BEN = 2;
export const CEM = 3;

/** Every market is quoted 99 to 101 at time 0. */
export const BID_TICKS = 99;
export const ASK_TICKS = 101;

/** A desk of three agents, of which the first two share a strategy; everything is known and nothing limited. */
export function riskStage(
  limits: readonly (readonly [scope: ScopeKind, name: string, limit: LimitName, value: number])[] = [],
): { readonly desk: RiskDesk; readonly engine: RiskEngine; readonly limits: LimitBook } {
  const listing = twoVenueListing();
  const roster = new Roster([
    { name: "ann", strategy: "makers" },
    { name: "ben", strategy: "makers" },
    { name: "cem", strategy: "takers" },
  ]);
  const desk = openRiskDesk({ listing, roster, reportingAsset: listing.assets.indexOf("USD") });
  for (const reference of desk.references)
    Object.assign(reference, { bidTicks: BID_TICKS, askTicks: ASK_TICKS, updatedNs: 0 });
  for (const venue of listing.venues.keys()) {
    desk.isReconciling[venue] = false;
    for (const asset of listing.assets.assets.keys()) desk.funds.setCredit(venue, asset, 1e12);
  }
  const book = new LimitBook(desk.scopes);
  const settings = limits.map(([scope, name, limit, value]) => ({ scope, name, limit, value }));
  if (settings.length > 0) book.change(settings, { by: "test", atNs: 0 });
  return { desk, engine: new RiskEngine(desk), limits: book };
}

/** Counts intents up over all tests, since no two may have the same number. */
let intents = 0;

/** An intent to buy 10 lots at 100 in market 0, unless it says otherwise. */
export function intentOf(changes: Partial<Intent> = {}): Intent {
  return {
    number: ++intents,
    agent: ANN,
    market: 0,
    side: Side.buy,
    qtyLots: 10,
    limitTicks: 100,
    madeNs: 0,
    expiresNs: 1e9,
    basis: { sequence: 0, midHalfTicks: BID_TICKS + ASK_TICKS },
    ...changes,
  };
}
