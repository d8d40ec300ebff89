import { RandomStream } from "../../src/core/random.ts";
import type { NetworkFault } from "../../src/network/faults/fault.ts";
import { drawFaults } from "../../src/network/faults/random-faults.ts";
import type { Graph } from "../../src/network/graph.ts";
import { bothWays } from "../../src/network/graph.ts";
import type { LinkSpec } from "../../src/network/link-spec.ts";
import { plainLink } from "../../src/network/link-spec.ts";
import type { Transport } from "../../src/network/transport/wire-size.ts";
import { logUniform } from "../simulation/draws.ts";

const SECOND = 1e9;
export const NETWORK_END_NS = 20 * SECOND;

export interface NetworkPlan {
  readonly graph: Graph;
  readonly transport: Exclude<Transport, "gossip">;
  /** Nothing is chance on its links: then delays and orders are known exactly. */
  readonly isPlain: boolean;
  readonly faults: readonly NetworkFault[];
  readonly messagesEach: number;
  readonly gapNs: number;
}

export function drawNetworkPlan(seed: number): NetworkPlan {
  const random = RandomStream.named(seed, "network", "plan");
  const isPlain = random.chance(0.4);
  // Between two places even what waits and what is dropped can be foretold.
  const size = isPlain && random.chance(0.5) ? 2 : random.integer(2, 6);
  const graph = drawGraph(random, size, isPlain ? drawPlainLink : drawRoughLink);
  return {
    graph,
    transport: random.chance(0.5) ? "reliable" : "datagram",
    isPlain,
    faults: isPlain && random.chance(0.7) ? [] : drawAllFaults(random, graph, seed),
    messagesEach: random.integer(20, 120),
    gapNs: Math.ceil(logUniform(random, 1e5, 2e8)),
  };
}

/** Delay and bandwidth only. */
function drawPlainLink(random: RandomStream): LinkSpec {
  return {
    ...plainLink(random.integer(0, 20_000_000)),
    bandwidthBps: random.chance(0.6) ? random.integer(200_000, 10_000_000) : undefined,
    queueBytesMax: Math.round(logUniform(random, 300, 50_000)),
  };
}

function drawRoughLink(random: RandomStream): LinkSpec {
  const loss = { kind: "gilbertElliott", p: random.uniform() / 20, r: 0.3, h: random.uniform(), k: 1 } as const;
  return {
    ...drawPlainLink(random),
    jitter: random.chance(0.5) ? { kind: "uniform", low: 0, high: 5e6, correlation: 0 } : undefined,
    codel: random.chance(0.3) ? { targetNs: 10e6, intervalNs: 100e6 } : undefined,
    loss: random.chance(0.5) ? loss : undefined,
    duplicate: random.uniform() / 20,
    corrupt: random.uniform() / 20,
    reorder: random.chance(0.5) ? { probability: 0.1, holdBackNs: 30e6 } : undefined,
  };
}

function drawGraph(random: RandomStream, size: number, draw: (random: RandomStream) => LinkSpec): Graph {
  const places = Array.from({ length: size }, (_, i) => ({ name: `p${i}` }));
  const tree = places.slice(1).flatMap((_, i) => bothWays(random.integer(0, i), i + 1, draw(random)));
  const more = places.flatMap((_, a) => {
    const b = random.integer(0, size - 1);
    return a < b && !tree.some(({ from, to }) => from === a && to === b) ? bothWays(a, b, draw(random)) : [];
  });
  return { places, edges: [...tree, ...more] };
}

function drawAllFaults(random: RandomStream, graph: Graph, seed: number): readonly NetworkFault[] {
  const actors = graph.places.map(({ name }) => name);
  const whats = [
    { kind: "cut" },
    { kind: "clog" },
    { kind: "isolate" },
    { kind: "collapse", bandwidthBps: 50_000 },
    { kind: "pause", actors },
    { kind: "slowDown", actors, factor: 3 },
  ] as const;
  const chosen = whats.filter(() => random.chance(0.4));
  const times = { everyNs: logUniform(random, 0.5, 10) * SECOND, lastsNs: logUniform(random, 0.01, 1) * SECOND };
  return drawFaults(
    chosen.map((what) => ({ ...times, what })),
    { graph, seed, endNs: NETWORK_END_NS },
  );
}
