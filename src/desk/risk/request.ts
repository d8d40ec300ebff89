import type { Lots, Nanos, Ticks, Units } from "../../core/units.ts";
import type { Side } from "../../model/side.ts";
import type { Intent } from "../intent.ts";
import type { DeskMarket } from "../listing.ts";
import type { DeniedReason } from "./denied-reason.ts";
import type { Reference } from "./reference.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { Scope } from "./scope.ts";

/** An intent on its way through the checks. There is one of it, filled anew for each intent. */
export interface RiskRequest {
  intent: Intent;
  side: Side;
  nowNs: Nanos;
  market: DeskMarket;
  scopes: readonly Scope[];
  reference: Reference;
  /** What is left of the intent's quantity after the checks so far. */
  lots: Lots;
  /** The worst price at which the order would trade: its limit, or as far as a market order may reach. */
  priceTicks: Ticks;
  /** Value of one lot at that price, in the reporting asset, rounded up. */
  unitsOfLot: Units;
  /** What the check at hand found, for whoever asks why. */
  readonly finding: Finding;
}

/** The limit that was met, where, and what was found against it. */
export interface Finding {
  scope: Scope | undefined;
  limit: number;
  found: number;
}

/** One thing that is looked at before an order may leave. */
export interface RiskCheck {
  readonly reason: DeniedReason;
  /**
   * How many of `request.lots` may go: all of them, fewer, or none. A check that answers with fewer has written into
   * `request.finding` why.
   */
  lotsAllowed(request: RiskRequest, desk: RiskDesk): Lots;
}

/** What was found at which limit, and where that is set. */
export interface Reach {
  readonly scope?: Scope;
  readonly limit: number;
  readonly found: number;
}

/** Notes why a check allows fewer lots than are left. @returns the lots, for the check to return */
export function allow(request: RiskRequest, lots: Lots, { scope, limit, found }: Reach): Lots {
  request.finding.scope = scope;
  request.finding.limit = limit;
  request.finding.found = found;
  return Math.max(0, Math.min(lots, request.lots));
}
