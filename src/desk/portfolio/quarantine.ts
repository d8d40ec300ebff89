import { assert } from "../../core/assert.ts";
import type { VenueFill } from "../venue-fill.ts";

/** Fills that wait for somebody to say whose they are. More of them mean that this is not our account. */
export const QUARANTINED_FILLS_MAX = 10_000;

/** Why a fill is not booked as it comes. */
export type QuarantineReason =
  /** Nobody told the portfolio of such an order. */
  | "unknownOrder"
  /** The order is one of another instrument, or of the other side. */
  | "notAsOrdered"
  /** With it, more is filled than was ordered. */
  | "moreThanOrdered";

export interface QuarantinedFill {
  /** Its number, by which it is claimed. */
  readonly number: number;
  readonly reason: QuarantineReason;
  readonly fill: VenueFill;
}

/** Fills that fit no known order. They are real money of somebody's, so they are kept until they are claimed. */
export class FillQuarantine {
  readonly #fills = new Map<number, QuarantinedFill>();
  #next = 1;

  get count(): number {
    return this.#fills.size;
  }

  get isFull(): boolean {
    return this.#fills.size >= QUARANTINED_FILLS_MAX;
  }

  /** Oldest first. */
  list(): readonly QuarantinedFill[] {
    return [...this.#fills.values()];
  }

  add(fill: VenueFill, reason: QuarantineReason): QuarantinedFill {
    assert(!this.isFull, "a fill is refused, and the desk halted, before the quarantine overflows");
    const quarantined = { number: this.#next++, reason, fill };
    this.#fills.set(quarantined.number, quarantined);
    return quarantined;
  }

  /** @returns undefined when there is no such fill, or it has been claimed */
  take(number: number): QuarantinedFill | undefined {
    const quarantined = this.#fills.get(number);
    this.#fills.delete(number);
    return quarantined;
  }
}
