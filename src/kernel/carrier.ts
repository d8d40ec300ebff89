import type { Nanos } from "../core/units.ts";
import type { Link } from "./link.ts";
import type { MessagePool } from "./message-pool.ts";
import type { Outages } from "./outages.ts";

/**
 * A network under the kernel. A link says at once how long a message travels; a carrier takes the message over, moves
 * it in steps at times of its own, and in the end delivers it, delivers it twice, or drops it.
 */
export interface Carrier {
  /** Introduces an actor, before the run begins. */
  join(actor: number, name: string): void;
  /** Called once, before anybody joins. */
  attach(host: CarrierHost): void;
  /**
   * Takes over a message that leaves at `departureNs`, now or later. The carrier owns one hold of it, which goes to the
   * host with `deliver`, or ends with `pool.release` where the message is dropped.
   */
  carry(from: number, to: number, message: number, departureNs: Nanos): void;
  /** A step that was scheduled has come due. */
  onStep(step: number, timeNs: Nanos): void;
  /** Something from outside that is meant for the carrier. Everything before `timeNs` has happened, and nothing later. */
  onDirective?(directive: unknown, timeNs: Nanos): void;
}

/** What a carrier may ask of the kernel. `deliver` and `outages` are for the time of a step or a directive only. */
export interface CarrierHost {
  readonly seed: number;
  readonly pool: MessagePool;
  /** Calls `onStep(step)` at `atNs`. Steps and events of one moment happen in the order in which they were scheduled. */
  schedule(atNs: Nanos, step: number): void;
  /** Hands a message over to its receiver, at the time of the step at hand. */
  deliver(to: number, message: number, timeNs: Nanos): void;
  /** Number of an actor, or -1. */
  find(name: string): number;
  /** What can happen to actors themselves. */
  readonly outages: Outages;
}

export function isCarrier(link: Link | Carrier): link is Carrier {
  return "carry" in link;
}
