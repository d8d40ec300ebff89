import type { OwnerGroups } from "../owner-groups.ts";
import type { AlertLog } from "./alert-log.ts";
import type { MarketEvent } from "./market-event.ts";

/**
 * Looks for one sort of behaviour in the stream of a venue's events. A detector is a fold: it sees the events in their
 * order, keeps a bounded state for each account, raises alerts, and does nothing else. It knows no clock but the events'
 * and nobody's intentions.
 */
export interface Detector {
  see(event: MarketEvent): void;
}

/** What detectors are made of. */
export interface DetectorSite {
  readonly log: AlertLog;
  /** Which accounts belong to one party. */
  readonly groups: OwnerGroups;
}
