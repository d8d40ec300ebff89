import type { Market } from "../../agents/port.ts";
import type { Nanos } from "../../core/units.ts";
import type { RateLimit } from "../../desk/execution/send-budget.ts";
import type { DeskListing } from "../../desk/listing.ts";
import type { KillGrade } from "../../desk/monitor/kill-switch.ts";
import type { LimitSetting } from "../../desk/risk/limits.ts";
import type { ScopeKind } from "../../desk/risk/scope-kind.ts";
import type { Roster } from "../../desk/roster.ts";

/** What a desk in a run is made of. */
export interface DeskOptions {
  readonly name: string;
  /** Numbered as the run's venues, markets and assets are. */
  readonly listing: DeskListing;
  /** By the desk's number of the market. */
  readonly markets: readonly Market[];
  readonly roster: Roster;
  readonly reportingAsset: number;
  readonly limits: readonly LimitSetting[];
  /** The same at each venue. */
  readonly rateLimits: readonly RateLimit[];
  /** When the kill switch is engaged and released. */
  readonly kills: readonly {
    readonly atNs: Nanos;
    readonly scope: ScopeKind;
    readonly name: string;
    readonly grade: KillGrade | "release";
  }[];
  /** How often the venues' accounts are compared with the desk's. */
  readonly reconcileNs: Nanos;
}
