import type { Nanos } from "../../core/units.ts";

/** When a fault begins, and how long it lasts: to the end of the run where nothing is said. */
export interface FaultTime {
  readonly atNs: Nanos;
  readonly forNs?: Nanos | undefined;
}

/** Two places, by name, and the links between them in both directions. */
export type PlacePair = readonly [string, string];

/** What can go wrong. Places and actors are named. */
export type NetworkFault = FaultTime &
  (
    | { readonly kind: "cut"; readonly links: readonly PlacePair[] }
    /** Cuts all links between places of different sides; places of no side are on the first. */
    | { readonly kind: "split"; readonly sides: readonly (readonly string[])[] }
    /** Cuts actors off from everyone, and places from all others. */
    | { readonly kind: "isolate"; readonly places: readonly string[]; readonly actors: readonly string[] }
    /** Cuts the links from some places to others, and leaves those back. */
    | { readonly kind: "oneWay"; readonly from: readonly string[]; readonly to: readonly string[] }
    /** Cuts links again and again: for `downNs`, then not for `upNs`. */
    | { readonly kind: "flap"; readonly links: readonly PlacePair[]; readonly downNs: Nanos; readonly upNs: Nanos }
    /** Holds back what the links should carry, and lets it go at the end. */
    | { readonly kind: "clog"; readonly links: readonly PlacePair[] }
    | { readonly kind: "collapse"; readonly links: readonly PlacePair[]; readonly bandwidthBps: number }
    /** Packets come again after a while, with the given probability each. */
    | {
        readonly kind: "replay";
        readonly links: readonly PlacePair[];
        readonly probability: number;
        readonly afterNs: Nanos;
      }
    /** Actors lose what waits for them and their timers, and start again at the end. */
    | { readonly kind: "crash"; readonly actors: readonly string[] }
    /** Actors do nothing for a while; what comes waits. */
    | { readonly kind: "pause"; readonly actors: readonly string[] }
    | { readonly kind: "slowDown"; readonly actors: readonly string[]; readonly factor: number }
    | {
        readonly kind: "skew";
        readonly actors: readonly string[];
        readonly offsetNs: number;
        readonly driftPpm: number;
      }
  );

/** What is asked of a network while it runs: a fault, or that all those end that have begun. */
export type FaultDirective = NetworkFault | { readonly kind: "heal"; readonly atNs: Nanos };

/** Both ends of a fault, in order of time. */
export function faultEndNs({ atNs, forNs }: FaultTime): Nanos {
  return forNs === undefined ? Infinity : atNs + forNs;
}
