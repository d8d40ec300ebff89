import type { BookMemory } from "./book-memory.ts";
import { OrderWord } from "./book-memory.ts";

const Order = { ...OrderWord };
const SLOTS_AT_START = 256;

/**
 * Finds an order by (owner, orderId): a hash table in the book's memory, a word for each slot, at least two slots for
 * each order. Orders of one slot are chained, newest first.
 *
 * Ids mostly count up, so the hash keeps 16 neighbouring ids of an owner in one cache line, each in a slot of its own,
 * and strews the lines. Ids at any other distance are strewn like any hash.
 */
export class OrderIndex {
  /** The table's first word, and its slots less one. */
  declare table: number;
  mask = SLOTS_AT_START - 1;
  declare private readonly memory: BookMemory;

  constructor(memory: BookMemory) {
    this.memory = memory;
    this.table = memory.allocateRegion(SLOTS_AT_START);
  }

  /** The word that names the newest order of an id's slot. */
  slotOf(owner: number, orderId: number): number {
    const line = Math.imul((orderId >> 4) ^ Math.imul(owner, 0x85ebca77), 0x9e3779b1);
    return (this.table + ((line ^ (line >>> 15) ^ orderId) & this.mask)) | 0;
  }

  /** A live order, or 0. */
  find(owner: number, orderId: number): number {
    const words = this.memory.words;
    let order = words[this.slotOf(owner, orderId)];
    while (order !== 0 && (words[order | Order.orderId] !== orderId || words[order | Order.owner] !== owner)) {
      order = words[order | Order.indexNext];
    }
    return order;
  }

  /** Enters an order by the owner and id that it bears. */
  insert(order: number): void {
    const words = this.memory.words;
    const slot = this.slotOf(words[order | Order.owner], words[order | Order.orderId]);
    words[order | Order.indexNext] = words[slot];
    words[slot] = order;
  }

  remove(order: number): void {
    const words = this.memory.words;
    let link = this.slotOf(words[order | Order.owner], words[order | Order.orderId]);
    while (words[link] !== order) link = words[link] | Order.indexNext;
    words[link] = words[order | Order.indexNext];
  }

  /** Makes room for one more than `orders`, which may replace the memory's arrays. */
  reserve(orders: number): void {
    if (orders >= this.mask >>> 1) this.grow();
  }

  private grow(): void {
    const old = this.table;
    const slots = this.mask + 1;
    this.table = this.memory.allocateRegion(slots * 2);
    this.mask = slots * 2 - 1;
    const words = this.memory.words;
    for (let slot = old; slot < old + slots; slot++) {
      for (let order = words[slot]; order !== 0;) {
        const next = words[order | Order.indexNext];
        this.insert(order);
        order = next;
      }
    }
    this.memory.releaseRegion(old, slots);
  }
}
