import type { Nanos } from "../core/units.ts";

/** How long messages travel. The network layer has its own; those in links.ts need none. */
export interface Link {
  /** Introduces an actor, before the run begins. */
  join(actor: number, name: string): void;
  /**
   * The delay of a message that leaves at `departureNs`: whole nanoseconds, not negative. Messages from one actor to another arrive in the order in
   * which they left.
   */
  delayNs(from: number, to: number, departureNs: Nanos): Nanos;
}
