import type { Alert, DetectorName } from "./alert.ts";
import type { EventTrail } from "./event-trail.ts";
import type { MarketEvent } from "./market-event.ts";

/** Alerts that are kept, and events of evidence that each has. */
export const ALERTS_MAX = 10_000;
export const EVIDENCE_MAX = 64;

/** What a detector has found at the event at hand. */
export interface Occurrence {
  readonly accounts: readonly number[];
  /** How far beyond the threshold, at least 1. */
  readonly score: number;
  readonly finding: string;
  /** Sequence numbers, in any order. */
  readonly evidence: Iterable<number>;
}

/** Collects what detectors find; what the same accounts do again is one alert that happened more often. */
export class AlertLog {
  readonly #trail: EventTrail;
  readonly #alerts = new Map<string, Alert>();
  /** Alerts for which there was no room. */
  dropped = 0;

  constructor(trail: EventTrail) {
    this.#trail = trail;
  }

  get trail(): EventTrail {
    return this.#trail;
  }

  /** In order of their first occurrence. */
  get alerts(): readonly Alert[] {
    return [...this.#alerts.values()];
  }

  raise(detector: DetectorName, { instrument, timeNs }: MarketEvent, occurrence: Occurrence): void {
    const accounts = occurrence.accounts.toSorted((a, b) => a - b);
    const key = [detector, instrument, ...accounts].join(" ");
    const known = this.#alerts.get(key);
    if (known === undefined && this.#alerts.size >= ALERTS_MAX) {
      this.dropped++;
      return;
    }
    const { score } = occurrence;
    const occurrences = (known?.occurrences ?? 0) + 1;
    if (known !== undefined && score <= known.score) {
      this.#alerts.set(key, { ...known, occurrences, lastNs: timeNs });
      return;
    }
    this.#alerts.set(key, {
      detector,
      instrument,
      accounts,
      score,
      occurrences,
      firstNs: known?.firstNs ?? timeNs,
      lastNs: timeNs,
      finding: occurrence.finding,
      evidence: this.#trail.read(occurrence.evidence).slice(-EVIDENCE_MAX),
    });
  }
}
