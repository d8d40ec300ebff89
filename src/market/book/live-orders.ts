import { assert } from "../../core/assert.ts";
import { INT32_MAX } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import type { BookMemory } from "./book-memory.ts";
import { ExtraWord, OrderWord } from "./book-memory.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { HeldOrders } from "./held-orders.ts";
import { OwnerTable } from "./owner-table.ts";

const Command = { ...CommandWord };
const Extra = { ...ExtraWord };
const Order = { ...OrderWord };
const ACCEPTED_MAX = INT32_MAX;

/** Makes orders, and keeps the records of those that live: by owner and id, and by expiry. */
export class LiveOrders {
  /** Live orders, stops included. */
  count = 0;
  /** Orders accepted so far: the next order's venueOrderId. */
  accepted = 0;
  declare readonly owners: OwnerTable;
  declare readonly expiries: ExpiryHeap;
  declare readonly held: HeldOrders;
  declare private readonly memory: BookMemory;

  constructor(memory: BookMemory) {
    this.memory = memory;
    this.owners = new OwnerTable(memory);
    this.expiries = new ExpiryHeap(memory);
    this.held = new HeldOrders(memory);
  }

  /** Makes room for one more order of an owner in all records, which may replace the memory's arrays. */
  admit(owner: number): void {
    assert(this.accepted < ACCEPTED_MAX, "a book accepts at most 2^31 - 1 orders");
    this.owners.admit(owner);
  }

  /** A new order as the command at `from` tells it, in no record yet. */
  create(words: Int32Array, from: number, priceTicks: number): number {
    const order = this.memory.allocate();
    const memory = this.memory.words;
    memory[order | Order.leavesLots] = words[from | Command.qtyLots];
    memory[order | Order.owner] = words[from | Command.owner];
    memory[order | Order.orderId] = words[from | Command.orderId];
    memory[order | Order.flags] = words[from | Command.flags];
    memory[order | Order.venueOrderId] = this.accepted++;
    memory[order | Order.priceTicks] = priceTicks;
    return order;
  }

  /** Gives an order what only some have. */
  addExtra(order: number, options: { triggerTicks: number; expireTimeNs: number; displayLots: number }): void {
    const extra = this.memory.allocate();
    const memory = this.memory.words;
    memory[order | Order.extra] = extra;
    memory[extra | Extra.expiryPlace] = 0;
    memory[extra | Extra.triggerTicks] = options.triggerTicks;
    memory[extra | Extra.displayLots] = options.displayLots;
    memory[extra | Extra.visibleLots] = 0;
    memory[extra | Extra.heldNext] = 0;
    this.memory.doubles[(extra | Extra.expireTimeNs) >> 1] = options.expireTimeNs;
  }

  /** Enters an order that stays: it can be found, canceled with its owner's others, and expires. */
  remember(order: number): void {
    this.owners.insert(order);
    if (this.memory.words[order | Order.extra] !== 0) this.expiries.insert(order);
    this.count++;
  }

  /** Undoes `remember`, for an order that is in no queue any more. */
  forget(order: number): void {
    this.owners.remove(order);
    if (this.memory.words[order | Order.extra] !== 0) {
      this.expiries.remove(order);
      this.held.remove(order);
    }
    this.count--;
    this.discard(order);
  }

  /** Lets an order wait for the end of the call. */
  hold(order: number): void {
    if (this.memory.words[order | Order.extra] === 0)
      this.addExtra(order, { triggerTicks: 0, expireTimeNs: 0, displayLots: 0 });
    this.held.add(order);
  }

  /** Its call is over: an order that needs no extra is plain again. */
  unhold(order: number): void {
    this.held.remove(order);
    const { words, doubles } = this.memory;
    const extra = words[order | Order.extra];
    if (words[extra | Extra.displayLots] !== 0 || doubles[(extra | Extra.expireTimeNs) >> 1] !== 0) return;
    this.memory.release(extra);
    words[order | Order.extra] = 0;
  }

  /** Frees an order that is in no record. */
  discard(order: number): void {
    const words = this.memory.words;
    const extra = words[order | Order.extra];
    if (extra !== 0) this.memory.release(extra);
    words[order | Order.extra] = 0;
    words[order | Order.filledLots] = 0;
    this.memory.release(order);
  }
}
