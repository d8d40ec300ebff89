import { assert } from "../../core/assert.ts";
import { CommandWord } from "../../model/command.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import type { OrderBounds } from "./order-bounds.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { qtyLots: QTY_LOTS } = CommandWord;
const { qtyLots: REPORT_QTY_LOTS } = ReportWord;
const { orderAccepted: ACCEPTED } = RecordKind;
const { none: NONE, fatFinger: FAT_FINGER } = Reason;

export interface FatFingerOptions {
  /** How many times the average size an order may have. */
  readonly timesAverage: number;
  /** Orders over which the average is taken: the last ones that were accepted, of everybody. */
  readonly orders: number;
}

/**
 * Refuses an order that is far larger than those before it: a slip of the finger. Nothing is refused before so many
 * orders have come as the average takes in.
 */
export class FatFinger implements VenueRule {
  declare private readonly timesAverage: number;
  declare private readonly bounds: OrderBounds;
  /** Sizes of the last orders, in a circle, and their sum: whole numbers, so it never drifts. */
  declare private readonly sizes: Int32Array;
  private next = 0;
  private sum = 0;
  private count = 0;
  /** What passes; written when the average changes, which is less often than it is asked for. */
  private lotsMax = Infinity;

  constructor({ timesAverage, orders }: FatFingerOptions, { bounds }: Pick<RuleSite, "bounds">) {
    assert(timesAverage >= 1 && orders >= 1, "an order of the average size passes");
    this.timesAverage = timesAverage;
    this.bounds = bounds;
    this.sizes = new Int32Array(orders);
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number): number {
    return words[at | QTY_LOTS] > this.lotsMax ? FAT_FINGER : NONE;
  }

  /** The average moves with every order, so only half of what passes is promised. */
  narrow(bounds: OrderBounds): void {
    bounds.lotsMax = Math.min(bounds.lotsMax, Math.floor(this.lotsMax / 2));
  }

  onOrder(words: Int32Array, _doubles: Float64Array, at: number): void {
    if (words[at] !== ACCEPTED) return;
    const { sizes, next } = this;
    const lots = words[at | REPORT_QTY_LOTS];
    const sum = this.sum + lots - sizes[next];
    sizes[next] = lots;
    this.sum = sum;
    this.next = next + 1 === sizes.length ? 0 : next + 1;
    if (this.count < sizes.length) this.count++;
    if (this.count < sizes.length) return;
    this.lotsMax = Math.floor((this.timesAverage * sum) / sizes.length);
    if (this.lotsMax < this.bounds.lotsMax) this.bounds.isStale = true;
  }
}
