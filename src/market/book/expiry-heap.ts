import type { BookMemory } from "./book-memory.ts";
import { ExtraWord, OrderWord } from "./book-memory.ts";

/** Orders that expire, earliest first, then by venueOrderId: a binary heap. An order knows its place in it. */
export class ExpiryHeap {
  declare private readonly memory: BookMemory;
  /** Orders from index 1; index 0 is unused. */
  private heap = new Int32Array(64);
  private size = 0;
  /** Expiry of the earliest; Infinity when there is none. */
  nextNs = Infinity;

  constructor(memory: BookMemory) {
    this.memory = memory;
  }

  /** The order that expires first; only while `nextNs` is finite. */
  get first(): number {
    return this.heap[1];
  }

  /** Enters an order with an extra block, if it expires at all. */
  insert(order: number): void {
    if (this.timeOf(order) === 0) return;
    if (++this.size === this.heap.length) {
      const larger = new Int32Array(this.size * 2);
      larger.set(this.heap);
      this.heap = larger;
    }
    this.rise(order, this.size);
    this.setNext();
  }

  /** Removes an order with an extra block, if it is in. */
  remove(order: number): void {
    const words = this.memory.words;
    const place = words[this.extra(order) | ExtraWord.expiryPlace];
    if (place === 0) return;
    words[this.extra(order) | ExtraWord.expiryPlace] = 0;
    const last = this.heap[this.size--];
    if (last !== order) {
      this.rise(last, place);
      this.sink(last, words[this.extra(last) | ExtraWord.expiryPlace]);
    }
    this.setNext();
  }

  private setNext(): void {
    this.nextNs = this.size === 0 ? Infinity : this.timeOf(this.heap[1]);
  }

  /** An order's extra block. */
  private extra(order: number): number {
    return this.memory.words[order | OrderWord.extra];
  }

  private timeOf(order: number): number {
    return this.memory.doubles[(this.extra(order) | ExtraWord.expireTimeNs) >> 1];
  }

  private isBefore(a: number, b: number): boolean {
    const [timeA, timeB] = [this.timeOf(a), this.timeOf(b)];
    if (timeA !== timeB) return timeA < timeB;
    const words = this.memory.words;
    return words[a | OrderWord.venueOrderId] < words[b | OrderWord.venueOrderId];
  }

  private rise(order: number, from: number): void {
    let place = from;
    while (place > 1 && this.isBefore(order, this.heap[place >> 1])) {
      this.set(place, this.heap[place >> 1]);
      place >>= 1;
    }
    this.set(place, order);
  }

  private sink(order: number, from: number): void {
    let place = from;
    for (;;) {
      let child = place * 2;
      if (child > this.size) break;
      if (child < this.size && this.isBefore(this.heap[child + 1], this.heap[child])) child++;
      if (!this.isBefore(this.heap[child], order)) break;
      this.set(place, this.heap[child]);
      place = child;
    }
    this.set(place, order);
  }

  private set(place: number, order: number): void {
    this.heap[place] = order;
    this.memory.words[this.extra(order) | ExtraWord.expiryPlace] = place;
  }
}
