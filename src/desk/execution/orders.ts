import { assert } from "../../core/assert.ts";
import { clientOrderIdOf } from "./client-order-id.ts";
import type { OrderPlan, OrderRecord } from "./order-record.ts";
import { newOrder } from "./order-record.ts";

/** The desk's orders: those that are not done by number, and all that are not forgotten by their ids. */
export class Orders {
  readonly #desk: string;
  readonly #working = new Map<number, OrderRecord>();
  /** Ids of earlier attempts included. */
  readonly #byId = new Map<string, OrderRecord>();

  /** @param desk its name in client order ids */
  constructor(desk: string) {
    this.#desk = desk;
  }

  /** Orders that are not done, oldest first. */
  get working(): readonly OrderRecord[] {
    return [...this.#working.values()];
  }

  /** An order that is not done. */
  find(number: number): OrderRecord | undefined {
    return this.#working.get(number);
  }

  /** The order that bears an id, done ones included until they are forgotten. */
  of(clientOrderId: string): OrderRecord | undefined {
    return this.#byId.get(clientOrderId);
  }

  /** Makes an order known, with the ids of that many attempts after the first. */
  open(plan: OrderPlan, attempts = 0): OrderRecord {
    assert(!this.#working.has(plan.number), "each number is one order's");
    const order = newOrder(plan);
    this.#working.set(plan.number, order);
    for (let attempt = 0; attempt <= attempts; attempt++) this.name(order, attempt);
    return order;
  }

  /** Gives an order its id for an attempt. */
  name(order: OrderRecord, attempt: number): void {
    order.attempt = attempt;
    order.clientOrderId = clientOrderIdOf(this.#desk, order.plan.number, attempt);
    this.#byId.set(order.clientOrderId, order);
  }

  /** The order is done. Fills of it may come nevertheless, so its ids stay. */
  close(order: OrderRecord): void {
    this.#working.delete(order.plan.number);
  }

  /** @returns the ids that the order had */
  forget(order: OrderRecord): readonly string[] {
    assert(!this.#working.has(order.plan.number), "only what is done is forgotten");
    const ids: string[] = [];
    for (let attempt = 0; attempt <= order.attempt; attempt++) {
      const id = clientOrderIdOf(this.#desk, order.plan.number, attempt);
      this.#byId.delete(id);
      ids.push(id);
    }
    return ids;
  }
}
