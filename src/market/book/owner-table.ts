import { assert } from "../../core/assert.ts";
import type { BookMemory } from "./book-memory.ts";
import { OrderWord } from "./book-memory.ts";

/** Owners are small dense numbers; a larger one is a mistake of the caller. */
export const OWNERS_MAX = 1 << 22;

/** An owner's eight words. */
export const OwnerWord = {
  /** The list of its live orders, in no order: where it begins, where it ends, and where its room ends. */
  list: 0,
  end: 1,
  limit: 2,
  /** float64 over words 4 and 5. */
  positionLots: 4,
} as const;

const Order = { ...OrderWord };
const Owner = { ...OwnerWord };
const OWNER_WORDS = 8;
const OWNERS_AT_START = 64;
const ROOM_AT_START = 16;

/**
 * The owners of a book. Each has a list of its live orders, which an order leaves by giving its place to the last one:
 * that touches less memory than links from order to order.
 */
export class OwnerTable {
  declare private readonly memory: BookMemory;
  /** Where the table begins; it moves when it grows. */
  declare base: number;
  /** Owners that it holds. */
  size = OWNERS_AT_START;

  constructor(memory: BookMemory) {
    this.memory = memory;
    this.base = memory.allocateRegion(OWNERS_AT_START * OWNER_WORDS);
  }

  /** Makes room for an owner and one more order of it, which may replace the memory's arrays. */
  admit(owner: number): void {
    if (owner >= this.size) this.grow(owner);
    const at = this.at(owner);
    const { words } = this.memory;
    if (words[at | Owner.end] === words[at | Owner.limit]) this.growList(at);
  }

  /** Enters an order by the owner that it bears; there is room for it. */
  insert(order: number): void {
    const words = this.memory.words;
    const at = this.at(words[order | Order.owner]);
    const place = words[at | Owner.end]++;
    words[place] = order;
    words[order | Order.ownerPlace] = place;
  }

  remove(order: number): void {
    const words = this.memory.words;
    const at = this.at(words[order | Order.owner]);
    const last = words[--words[at | Owner.end]];
    const place = words[order | Order.ownerPlace];
    words[place] = last;
    words[last | Order.ownerPlace] = place;
  }

  position(owner: number): number {
    return owner < 0 || owner >= this.size ? 0 : this.memory.doubles[(this.at(owner) | Owner.positionLots) >> 1];
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

  /** Sorts the owner's list, newest first. @returns where it ends: the oldest order stands before that */
  sort(owner: number): number {
    if (owner < 0 || owner >= this.size) return 0;
    const words = this.memory.words;
    const first = words[this.at(owner) | Owner.list];
    const end = words[this.at(owner) | Owner.end];
    // Shell's sort, in place: the list is nearly in order of arrival, since orders are appended.
    for (let gap = (end - first) >> 1; gap > 0; gap = gap === 2 ? 1 : Math.floor(gap / 2.2)) {
      for (let i = first + gap; i < end; i++) {
        const order = words[i];
        const id = words[order | Order.venueOrderId];
        let place = i;
        for (; place >= first + gap && words[words[place - gap] | Order.venueOrderId] < id; place -= gap) {
          words[place] = words[place - gap];
        }
        words[place] = order;
      }
    }
    for (let place = first; place < end; place++) words[words[place] | Order.ownerPlace] = place;
    return end;
  }

  /** How many live orders an owner has. */
  ordersOf(owner: number): number {
    if (owner < 0 || owner >= this.size) return 0;
    return this.memory.words[this.at(owner) | Owner.end] - this.memory.words[this.at(owner) | Owner.list];
  }

  private at(owner: number): number {
    return (this.base + (owner << 3)) | 0;
  }

  private growList(at: number): void {
    const memory = this.memory;
    const from = memory.words[at | Owner.list];
    const room = memory.words[at | Owner.limit] - from;
    const larger = room === 0 ? ROOM_AT_START : room * 2;
    const list = memory.allocateRegion(larger);
    const words = memory.words;
    words[at | Owner.list] = list;
    words[at | Owner.end] = list + room;
    words[at | Owner.limit] = list + larger;
    for (let i = 0; i < room; i++) {
      const order = words[from + i];
      words[list + i] = order;
      words[order | Order.ownerPlace] = list + i;
    }
    if (room > 0) memory.releaseRegion(from, room);
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
