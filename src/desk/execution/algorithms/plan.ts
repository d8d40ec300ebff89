import type { Lots, Nanos } from "../../../core/units.ts";
import { hyperbolicHoldings } from "./almgren-chriss.ts";
import { addedUp, shareLots } from "./schedule.ts";

/** How a large order is worked. */
export type Algorithm =
  /** Evenly over time. */
  | { readonly kind: "twap"; readonly durationNs: Nanos; readonly slices: number }
  /** In proportion to the volume that is expected in each slice. */
  | { readonly kind: "vwap"; readonly durationNs: Nanos; readonly volumes: readonly number[] }
  /** As a share of what the market trades, looked at in intervals, until it is done or the time is over. */
  | { readonly kind: "pov"; readonly durationNs: Nanos; readonly slices: number; readonly share: number }
  /** Piece by piece: the next one rests when the one before is filled. */
  | { readonly kind: "iceberg"; readonly durationNs: Nanos; readonly slices: number; readonly displayLots: Lots }
  /**
   * Against implementation shortfall, by Almgren and Chriss: early, the more risk (`urgency`, their kappa times the
   * duration) matters against impact. 0 is evenly.
   */
  | { readonly kind: "shortfall"; readonly durationNs: Nanos; readonly slices: number; readonly urgency: number };

export function slicesOf(algorithm: Algorithm): number {
  return algorithm.kind === "vwap" ? algorithm.volumes.length : algorithm.slices;
}

/** What is seen of the market when a target is asked for. */
export interface Progress {
  /** Slices that are over. */
  readonly slice: number;
  readonly filledLots: Lots;
  /** What the market has traded since the order began, our own trades included. */
  readonly marketLots: number;
}

/** How much of the order should have been sent by the end of the slice that begins now. */
export type Target = (progress: Progress) => Lots;

/** What an algorithm wants of an order of that size. In its last slice each wants all of it, but for a share of volume. */
export function targetOf(algorithm: Algorithm, lots: Lots): Target {
  switch (algorithm.kind) {
    case "twap":
      return scheduled(
        shareLots(
          lots,
          Array.from({ length: algorithm.slices }, () => 1),
        ),
      );
    case "vwap":
      return scheduled(shareLots(lots, algorithm.volumes));
    case "shortfall":
      return scheduled(shareLots(lots, frontLoaded(algorithm.slices, algorithm.urgency)));
    case "pov":
      return ({ marketLots }) => Math.min(lots, Math.floor(marketLots * algorithm.share));
    case "iceberg":
      return ({ slice, filledLots }) =>
        slice >= algorithm.slices - 1 ? lots : Math.min(lots, filledLots + algorithm.displayLots);
  }
}

function scheduled(shares: readonly Lots[]): Target {
  const due = addedUp(shares);
  return ({ slice }) => due[Math.min(slice, due.length - 1)];
}

/** What is traded in each slice along the hyperbolic sine of that urgency. */
function frontLoaded(slices: number, urgency: number): readonly number[] {
  const holdings = hyperbolicHoldings(1, slices, urgency / slices);
  return Array.from({ length: slices }, (_, slice) => holdings[slice] - holdings[slice + 1]);
}
