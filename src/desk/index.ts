/** The desk: what a person runs. Of its six stages the portfolio is there so far. */
export { DeskListing } from "./listing.ts";
export type { DeskMarket, DeskVenue } from "./listing.ts";
export type { CostBasis, Position } from "./portfolio/position.ts";
export { CAUTIOUS_POLICY } from "./portfolio/mismatch.ts";
export type { Mismatch, MismatchKind, ReconciliationPolicy, Resolution } from "./portfolio/mismatch.ts";
export { HOUSE, Portfolio } from "./portfolio/portfolio.ts";
export type { FillOutcome, PortfolioOptions } from "./portfolio/portfolio.ts";
export type { ExpectedOrder } from "./portfolio/known-orders.ts";
export type { QuarantinedFill, QuarantineReason } from "./portfolio/quarantine.ts";
export { reconcile } from "./portfolio/reconcile.ts";
export type { Reconciliation, ReconcileOptions, WorkingOrder } from "./portfolio/reconcile.ts";
export type { VenueAccount, VenueOrder } from "./venue-account.ts";
export type { VenueFill } from "./venue-fill.ts";
