import type { Actor, ActorContext } from "../src/kernel/actor.ts";
import type { Carrier } from "../src/kernel/carrier.ts";
import { Kernel } from "../src/kernel/kernel.ts";
import type { Link } from "../src/kernel/link.ts";
import { ConstantLink } from "../src/kernel/links.ts";
import { accessOf } from "../src/network/geography/accesses.ts";
import type { Graph } from "../src/network/graph.ts";
import { bothWays } from "../src/network/graph.ts";
import type { LinkSpec } from "../src/network/link-spec.ts";
import { plainLink } from "../src/network/link-spec.ts";
import { Network } from "../src/network/network.ts";
import type { Transport } from "../src/network/transport/wire-size.ts";
import { cpuSecondsOf } from "./event-queue.ts";
import { formatRows, median } from "./row.ts";
import type { BenchRow } from "./row.ts";

export interface NetworkBenchOptions {
  /** Messages delivered in one round. */
  readonly messages?: number;
  readonly actors?: number;
  readonly rounds?: number;
}

const DEFAULTS = { messages: 200_000, actors: 1_000, rounds: 5 } as const;
const DELAY_NS = 100_000;

/** What a message costs over a network, against one over the constant link, in turns. Takes about ten seconds. */
export function benchNetwork(options: NetworkBenchOptions = {}): BenchRow[] {
  const { messages, actors, rounds } = { ...DEFAULTS, ...options };
  const courses = [
    { name: "the constant link", link: new ConstantLink(DELAY_NS) },
    ...Object.entries(NETWORKS).map(([name, make]) => ({ name, link: make() })),
  ].map(({ name, link }) => ({ name, kernel: pingPong(actors, link), seconds: [] as number[] }));
  for (let round = -1; round < rounds; round++) {
    for (const course of courses) {
      const { kernel } = course;
      const before = kernel.messages;
      const took = cpuSecondsOf(() => kernel.run(Infinity, kernel.events + messages));
      if (round >= 0) course.seconds.push(took / (kernel.messages - before));
    }
  }
  const constant = median(courses[0].seconds);
  return courses.map(({ name, seconds }) => ({
    bench: "network, a message",
    case: name,
    value: median(seconds) * 1e9,
    unit: "ns",
    ratio: constant / median(seconds),
    against: "the constant link",
  }));
}

const NETWORKS: Readonly<Record<string, () => Network>> = {
  "one link, datagram": () => networkOf({ link: plainLink(DELAY_NS), transport: "datagram", hops: 1 }),
  "one link with bandwidth, jitter and loss, datagram": () =>
    networkOf({ link: LIVELY, transport: "datagram", hops: 1 }),
  "access, two links, access, datagram": () =>
    networkOf({ link: LIVELY, transport: "datagram", hops: 2, access: "office" }),
  "one link, stream": () => networkOf({ link: plainLink(DELAY_NS), transport: "reliable", hops: 1 }),
  "access, two links, access, stream": () =>
    networkOf({ link: LIVELY, transport: "reliable", hops: 2, access: "office" }),
};

/** A loss so rare that hardly a pair falls silent. */
const LIVELY: LinkSpec = {
  ...plainLink(DELAY_NS),
  bandwidthBps: 1e11,
  jitter: { kind: "uniform", low: 0, high: 10_000, correlation: 0 },
  loss: { kind: "gilbertElliott", p: 1e-9, r: 0.5, h: 0, k: 1 },
};

/** A row of places; the actors with even numbers stand at its one end, those with odd numbers at its other. */
function networkOf(options: { link: LinkSpec; transport: Transport; hops: number; access?: "office" }): Network {
  const { link, transport, hops, access } = options;
  const graph: Graph = {
    places: Array.from({ length: hops + 1 }, (_, i) => ({ name: `place${i}` })),
    edges: Array.from({ length: hops }, (_, i) => bothWays(i, i + 1, link)).flat(),
  };
  return new Network({
    graph,
    seed: 1,
    locate: (name) => ({
      place: Number(name.replace("actor-", "")) % 2 === 0 ? 0 : hops,
      access: access === undefined ? undefined : accessOf(access),
    }),
    transportOf: () => transport,
  });
}

/** Actors in pairs: each answers every message of its peer. */
function pingPong(actors: number, link: Link | Carrier): Kernel {
  const kernel = new Kernel({ seed: 1, link });
  for (let i = 0; i < actors; i++) kernel.add(`actor-${i}`, pinger(i ^ 1), { computeDelayNs: 50 });
  return kernel;
}

function pinger(peer: number): Actor {
  const ping = (context: ActorContext): void => {
    const message = context.compose();
    context.words[message << 4] = 64;
    context.send(peer, message);
  };
  return {
    onStart: (context) => {
      context.setTimer(context.random("start").integer(0, DELAY_NS), 0);
    },
    onTimer: ping,
    onMessage: ping,
  };
}

if (import.meta.main) process.stdout.write(`${formatRows(benchNetwork())}\n`);
