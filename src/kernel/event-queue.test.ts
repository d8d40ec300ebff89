import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { RandomStream } from "../core/random.ts";
import { EventQueue, EVENTS_MAX } from "./event-queue.ts";
import { BUCKETS_MIN, WIDTH_NS_AT_START } from "./event-wheel.ts";

/** Pushes, cancels a share, pushes half as many again, and compares what is popped with what sorting gives. */
function expectSorted({ count, share, seed }: { count: number; share: number; seed: number }): void {
  const random = RandomStream.named(seed, "test", "event-queue");
  const queue = new EventQueue();
  const rounds = 1 << 21;
  // Time and sequence in one number; native sorting of numbers is the oracle.
  const expected = new Float64Array(1.5 * count).fill(Infinity);
  const push = (sequence: number): number => {
    const timeNs = random.integer(0, count);
    expected[sequence] = timeNs * rounds + sequence;
    return queue.push(timeNs, 1, 2, sequence);
  };
  const handles = Float64Array.from({ length: count }, (_, sequence) => push(sequence));
  let pending = expected.length;
  for (let sequence = 0; sequence < count; sequence++) {
    if (!random.chance(share)) continue;
    pending -= Number(queue.cancel(handles[sequence]));
    expected[sequence] = Infinity;
  }
  for (let sequence = count; sequence < expected.length; sequence++) push(sequence);
  expect(queue.size).toBe(pending);
  expected.sort();
  let popped = 0;
  let wrong = 0;
  for (; queue.pop(); popped++) wrong += Number(expected[popped] !== queue.timeNs * rounds + queue.payload);
  expect({ popped, wrong, left: queue.size }).toEqual({ popped: pending, wrong: 0, left: 0 });
}

describe("EventQueue", () => {
  test("has nothing to begin with", () => {
    const queue = new EventQueue();
    expect([queue.size, queue.nextTimeNs, queue.pop()]).toEqual([0, Infinity, false]);
  });

  test("gives events of one moment back in the order in which they were pushed, whatever their targets", () => {
    const queue = new EventQueue();
    for (const target of [5, 3, 9, 3, 1, 7, 2]) queue.push(10, 1, target, 0);
    queue.push(9, 1, 100, 0);
    const targets: number[] = [];
    while (queue.pop()) targets.push(queue.target);
    expect(targets).toEqual([100, 5, 3, 9, 3, 1, 7, 2]);
  });

  test("a handle cancels its own event and, once that is over, nothing", () => {
    const queue = new EventQueue();
    const first = queue.push(10, 1, 1, 1);
    expect(queue.cancel(first)).toBe(true);
    expect(queue.cancel(first)).toBe(false);
    const second = queue.push(20, 2, 2, 2);
    expect(queue.cancel(first)).toBe(false);
    expect(queue.pop()).toBe(true);
    const third = queue.push(30, 3, 3, 3);
    expect([queue.cancel(first), queue.cancel(second)]).toEqual([false, false]);
    expect(queue.size).toBe(1);
    expect(queue.cancel(third)).toBe(true);
  });

  test.each([-1, 0, 5, Number.NaN, Infinity, 2 ** 51, 0.5])(
    "takes %d, which it never gave out, for no event",
    (handle) => {
      expect(new EventQueue().cancel(handle)).toBe(false);
    },
  );

  test("orders times that only doubles can hold, and keeps payloads of 32 bits", () => {
    const queue = new EventQueue();
    const times = [2 ** 53, 2 ** 53 - 1, 2 ** 32, 0, 1e9];
    for (const time of times) queue.push(time, 1, 0, -0x8000_0000);
    const popped: number[] = [];
    while (queue.pop()) popped.push(queue.timeNs);
    expect(popped).toEqual(times.toSorted((a, b) => a - b));
    expect(queue.payload).toBe(-0x8000_0000);
  });

  test("orders events at the end of the wheel's turn and behind it", () => {
    const turnNs = BUCKETS_MIN * WIDTH_NS_AT_START;
    const queue = new EventQueue();
    const times = [0, turnNs, turnNs - 1, turnNs + 1, WIDTH_NS_AT_START, WIDTH_NS_AT_START - 1, 2 * turnNs, turnNs];
    for (const time of times) queue.push(time, 1, 0, 0);
    const popped: number[] = [];
    while (queue.pop()) popped.push(queue.timeNs);
    expect(popped).toEqual(times.toSorted((a, b) => a - b));
  });

  test.each([
    [30_000, 0.6],
    [30_000, 0.99],
    // A million and fifty thousand in the heap.
    [700_000, 0.1],
  ])(
    "keeps its order with %d pending, after a share of %d was canceled and half as many were added",
    (count, share) => {
      expectSorted({ count, share, seed: 1 });
    },
  );

  test("keeps its order in a hundred heaps that were rebuilt without the canceled events", () => {
    for (let seed = 0; seed < 100; seed++) expectSorted({ count: 1_000, share: 0.5 + seed / 220, seed });
  });

  test("takes no more room for timers that are set and canceled again and again", () => {
    const queue = new EventQueue();
    for (let i = 0; i < 500; i++) queue.push(1, 1, 0, i);
    const before = process.memoryUsage().arrayBuffers;
    let canceled = 0;
    for (let i = 0; i < 1_000_000; i++) canceled += Number(queue.cancel(queue.push(2 + (i % 7), 1, 0, i)));
    expect([canceled, queue.size, queue.nextTimeNs]).toEqual([1_000_000, 500, 1]);
    // A million events would take 36 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  test("makes room at its limit where canceled events are left", () => {
    const queue = new EventQueue({ eventsMax: 1_024 });
    const handles = Array.from({ length: 1_024 }, (_, i) => queue.push(i, 1, 0, i));
    for (let i = 0; i < 100; i++) queue.cancel(handles[i + 500]);
    for (let i = 0; i < 100; i++) queue.push(i + 500, 1, 0, i);
    expect(() => queue.push(0, 1, 0, 0)).toThrow(InvariantError);
    expect(queue.size).toBe(1_024);
  });

  test("stops the program at its limit", () => {
    const queue = new EventQueue({ eventsMax: 2_048 });
    for (let i = 0; i < 2_048; i++) queue.push(i, 1, 0, 0);
    expect(() => queue.push(0, 1, 0, 0)).toThrow(InvariantError);
    expect(queue.pop()).toBe(true);
    queue.push(0, 1, 0, 0);
    expect(() => new EventQueue({ eventsMax: EVENTS_MAX + 1 })).toThrow(InvariantError);
  });
});

test("cancelAllOf takes out a target's events, but not those of the kept kind nor those of others", () => {
  const queue = new EventQueue();
  for (let i = 0; i < 30; i++) queue.push(100 - i, i % 3, i % 2, i);
  queue.cancelAllOf(1, 2);
  const left: string[] = [];
  while (queue.pop()) left.push(`${queue.target} ${queue.kind} ${queue.payload}`);
  const expected = Array.from({ length: 30 }, (_, i) => 29 - i)
    .filter((i) => i % 2 === 0 || i % 3 === 2)
    .map((i) => `${i % 2} ${i % 3} ${i}`);
  expect(left).toEqual(expected);
  expect(queue.size).toBe(0);
});
