import { assert } from "../../../core/assert.ts";
import type { Lots, Nanos, Ticks } from "../../../core/units.ts";
import { Side } from "../../../model/side.ts";
import type { Algorithm, Target } from "./plan.ts";
import { slicesOf, targetOf } from "./plan.ts";
import type { ExecutionReport } from "./shortfall.ts";
import { executionReport } from "./shortfall.ts";

/** An order that is too large to be sent at once. */
export interface ParentPlan {
  readonly agent: number;
  readonly market: number;
  readonly side: Side;
  readonly qtyLots: Lots;
  /** Worst price at which any part may trade; undefined for any price. */
  readonly limitTicks: Ticks | undefined;
  readonly algorithm: Algorithm;
}

/** What is seen of the market when a part is sent. */
export interface MarketView {
  readonly nowNs: Nanos;
  readonly bidTicks: Ticks;
  readonly askTicks: Ticks;
  /** Traded since the run's start. */
  readonly volumeLots: Lots;
}

/** A part of a parent order that is to be sent now. */
export interface Child {
  readonly qtyLots: Lots;
  /** Undefined for a market order. */
  readonly limitTicks: Ticks | undefined;
  /** Whether it waits in the book for somebody, or takes what is there. */
  readonly style: "rest" | "take";
}

/**
 * Works a parent order off in parts. In each slice of its time a part rests at the best price of its own side; what
 * nobody took goes with the next slice's part, and in the last slice the rest is taken at the market. At most one part
 * works at a time, so what is filled and what may still be filled never pass the order.
 */
export class ParentOrder {
  readonly plan: ParentPlan;
  filledLots: Lots = 0;
  readonly #target: Target;
  readonly #slices: number;
  readonly #beganNs: Nanos;
  readonly #beganVolumeLots: Lots;
  readonly #arrivalTicks: number;
  #filledTickLots = 0;
  /** What of the part that works may still be filled; undefined where none works. */
  #workingLots: Lots | undefined;

  constructor(plan: ParentPlan, view: MarketView) {
    this.plan = plan;
    this.#target = targetOf(plan.algorithm, plan.qtyLots);
    this.#slices = slicesOf(plan.algorithm);
    this.#beganNs = view.nowNs;
    this.#beganVolumeLots = view.volumeLots;
    this.#arrivalTicks = midTicks(view);
  }

  get isWorking(): boolean {
    return this.#workingLots !== undefined;
  }

  /** Nothing more is to be sent: all is filled, or the time is over. */
  isOver(nowNs: Nanos): boolean {
    return this.filledLots >= this.plan.qtyLots || this.#sliceAt(nowNs) >= this.#slices;
  }

  /** When the slice after that time begins. */
  nextSliceNs(nowNs: Nanos): Nanos {
    const { durationNs } = this.plan.algorithm;
    return this.#beganNs + Math.ceil(((this.#sliceAt(nowNs) + 1) * durationNs) / this.#slices);
  }

  /** The part that is to be sent now, if any. None while another works. */
  nextChild(view: MarketView): Child | undefined {
    const { plan, filledLots } = this;
    if (this.isWorking || this.isOver(view.nowNs)) return undefined;
    const slice = this.#sliceAt(view.nowNs);
    const marketLots = view.volumeLots - this.#beganVolumeLots;
    const target = this.#target({ slice, filledLots, marketLots });
    const qtyLots = Math.min(target, plan.qtyLots) - filledLots;
    if (qtyLots <= 0) return undefined;
    const isLast = slice === this.#slices - 1;
    const near = plan.side === Side.buy ? view.bidTicks : view.askTicks;
    if (isLast || near === 0) return { qtyLots, limitTicks: plan.limitTicks, style: "take" };
    return { qtyLots, limitTicks: this.#within(near), style: "rest" };
  }

  /** A part has left: it was let through for so many lots. */
  onPlaced(lots: Lots): void {
    assert(!this.isWorking && this.filledLots + lots <= this.plan.qtyLots, "parts never add up to more than the order");
    this.#workingLots = lots;
  }

  onFill(lots: Lots, priceTicks: Ticks): void {
    this.filledLots += lots;
    this.#filledTickLots += lots * priceTicks;
    if (this.#workingLots !== undefined) this.#workingLots = Math.max(0, this.#workingLots - lots);
  }

  /** The part that worked is done. */
  onChildDone(): void {
    this.#workingLots = undefined;
  }

  report(view: MarketView): ExecutionReport {
    return executionReport({
      side: this.plan.side,
      orderedLots: this.plan.qtyLots,
      filledLots: this.filledLots,
      filledTickLots: this.#filledTickLots,
      arrivalTicks: this.#arrivalTicks,
      endTicks: midTicks(view),
    });
  }

  #sliceAt(nowNs: Nanos): number {
    return Math.floor(((nowNs - this.#beganNs) * this.#slices) / this.plan.algorithm.durationNs);
  }

  /** The price, or the order's limit where that is stricter. */
  #within(priceTicks: Ticks): Ticks {
    const { side, limitTicks } = this.plan;
    if (limitTicks === undefined) return priceTicks;
    return side === Side.buy ? Math.min(priceTicks, limitTicks) : Math.max(priceTicks, limitTicks);
  }
}

function midTicks({ bidTicks, askTicks }: MarketView): number {
  return bidTicks === 0 || askTicks === 0 ? 0 : (bidTicks + askTicks) / 2;
}
