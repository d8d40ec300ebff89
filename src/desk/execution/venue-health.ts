import type { Nanos } from "../../core/units.ts";
import type { ExecutionPolicy } from "./execution-policy.ts";

/** Whether orders may be routed to a venue: its session is up, and it has not failed too often in a row. */
export class VenueHealth {
  readonly #policy: ExecutionPolicy;
  isUp = true;
  #failures = 0;
  #excludedUntilNs: Nanos = -Infinity;

  constructor(policy: ExecutionPolicy) {
    this.#policy = policy;
  }

  isOpen(nowNs: Nanos): boolean {
    return this.isUp && nowNs >= this.#excludedUntilNs;
  }

  onSuccess(): void {
    this.#failures = 0;
  }

  /** @returns whether the venue has left the route because of it */
  onFailure(nowNs: Nanos): boolean {
    this.#failures++;
    if (this.#failures < this.#policy.failuresMax) return false;
    this.#failures = 0;
    this.#excludedUntilNs = nowNs + this.#policy.exclusionNs;
    return true;
  }
}
