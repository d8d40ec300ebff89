import { assert } from "../../core/assert.ts";
import type { BookMemory } from "./book-memory.ts";
import { OrderWord } from "./book-memory.ts";

/** Owners are small dense numbers; a larger one is a mistake of the caller. */
export const OWNERS_MAX = 1 << 22;

/** An owner's eight words. */
export const OwnerWord = {
  /** Its live orders by id: where its slots begin, how many there are less one, and how many orders they hold. */
  slots: 0,
  mask: 1,
  orders: 2,
  /** float64 over words 4 and 5. */
  positionLots: 4,
} as const;

const Order = { ...OrderWord };
const Owner = { ...OwnerWord };
const OWNER_WORDS = 8;
const OWNERS_AT_START = 64;
const SLOTS_AT_START = 16;
/** Slots of which fewer are in use than one of so many are too many to look through for an owner's orders. */
const SLOTS_PER_ORDER_MAX = 16;

/**
 * The owners of a book, and the live orders of each by their id: a hash table for each owner, a word for each slot, at
 * least two slots for each order. So one record serves to find an order and to cancel all orders of an owner. Orders of
 * one slot are chained, newest first.
 */
export class OwnerTable {
  declare private readonly memory: BookMemory;
  /** Where the owners' words begin; they move when the table grows. */
  declare base: number;
  /** Owners that it holds. */
  size = OWNERS_AT_START;
  /** What `collect` has found. */
  private found = new Int32Array(SLOTS_AT_START);

  constructor(memory: BookMemory) {
    this.memory = memory;
    this.base = memory.allocateRegion(OWNERS_AT_START * OWNER_WORDS);
  }

  /** Makes room for an owner and one more order of it, which may replace the memory's arrays. */
  admit(owner: number): void {
    if (owner >= this.size) this.grow(owner);
    const at = this.at(owner);
    const { words } = this.memory;
    if (words[at | Owner.orders] >= words[at | Owner.mask] >>> 1) {
      const mask = words[at | Owner.mask];
      this.resize(at, mask === 0 ? SLOTS_AT_START : (mask + 1) * 2);
    }
  }

  /** A live order, or 0. */
  find(owner: number, orderId: number): number {
    if (owner >>> 0 >= this.size) return 0;
    const { words } = this.memory;
    let order = words[slotOf(words, this.at(owner), orderId)];
    while (order !== 0 && words[order | Order.orderId] !== orderId) order = words[order | Order.indexNext];
    return order;
  }

  /** Enters an order by the owner and id that it bears; there is room for it. */
  insert(order: number): void {
    const { words } = this.memory;
    const at = this.at(words[order | Order.owner]);
    words[at | Owner.orders]++;
    link(words, at, order);
  }

  remove(order: number): void {
    const { words } = this.memory;
    const at = this.at(words[order | Order.owner]);
    words[at | Owner.orders]--;
    let place = slotOf(words, at, words[order | Order.orderId]);
    while (words[place] !== order) place = words[place] | Order.indexNext;
    words[place] = words[order | Order.indexNext];
  }

  /** Finds the live orders of an owner; `collected` tells them. @returns how many there are */
  collect(owner: number): number {
    if (owner >>> 0 >= this.size) return 0;
    const at = this.at(owner);
    const orders = this.memory.words[at | Owner.orders];
    const slots = this.memory.words[at | Owner.mask] + 1;
    if (slots > SLOTS_AT_START && slots > orders * SLOTS_PER_ORDER_MAX) {
      let fewer = SLOTS_AT_START;
      while (fewer < orders * 4) fewer *= 2;
      this.resize(at, fewer);
    }
    if (this.found.length < orders) this.found = new Int32Array(orders * 2);
    this.list(at);
    this.sort(orders);
    return orders;
  }

  /** An order that `collect` has found, oldest first. */
  collected(number: number): number {
    return this.found[number];
  }

  position(owner: number): number {
    return owner >>> 0 >= this.size ? 0 : this.memory.doubles[(this.at(owner) | Owner.positionLots) >> 1];
  }

  setPosition(owner: number, lots: number): void {
    assert(owner >= 0, "no owner has a number below 0");
    this.admit(owner);
    this.memory.doubles[(this.at(owner) | Owner.positionLots) >> 1] = lots;
  }

  /** Adds to an owner's position. */
  move(owner: number, lots: number): void {
    this.memory.doubles[(this.at(owner) | Owner.positionLots) >> 1] += lots;
  }

  private at(owner: number): number {
    return (this.base + (owner << 3)) | 0;
  }

  private list(at: number): void {
    const { found } = this;
    const { words } = this.memory;
    const first = words[at | Owner.slots];
    const end = first + words[at | Owner.mask] + 1;
    let count = 0;
    for (let slot = first; slot < end; slot++) {
      for (let order = words[slot]; order !== 0; order = words[order | Order.indexNext]) found[count++] = order;
    }
  }

  /** Sorts what was found by venueOrderId: Shell's sort, in place. */
  private sort(count: number): void {
    const { found } = this;
    const { words } = this.memory;
    for (let gap = count >> 1; gap > 0; gap = gap === 2 ? 1 : Math.floor(gap / 2.2)) {
      for (let i = gap; i < count; i++) {
        const order = found[i];
        const id = words[order | Order.venueOrderId];
        let place = i;
        for (; place >= gap && words[found[place - gap] | Order.venueOrderId] > id; place -= gap) {
          found[place] = found[place - gap];
        }
        found[place] = order;
      }
    }
  }

  /** Gives an owner other slots, which may replace the memory's arrays. */
  private resize(at: number, slots: number): void {
    const { memory } = this;
    const from = memory.words[at | Owner.slots];
    const length = from === 0 ? 0 : memory.words[at | Owner.mask] + 1;
    const moved = memory.allocateRegion(slots);
    const { words } = memory;
    words[at | Owner.slots] = moved;
    words[at | Owner.mask] = slots - 1;
    for (let slot = from; slot < from + length; slot++) {
      for (let order = words[slot]; order !== 0;) {
        const next = words[order | Order.indexNext];
        link(words, at, order);
        order = next;
      }
    }
    memory.releaseRegion(from, length);
  }

  private grow(owner: number): void {
    assert(owner < OWNERS_MAX, "an owner's number is above the limit");
    let size = this.size;
    while (size <= owner) size *= 2;
    const from = this.base;
    const length = this.size * OWNER_WORDS;
    this.base = this.memory.allocateRegion(size * OWNER_WORDS);
    this.memory.words.copyWithin(this.base, from, from + length);
    this.memory.releaseRegion(from, length);
    this.size = size;
  }
}

/**
 * The word that names the newest order of an id's slot, of the owner whose words are at `at`. An owner without slots has
 * word 0, which names none.
 *
 * Ids mostly count up, so the hash keeps 16 neighbouring ids in one cache line, each in a slot of its own, and strews
 * the lines. Ids at any other distance are strewn like any hash.
 */
export function slotOf(words: Int32Array, at: number, orderId: number): number {
  const line = Math.imul(orderId >> 4, 0x9e3779b1);
  return (words[at] + ((line ^ (line >>> 15) ^ orderId) & words[at | Owner.mask])) | 0;
}

function link(words: Int32Array, at: number, order: number): void {
  const slot = slotOf(words, at, words[order | Order.orderId]);
  words[order | Order.indexNext] = words[slot];
  words[slot] = order;
}
