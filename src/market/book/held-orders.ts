import type { BookMemory } from "./book-memory.ts";
import { ExtraWord, OrderWord } from "./book-memory.ts";

const Extra = { ...ExtraWord };
const Order = { ...OrderWord };

/**
 * The orders that wait for the end of a call, first come first: a circular list through their extra blocks, so that one
 * that is canceled leaves it at once. An order is in it exactly while its `heldNext` is not 0.
 */
export class HeldOrders {
  declare private readonly memory: BookMemory;
  /** Begins and ends the list: a block that is no order, with an extra. */
  declare private readonly head: number;

  constructor(memory: BookMemory) {
    this.memory = memory;
    this.head = memory.allocate();
    const extra = memory.allocate();
    const { words } = memory;
    words[this.head | Order.extra] = extra;
    words[extra | Extra.heldNext] = this.head;
    words[extra | Extra.heldPrevious] = this.head;
  }

  /** The order that came first, or 0. */
  get first(): number {
    const { words } = this.memory;
    const first = words[words[this.head | Order.extra] | Extra.heldNext];
    return first === this.head ? 0 : first;
  }

  /** Appends an order, which has an extra block. */
  add(order: number): void {
    const { head } = this;
    const { words } = this.memory;
    const last = words[words[head | Order.extra] | Extra.heldPrevious];
    this.link(last, order);
    this.link(order, head);
  }

  /** Takes an order with an extra block out, if it is in. */
  remove(order: number): void {
    const { words } = this.memory;
    const extra = words[order | Order.extra];
    const next = words[extra | Extra.heldNext];
    if (next === 0) return;
    this.link(words[extra | Extra.heldPrevious], next);
    words[extra | Extra.heldNext] = 0;
  }

  private link(previous: number, next: number): void {
    const { words } = this.memory;
    words[words[previous | Order.extra] | Extra.heldNext] = next;
    words[words[next | Order.extra] | Extra.heldPrevious] = previous;
  }
}
