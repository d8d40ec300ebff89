import type { Lots } from "../../core/units.ts";
import { NS_PER_MINUTE } from "../../core/units.ts";
import type { VenueAccount } from "../venue-account.ts";
import type { VenueFill } from "../venue-fill.ts";
import type { Mismatch, ReconciliationPolicy, Resolution } from "./mismatch.ts";
import type { FillOutcome, Portfolio } from "./portfolio.ts";
import { fillKey, HOUSE } from "./portfolio.ts";

/** By then a fill shows in the account, however far the clocks of both are apart. */
const UNSEEN_NS = NS_PER_MINUTE;

/** An order that may rest at the venue, as far as we know. */
export interface WorkingOrder {
  readonly market: number;
  readonly clientOrderId: string;
  readonly qtyLots: Lots;
}

export interface Reconciliation {
  readonly venue: number;
  readonly mismatches: readonly { readonly mismatch: Mismatch; readonly resolution: Resolution }[];
  /** Whether fills have been booked that the venue's answer does not know yet: positions were not compared. */
  readonly isStale: boolean;
  /** Whether something must be looked at before there may be new risk at the venue. */
  readonly isHalted: boolean;
}

export interface ReconcileOptions {
  readonly portfolio: Portfolio;
  readonly account: VenueAccount;
  /** Orders of that venue that are working, or may be, as far as we know. */
  readonly working: readonly WorkingOrder[];
  readonly policy: ReconciliationPolicy;
  /** Books a fill that never reached us; the portfolio's way unless others must hear of it too. */
  readonly book?: (fill: VenueFill) => FillOutcome;
}

/**
 * Compares what a venue says of our account with what we have, and takes over what the policy says that the venue is
 * right about. Fills come first: what they explain is no mismatch of orders, positions or balances any more.
 *
 * What it changes is the portfolio alone. Orders are the execution's: it closes those that are gone.
 */
export function reconcile(options: ReconcileOptions): Reconciliation {
  const { portfolio, account } = options;
  const found = [...missedFills(options), ...unseenFills(options), ...differencesOfOrders(options)];
  const isStale = portfolio.unconfirmed[account.venue].size > 0;
  if (!isStale) found.push(...differencesOfPositions(options), ...differencesOfBalances(options));
  const mismatches = found.map((mismatch) => ({ mismatch, resolution: resolutionOf(mismatch, options.policy) }));
  return {
    venue: account.venue,
    mismatches,
    isStale,
    isHalted: mismatches.some(({ resolution }) => resolution === "halt"),
  };
}

function resolutionOf(mismatch: Mismatch, policy: ReconciliationPolicy): Resolution {
  // A fill that fits no order of ours is a person's business, whatever the policy says of fills that do.
  if (mismatch.kind === "fillMissed" && mismatch.outcome.kind !== "booked") return "halt";
  // Without a price the difference would be booked for nothing, and count as profit.
  if (mismatch.kind === "positionDiffers" && mismatch.markTicks === undefined) return "halt";
  return policy[mismatch.kind];
}

/** Books what never reached us. A fill that halts by policy is booked nevertheless: it has happened. */
function missedFills({ portfolio, account, book }: ReconcileOptions): Mismatch[] {
  const missed: Mismatch[] = [];
  for (const fill of account.fills) {
    const outcome = book === undefined ? portfolio.bookFill(fill) : book(fill);
    if (outcome.kind !== "duplicate") missed.push({ kind: "fillMissed", fill, outcome });
  }
  return missed;
}

/** What we have booked and the venue does not show: it came after the answer was made, or the venue took it back. */
function unseenFills({ portfolio, account }: ReconcileOptions): Mismatch[] {
  const unconfirmed = portfolio.unconfirmed[account.venue];
  for (const fill of account.fills) unconfirmed.delete(fillKey(fill));
  // What happened before the time that was asked for could not be shown.
  for (const [key, { venueTimeNs }] of unconfirmed) if (venueTimeNs < account.fillsSinceNs) unconfirmed.delete(key);
  return [...unconfirmed.values()]
    .filter(({ venueTimeNs }) => venueTimeNs + UNSEEN_NS < account.asOfNs)
    .map((fill) => ({ kind: "fillNotAtVenue", fill }));
}

function differencesOfOrders({ portfolio, account, working, policy }: ReconcileOptions): Mismatch[] {
  const found: Mismatch[] = [];
  const atVenue = new Set(account.orders.map((order) => order.clientOrderId));
  const ours = new Set(working.map((order) => order.clientOrderId));
  for (const order of account.orders) {
    if (!ours.has(order.clientOrderId)) {
      found.push({ kind: "orderNotOurs", order });
      // Its fills must find an order from now on. Whose it is nobody knows, so it is the house's.
      if (policy.orderNotOurs === "venueWins") portfolio.expect({ ...order, subAccount: HOUSE });
      continue;
    }
    const { market, clientOrderId } = order;
    const filled = portfolio.filledLots(market, clientOrderId);
    // With more fills than the venue tells of, we only know what came after.
    if (filled < order.filledLots) {
      found.push({ kind: "filledDiffers", market, clientOrderId, ours: filled, venues: order.filledLots });
    }
  }
  for (const { market, clientOrderId, qtyLots } of working) {
    const isFilled = portfolio.filledLots(market, clientOrderId) >= qtyLots;
    if (!atVenue.has(clientOrderId) && !isFilled) found.push({ kind: "orderGone", market, clientOrderId });
  }
  return found;
}

function differencesOfPositions({ portfolio, account, policy }: ReconcileOptions): Mismatch[] {
  const found: Mismatch[] = [];
  const told = new Map(account.positions.map((position) => [position.market, position]));
  for (const { number: market, venue } of portfolio.listing.markets) {
    if (venue !== account.venue) continue;
    const ours = portfolio.positions[market].lots;
    const { lots: venues, markTicks } = told.get(market) ?? { lots: 0, markTicks: undefined };
    if (ours === venues) continue;
    const mismatch = { kind: "positionDiffers", market, ours, venues, markTicks } as const;
    found.push(mismatch);
    if (markTicks !== undefined && resolutionOf(mismatch, policy) === "venueWins") {
      portfolio.adjustPosition(market, venues, markTicks);
    }
  }
  return found;
}

function differencesOfBalances({ portfolio, account, policy }: ReconcileOptions): Mismatch[] {
  if (account.balances === undefined) return [];
  const found: Mismatch[] = [];
  const expected = portfolio.balances[account.venue];
  const told = new Map(account.balances.map(({ asset, units }) => [asset, units]));
  for (const asset of portfolio.listing.assets.assets.keys()) {
    const ours = expected.of(asset);
    const venues = told.get(asset) ?? 0n;
    if (ours === venues) continue;
    found.push({ kind: "balanceDiffers", asset, ours, venues });
    if (policy.balanceDiffers === "venueWins") expected.add(asset, venues - ours);
  }
  return found;
}
