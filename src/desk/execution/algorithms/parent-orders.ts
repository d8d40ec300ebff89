import type { Nanos } from "../../../core/units.ts";
import type { Child, MarketView, ParentPlan } from "./parent-order.ts";
import { ParentOrder } from "./parent-order.ts";
import { slicesOf } from "./plan.ts";
import type { ExecutionReport } from "./shortfall.ts";

/** Parent orders that may be worked at once. */
export const PARENT_ORDERS_MAX = 10_000;
/** A part that was denied, or refused by the venue, is wanted again after this much of a slice. */
const RETRIES_A_SLICE = 4;

export interface ParentOrdersHost {
  view(market: number): MarketView;
  /** Sends a part. @returns the desk's number of the order and what was let through, or undefined where it was denied */
  send(plan: ParentPlan, child: Child): { readonly order: number; readonly lots: number } | undefined;
  cancel(order: number): void;
  after(delayNs: Nanos, run: () => void): number;
  cancelTimer(timer: number): void;
  onDone(parent: number, plan: ParentPlan, report: ExecutionReport): void;
}

interface Worked {
  readonly parent: ParentOrder;
  /** The part that works, by the desk's number. */
  order: number | undefined;
  isUnwanted: boolean;
  timer: number | undefined;
}

/** Works parent orders off, each by its own algorithm. Every part passes the risk stage as an intent of its agent. */
export class ParentOrders {
  readonly #host: ParentOrdersHost;
  readonly #worked = new Map<number, Worked>();
  readonly #byOrder = new Map<number, number>();
  #next = 1;

  constructor(host: ParentOrdersHost) {
    this.#host = host;
  }

  /** The number that the next parent gets. */
  get next(): number {
    return this.#next;
  }

  /** @returns the parent's number; undefined where there are as many as may be */
  start(plan: ParentPlan): number | undefined {
    if (this.#worked.size >= PARENT_ORDERS_MAX) return undefined;
    const number = this.#next++;
    const parent = new ParentOrder(plan, this.#host.view(plan.market));
    this.#worked.set(number, { parent, order: undefined, isUnwanted: false, timer: undefined });
    this.#step(number);
    return number;
  }

  find(number: number): ParentOrder | undefined {
    return this.#worked.get(number)?.parent;
  }

  /** Sends no more parts, and takes the one back that works. */
  cancel(number: number): void {
    const worked = this.#worked.get(number);
    if (worked === undefined) return;
    worked.isUnwanted = true;
    if (worked.order === undefined) this.#finish(number, worked);
    else this.#host.cancel(worked.order);
  }

  /** The parent that an order is a part of. */
  parentOf(order: number): number | undefined {
    return this.#byOrder.get(order);
  }

  onFill(order: number, lots: number, priceTicks: number): void {
    const number = this.#byOrder.get(order);
    if (number !== undefined) this.#worked.get(number)?.parent.onFill(lots, priceTicks);
  }

  onChildDone(order: number): void {
    const number = this.#byOrder.get(order);
    this.#byOrder.delete(order);
    const worked = number === undefined ? undefined : this.#worked.get(number);
    if (number === undefined || worked === undefined) return;
    worked.order = undefined;
    worked.parent.onChildDone();
    this.#step(number);
  }

  /** Does what is due: sends a part, takes one back whose slice is over, or ends. */
  #step(number: number): void {
    const worked = this.#worked.get(number);
    if (worked === undefined) return;
    const { parent } = worked;
    const view = this.#host.view(parent.plan.market);
    if (worked.order !== undefined) {
      // Its slice is over: what is left of it goes with the next part, once it is known to be gone.
      this.#host.cancel(worked.order);
      this.#wait(number, worked, parent.nextSliceNs(view.nowNs) - view.nowNs);
      return;
    }
    if (worked.isUnwanted || parent.isOver(view.nowNs)) {
      this.#finish(number, worked);
      return;
    }
    const untilNextNs = parent.nextSliceNs(view.nowNs) - view.nowNs;
    const child = parent.nextChild(view);
    const sent = child === undefined ? undefined : this.#host.send(parent.plan, child);
    if (sent === undefined) {
      const pauseNs = Math.ceil(parent.plan.algorithm.durationNs / RETRIES_A_SLICE / slicesOf(parent.plan.algorithm));
      this.#wait(number, worked, child === undefined ? untilNextNs : Math.min(untilNextNs, pauseNs));
      return;
    }
    parent.onPlaced(sent.lots);
    worked.order = sent.order;
    this.#byOrder.set(sent.order, number);
    this.#wait(number, worked, untilNextNs);
  }

  #wait(number: number, worked: Worked, delayNs: Nanos): void {
    if (worked.timer !== undefined) this.#host.cancelTimer(worked.timer);
    worked.timer = this.#host.after(Math.max(1, delayNs), () => {
      worked.timer = undefined;
      this.#step(number);
    });
  }

  #finish(number: number, worked: Worked): void {
    if (worked.timer !== undefined) this.#host.cancelTimer(worked.timer);
    this.#worked.delete(number);
    const { plan } = worked.parent;
    this.#host.onDone(number, plan, worked.parent.report(this.#host.view(plan.market)));
  }
}
