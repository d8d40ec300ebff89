import type { Nanos, Units } from "../core/units.ts";
import { NS_PER_HOUR, NS_PER_MINUTE } from "../core/units.ts";
import { Reason } from "../model/reason.ts";
import type { RuleSite, VenueRule } from "./rules/rule.ts";

interface StandingFee {
  readonly owner: number;
  readonly unitsPerHour: Units;
  /** Books it, in the quote asset of its instrument. */
  readonly site: Pick<RuleSite, "charge">;
  paidUnits: Units;
}

/**
 * Fees by time, such as for colocation: at each full minute, and at the session's end, an owner pays what has come due
 * since the start, in whole units, less what it has paid. What it cannot pay it owes on.
 */
export class StandingFees implements VenueRule {
  nextWakeNs: Nanos = Infinity;
  readonly #endNs: Nanos;
  readonly #fees: StandingFee[] = [];

  constructor(endNs: Nanos) {
    this.#endNs = endNs;
  }

  add(fee: { readonly owner: number; readonly unitsPerHour: Units; readonly site: Pick<RuleSite, "charge"> }): void {
    this.#fees.push({ ...fee, paidUnits: 0 });
    this.nextWakeNs = Math.min(NS_PER_MINUTE, this.#endNs);
  }

  wake(nowNs: Nanos): void {
    for (const fee of this.#fees) {
      const due = dueUnits(fee.unitsPerHour, nowNs) - fee.paidUnits;
      if (due > 0) fee.paidUnits += fee.site.charge(fee.owner, due, Reason.colocation);
    }
    this.nextWakeNs = nowNs < this.#endNs ? Math.min(this.nextWakeNs + NS_PER_MINUTE, this.#endNs) : Infinity;
  }
}

/** Exact: the product may pass 2^53, and this runs once a minute. */
function dueUnits(unitsPerHour: Units, nowNs: Nanos): Units {
  return Number((BigInt(unitsPerHour) * BigInt(nowNs)) / BigInt(NS_PER_HOUR));
}
