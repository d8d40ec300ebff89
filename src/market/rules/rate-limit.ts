import type { Nanos } from "../../core/units.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { Reason } from "../../model/reason.ts";
import { OwnerValues } from "./owner-values.ts";
import type { VenueRule } from "./rule.ts";

const { owner: OWNER } = CommandWord;
const { none: NONE, rateLimited: LIMITED, throttled: THROTTLED, suspended: SUSPENDED } = Reason;

/** Numbers of an owner. */
const USED = 0;
const USED_AT = 1;
const STAGE = 2;
const VIOLATIONS = 3;
const VIOLATED_AT = 4;
const SUSPENDED_UNTIL = 5;
const STRIDE = 6;

/** What an owner has come to by violations. */
const FREE_STAGE = 0;
const THROTTLED_STAGE = 1;
const SUSPENDED_STAGE = 2;

/** Parts of an order in which a bucket is counted, so that each nanosecond gives a whole number of them. */
const ORDER = NS_PER_SECOND;

export interface RateLimitOptions {
  /** Orders and replaces that an owner may send a second, in the long run; a whole number. */
  readonly perSecond: number;
  /** How many of them at once. */
  readonly burst: number;
  /** So many violations, each within `forgetNs` of the one before, and the owner is throttled. */
  readonly throttleAfter: number;
  readonly forgetNs: Nanos;
  /** The rate of a throttled owner. */
  readonly throttledPerSecond: number;
  /** An owner is throttled until it has not violated its lower rate for so long. */
  readonly throttleNs: Nanos;
  /** So many violations while throttled, and the owner is suspended. */
  readonly suspendAfter: number;
  readonly suspendNs: Nanos;
}

/**
 * A token bucket for each owner: it holds `burst` orders, each order and replace takes one, and it fills at the owner's
 * rate. Who finds it empty is refused; who goes on so is throttled, and at last suspended. Cancels always pass and
 * count nothing: nobody shall be kept from taking risk away.
 *
 * A bucket is counted in billionths of an order, whole numbers below 2^53, and only when its owner sends something.
 */
export class RateLimit implements VenueRule {
  declare private readonly options: RateLimitOptions;
  declare private readonly full: number;
  declare private readonly perSecond: number;
  private readonly owners = new OwnerValues(STRIDE);

  constructor(options: RateLimitOptions) {
    this.options = options;
    this.full = options.burst * ORDER;
    this.perSecond = options.perSecond;
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): number {
    const row = this.owners.rowOf(words[at | OWNER]);
    const { numbers } = this.owners;
    if (numbers[row + STAGE] !== FREE_STAGE) return this.admitPunished(row, nowNs);
    return this.take(row, this.perSecond, nowNs) ? NONE : this.violate(row, nowNs);
  }

  /** Takes an order out of the bucket. @returns false where it holds none */
  private take(row: number, perSecond: number, nowNs: Nanos): boolean {
    const { numbers } = this.owners;
    // Where the product is past 2^53, and inexact, the bucket is full anyway.
    let used = numbers[row] - (nowNs - numbers[row + USED_AT]) * perSecond;
    if (used < 0) used = 0;
    const fits = used + ORDER <= this.full;
    numbers[row + USED] = fits ? used + ORDER : used;
    numbers[row + USED_AT] = nowNs;
    return fits;
  }

  private violate(row: number, nowNs: Nanos): number {
    const { numbers } = this.owners;
    const { forgetNs, throttleAfter } = this.options;
    const isForgotten = nowNs - numbers[row + VIOLATED_AT] > forgetNs;
    const violations = isForgotten ? 1 : numbers[row + VIOLATIONS] + 1;
    this.enter(row, violations >= throttleAfter ? THROTTLED_STAGE : FREE_STAGE, nowNs);
    if (violations < throttleAfter) numbers[row + VIOLATIONS] = violations;
    return LIMITED;
  }

  private admitPunished(row: number, nowNs: Nanos): number {
    const { numbers } = this.owners;
    const { suspendAfter, suspendNs, throttledPerSecond, throttleNs } = this.options;
    if (numbers[row + STAGE] === SUSPENDED_STAGE) {
      const untilNs = numbers[row + SUSPENDED_UNTIL];
      if (nowNs < untilNs) return SUSPENDED;
      // Good behaviour counts from the suspension's end.
      this.enter(row, THROTTLED_STAGE, untilNs);
    }
    if (nowNs - numbers[row + VIOLATED_AT] > throttleNs) {
      // Up to this moment the bucket has filled at the lower rate.
      const isFull = this.take(row, throttledPerSecond, nowNs);
      this.enter(row, FREE_STAGE, nowNs);
      return isFull ? NONE : this.violate(row, nowNs);
    }
    if (this.take(row, throttledPerSecond, nowNs)) return NONE;
    const violations = numbers[row + VIOLATIONS] + 1;
    numbers[row + VIOLATIONS] = violations;
    numbers[row + VIOLATED_AT] = nowNs;
    if (violations < suspendAfter) return THROTTLED;
    this.enter(row, SUSPENDED_STAGE, nowNs);
    numbers[row + SUSPENDED_UNTIL] = nowNs + suspendNs;
    return SUSPENDED;
  }

  private enter(row: number, stage: number, nowNs: Nanos): void {
    const { numbers } = this.owners;
    numbers[row + STAGE] = stage;
    numbers[row + VIOLATIONS] = 0;
    numbers[row + VIOLATED_AT] = nowNs;
  }
}
