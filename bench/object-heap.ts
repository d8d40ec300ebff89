export interface HeapEvent {
  readonly timeNs: number;
  readonly sequence: number;
  readonly payload: number;
}

/** The event queue that everybody writes first: a binary heap of objects. It cannot cancel. */
export class ObjectHeap {
  readonly #heap: HeapEvent[] = [];
  #sequence = 0;

  push(timeNs: number, payload: number): void {
    const heap = this.#heap;
    const event = { timeNs, sequence: this.#sequence++, payload };
    let place = heap.length;
    heap.push(event);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(event, heap[parent])) break;
      heap[place] = heap[parent];
      place = parent;
    }
    heap[place] = event;
  }

  pop(): HeapEvent | undefined {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return last;
    const first = heap[0];
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (isBefore(last, heap[child])) break;
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function isBefore(a: HeapEvent, b: HeapEvent): boolean {
  return a.timeNs < b.timeNs || (a.timeNs === b.timeNs && a.sequence < b.sequence);
}
