import { RandomStream } from "../src/core/random.ts";
import { EventQueue } from "../src/kernel/event-queue.ts";
import { ObjectHeap } from "./object-heap.ts";
import { median } from "./row.ts";
import type { BenchRow } from "./row.ts";

const GAPS = 1 << 16;
const GAP_NS_MAX = 1_000_000;

export interface EventQueueBenchOptions {
  readonly pendingCounts: readonly number[];
  /** Pops, each followed by a push, in one round. */
  readonly steps: number;
  readonly rounds: number;
}

/** How many times a second the earliest event is taken and another one scheduled, beside a heap of objects. */
export function benchEventQueue({ pendingCounts, steps, rounds }: EventQueueBenchOptions): BenchRow[] {
  const random = RandomStream.named(1, "bench", "event-queue");
  const gapsNs = Float64Array.from({ length: GAPS }, () => random.integer(0, GAP_NS_MAX));
  return pendingCounts.map((pending) => {
    const ours = queueRound(pending, steps, gapsNs);
    const naive = objectRound(pending, steps, gapsNs);
    const seconds = { ours: [] as number[], naive: [] as number[] };
    // The two take turns, so that a slow moment of the machine hits both.
    for (let round = -1; round < rounds; round++) {
      const [oursTook, naiveTook] = [cpuSecondsOf(ours), cpuSecondsOf(naive)];
      // The first round warms up.
      if (round < 0) continue;
      seconds.ours.push(oursTook);
      seconds.naive.push(naiveTook);
    }
    if (ours() !== naive()) throw new Error("the event queue and the heap of objects popped different events");
    return {
      bench: "event queue, pop + push",
      case: `${pending.toLocaleString("en-US")} pending`,
      value: steps / median(seconds.ours) / 1e6,
      unit: "M/s",
      ratio: median(seconds.naive) / median(seconds.ours),
      against: "heap of objects",
    };
  });
}

/** @returns a round of pops and pushes; it gives a checksum of the order in which events came */
function queueRound(pending: number, steps: number, gapsNs: Float64Array): () => number {
  const queue = new EventQueue();
  for (let i = 0; i < pending; i++) queue.push(gapsNs[(i * 7) % GAPS], 1, 2, i);
  let checksum = 0;
  return () => {
    for (let i = 0; i < steps; i++) {
      queue.pop();
      checksum = (Math.imul(checksum, 31) + queue.payload) | 0;
      queue.push(queue.timeNs + gapsNs[i % GAPS], 1, 2, queue.payload);
    }
    return checksum;
  };
}

function objectRound(pending: number, steps: number, gapsNs: Float64Array): () => number {
  const heap = new ObjectHeap();
  for (let i = 0; i < pending; i++) heap.push(gapsNs[(i * 7) % GAPS], i);
  let checksum = 0;
  return () => {
    for (let i = 0; i < steps; i++) {
      const event = heap.pop();
      if (event === undefined) throw new Error("the heap of objects is empty");
      checksum = (Math.imul(checksum, 31) + event.payload) | 0;
      heap.push(event.timeNs + gapsNs[i % GAPS], event.payload);
    }
    return checksum;
  };
}

/** CPU time of all threads: what others do on the machine counts less than with a wall clock. */
export function cpuSecondsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
