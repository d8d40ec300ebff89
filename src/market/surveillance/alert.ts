import type { Nanos } from "../../core/units.ts";
import type { TrailEntry } from "./event-trail.ts";

export type DetectorName =
  | "spoofing"
  | "quoteStuffing"
  | "selfTrading"
  | "circularTrading"
  | "momentumIgnition"
  | "frontRunning"
  | "staleQuoteSniping"
  | "fatFinger"
  | "runawayLoop"
  | "unrevealedCommits";

/** What a detector has to say of accounts: one alert for each set of them, however often they do it. */
export interface Alert {
  readonly detector: DetectorName;
  readonly instrument: number;
  /** In order of their numbers. */
  readonly accounts: readonly number[];
  /** How far the strongest occurrence is beyond the detector's threshold: 1 is just enough. */
  readonly score: number;
  readonly occurrences: number;
  readonly firstNs: Nanos;
  readonly lastNs: Nanos;
  /** What was seen, in a sentence: of the strongest occurrence, as is the evidence. */
  readonly finding: string;
  /** The events that made the alert, in their order. */
  readonly evidence: readonly TrailEntry[];
}
