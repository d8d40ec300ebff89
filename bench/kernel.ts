import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import type { Actor, ActorContext } from "../src/kernel/actor.ts";
import { Kernel } from "../src/kernel/kernel.ts";
import { ConstantLink } from "../src/kernel/links.ts";
import { systemClock } from "../src/kernel/system-clock.ts";
import { VirtualDriver } from "../src/kernel/virtual-driver.ts";
import { benchEventQueue, cpuSecondsOf } from "./event-queue.ts";
import { formatRows, median } from "./row.ts";
import type { BenchRow } from "./row.ts";

export interface KernelBenchOptions {
  readonly pendingCounts?: readonly number[];
  readonly actorCounts?: readonly number[];
  /** Messages delivered in one round. */
  readonly messages?: number;
  readonly rounds?: number;
}

const DEFAULTS = {
  pendingCounts: [1_000, 100_000, 1_000_000],
  actorCounts: [1_000, 10_000, 100_000],
  messages: 300_000,
  rounds: 5,
} as const;

const LINK_DELAY_NS = 100_000;
const COMPUTE_DELAY_NS = 50;
const TARGET = ">= 1 M a CPU second";
const MEMORY_TARGET = "100,000 actors below 1 GB";

/** Speed and memory of the kernel. Takes about 12 seconds. */
export function benchKernel(options: KernelBenchOptions = {}): BenchRow[] {
  const { pendingCounts, actorCounts, messages, rounds } = { ...DEFAULTS, ...options };
  // First, while the process is still small.
  const memory = actorCounts.flatMap((actors) => benchMemory(actors));
  const queue = benchEventQueue({ pendingCounts, steps: messages, rounds });
  const delivery = [0, COMPUTE_DELAY_NS].flatMap((computeDelayNs) =>
    actorCounts.map((actors) => benchDelivery({ actors, computeDelayNs, messages, rounds })),
  );
  return [...queue, ...delivery, ...memory];
}

/** What the virtual driver costs: the same messages through it and through `Kernel.run` alone, in turns. */
export async function benchVirtualDriver(options: KernelBenchOptions = {}): Promise<BenchRow[]> {
  const { messages, rounds } = { ...DEFAULTS, ...options };
  const [alone, driven] = [pingPong(1_000, 0), pingPong(1_000, 0)];
  const driver = new VirtualDriver(driven, { clock: systemClock });
  const seconds = { alone: [] as number[], driven: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const aloneTook = cpuSecondsOf(() => alone.run(Infinity, alone.events + messages));
    const before = process.cpuUsage();
    await driver.run({ eventsMax: driven.events + messages });
    const { user, system } = process.cpuUsage(before);
    if (round < 0) continue;
    seconds.alone.push(aloneTook);
    seconds.driven.push((user + system) / 1e6);
  }
  const ratio = median(seconds.alone) / median(seconds.driven);
  const value = messages / median(seconds.driven) / 1e6;
  return [
    { bench: "virtual driver", case: "1,000 actors", value, unit: "M/CPU s", ratio, against: "Kernel.run alone" },
  ];
}

function benchDelivery(options: {
  actors: number;
  computeDelayNs: number;
  messages: number;
  rounds: number;
}): BenchRow {
  const { actors, computeDelayNs, messages, rounds } = options;
  const kernel = pingPong(actors, computeDelayNs);
  const seconds: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const deliveredBefore = kernel.messages;
    const took = cpuSecondsOf(() => kernel.run(Infinity, kernel.events + messages));
    if (round >= 0) seconds.push(took / (kernel.messages - deliveredBefore));
  }
  return {
    bench: "messages delivered",
    case: `${actors.toLocaleString("en-US")} actors, compute delay ${computeDelayNs} ns`,
    value: 1 / median(seconds) / 1e6,
    unit: "M/CPU s",
    target: TARGET,
  };
}

/** What a kernel with its actors keeps in memory after each of them has sent and heard something. */
function benchMemory(actors: number): BenchRow[] {
  const collect = garbageCollector();
  collect();
  const before = process.memoryUsage();
  const kernel = pingPong(actors, COMPUTE_DELAY_NS);
  kernel.run(3 * LINK_DELAY_NS);
  collect();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  const name = `${actors.toLocaleString("en-US")} actors`;
  // Reading the kernel here keeps it alive until the memory was measured.
  if (kernel.messages === 0) throw new Error("the actors did not talk");
  return [
    { bench: "memory an actor", case: name, value: bytes / actors, unit: "bytes" },
    { bench: "memory of the process", case: name, value: after.rss / 2 ** 20, unit: "MiB", target: MEMORY_TARGET },
  ];
}

/** Actors in pairs: each answers every message of its peer with the next number. */
function pingPong(actors: number, computeDelayNs: number): Kernel {
  const kernel = new Kernel({ seed: 1, link: new ConstantLink(LINK_DELAY_NS) });
  for (let i = 0; i < actors; i++) kernel.add(`actor-${i}`, new Pinger(i ^ 1), { computeDelayNs });
  return kernel;
}

class Pinger implements Actor {
  readonly #peer: number;

  constructor(peer: number) {
    this.#peer = peer;
  }

  /** Not all at the same moment, so that the queue has something to sort. */
  onStart(context: ActorContext): void {
    context.setTimer(context.random("start").integer(0, LINK_DELAY_NS), 0);
  }

  onTimer(context: ActorContext): void {
    this.#ping(context, 0);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    this.#ping(context, words[at + 1] + 1);
  }

  #ping(context: ActorContext, count: number): void {
    const message = context.compose();
    const { words } = context;
    words[message << 4] = 64;
    words[(message << 4) + 1] = count;
    context.send(this.#peer, message);
  }
}

/** The collector is hidden behind a flag, which may be set late as long as a new context asks for it. */
function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

if (import.meta.main) {
  const rows = [...benchKernel(), ...(await benchVirtualDriver())];
  process.stdout.write(`${formatRows(rows)}\n`);
}
