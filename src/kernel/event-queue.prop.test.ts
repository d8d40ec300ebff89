import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { EventQueue } from "./event-queue.ts";

interface Pending {
  readonly timeNs: number;
  readonly payload: number;
  readonly handle: number;
}

/** The queue's naive twin: a list that is kept in order of time, equal times in order of arrival. */
class SortedList {
  readonly pending: Pending[] = [];

  push(event: Pending): void {
    const after = this.pending.findIndex(({ timeNs }) => timeNs > event.timeNs);
    this.pending.splice(after < 0 ? this.pending.length : after, 0, event);
  }

  cancel(handle: number): boolean {
    const place = this.pending.findIndex((event) => event.handle === handle);
    if (place >= 0) this.pending.splice(place, 1);
    return place >= 0;
  }
}

/** Both queues side by side; every step is compared. */
class Pair {
  readonly queue = new EventQueue();
  readonly list = new SortedList();
  readonly handles: number[] = [];
  #pushed = 0;

  push(timeNs: number): void {
    const payload = this.#pushed++;
    const handle = this.queue.push(timeNs, payload % 5, payload % 7, payload);
    expect(this.handles).not.toContain(handle);
    this.handles.push(handle);
    this.list.push({ timeNs, payload, handle });
    this.#compare();
  }

  pop(): void {
    const expected = this.list.pending.shift();
    expect(this.queue.pop()).toBe(expected !== undefined);
    if (expected !== undefined) {
      const { timeNs, kind, target, payload } = this.queue;
      expect({ timeNs, kind, target, payload }).toEqual({
        timeNs: expected.timeNs,
        kind: expected.payload % 5,
        target: expected.payload % 7,
        payload: expected.payload,
      });
    }
    this.#compare();
  }

  /** Of any event that was ever pushed, so most handles are stale. */
  cancel(draw: number): void {
    if (this.handles.length === 0) return;
    const handle = this.handles[draw % this.handles.length];
    expect(this.queue.cancel(handle)).toBe(this.list.cancel(handle));
    this.#compare();
  }

  #compare(): void {
    expect(this.queue.size).toBe(this.list.pending.length);
    expect(this.queue.nextTimeNs).toBe(this.list.pending[0]?.timeNs ?? Infinity);
  }
}

const step = fc.oneof(
  { arbitrary: fc.record({ do: fc.constant("push"), draw: fc.nat({ max: 12 }) }), weight: 5 },
  { arbitrary: fc.record({ do: fc.constant("pop"), draw: fc.constant(0) }), weight: 3 },
  { arbitrary: fc.record({ do: fc.constant("cancel"), draw: fc.nat() }), weight: 3 },
);

function follow(pair: Pair, { do: what, draw }: { do: string; draw: number }): void {
  if (what === "push") pair.push(draw);
  else if (what === "pop") pair.pop();
  else pair.cancel(draw);
}

describe("EventQueue against a sorted list", () => {
  test("any mix of pushing, popping and canceling, with many equal times and stale handles", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const pair = new Pair();
        for (const one of steps) follow(pair, one);
        while (pair.list.pending.length > 0) pair.pop();
        pair.pop();
      }),
      { numRuns: 500 },
    );
  });

  test.each([1, 2, 3])("a long run that fills and empties again and again, seed %d", (seed) => {
    const random = RandomStream.named(seed, "test", "event-queue");
    const pair = new Pair();
    for (let i = 0; i < 3_000; i++) {
      const filling = (i >> 8) % 2 === 0;
      const draw = random.uniform();
      if (draw < (filling ? 0.6 : 0.2)) pair.push(random.integer(0, 40));
      else if (draw < 0.8) pair.pop();
      else pair.cancel(random.integer(0, 1_000_000));
    }
  });

  test.each([6, 7])("the distance of events changes by orders of magnitude, seed %d", (seed) => {
    const random = RandomStream.named(seed, "test", "event-queue");
    const queue = new EventQueue();
    // Time and sequence in one number; a list that is kept in order is the oracle.
    const pending: number[] = [];
    let pushed = 0;
    const push = (timeNs: number): void => {
      const key = timeNs * 2 ** 20 + pushed;
      queue.push(timeNs, 1, 2, pushed++);
      let low = 0;
      for (let high = pending.length; low < high;) {
        const middle = (low + high) >> 1;
        if (pending[middle] < key) low = middle + 1;
        else high = middle;
      }
      pending.splice(low, 0, key);
    };
    for (let i = 0; i < 300; i++) push(random.integer(0, 100));
    let wrong = 0;
    for (let i = 0; i < 100_000; i++) {
      const expected = pending.shift();
      wrong += Number(!queue.pop() || queue.timeNs * 2 ** 20 + queue.payload !== expected);
      const scale = 10 ** (Math.floor(i / 9_000) % 7);
      // Some far ahead, some at once.
      const aheadNs = random.chance(0.05) ? scale * 100_000 : random.integer(0, 3) * scale;
      if (pending.length < 600) push(queue.timeNs + aheadNs);
      if (random.chance(i % 30_000 < 15_000 ? 0.01 : 0)) push(queue.timeNs + random.integer(0, 50));
    }
    expect([wrong, queue.size]).toEqual([0, pending.length]);
  });

  test.each([4, 5])("most of what is pending is canceled, from anywhere in the heap, seed %d", (seed) => {
    const random = RandomStream.named(seed, "test", "event-queue");
    const pair = new Pair();
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 60; i++) pair.push(random.integer(0, 1_000));
      for (let i = 0; i < 55; i++) {
        const { pending } = pair.list;
        pair.cancel(pair.handles.indexOf(pending[random.integer(0, pending.length - 1)].handle));
      }
      for (let i = 0; i < 3; i++) pair.pop();
    }
  });
});
