import fc from "fast-check";
import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { NetworkStage } from "../testing/network-stage.ts";
import type { NetworkFault } from "./faults/fault.ts";
import { drawFaults } from "./faults/random-faults.ts";
import { bothWays } from "./graph.ts";
import type { Graph } from "./graph.ts";
import type { LinkSpec } from "./link-spec.ts";
import { plainLink } from "./link-spec.ts";

// Whatever the network and whatever goes wrong on it: nothing is lost without being counted, nothing is left over,
// streams keep their promise, and a run cut into pieces is the same run.

const SECOND = 1e9;
const END_NS = 20 * SECOND;

function drawLink(random: RandomStream): LinkSpec {
  const loss = { kind: "gilbertElliott", p: random.uniform() / 20, r: 0.3, h: random.uniform(), k: 1 } as const;
  return {
    ...plainLink(random.integer(0, 20_000_000)),
    jitter: random.chance(0.5)
      ? { kind: "generalisedPareto", scale: 1e6, shape: 0.3, correlation: random.uniform() / 2 }
      : undefined,
    bandwidthBps: random.chance(0.5) ? random.integer(200_000, 10_000_000) : undefined,
    queueBytesMax: random.integer(5_000, 50_000),
    codel: random.chance(0.5) ? { targetNs: 10e6, intervalNs: 100e6 } : undefined,
    loss: random.chance(0.5) ? loss : undefined,
    duplicate: random.uniform() / 20,
    corrupt: random.uniform() / 20,
    reorder: random.chance(0.5) ? { probability: 0.1, holdBackNs: 30e6 } : undefined,
    spikes: random.chance(0.3) ? { everyNs: SECOND, lastsNs: SECOND / 5, delayNs: 50e6 } : undefined,
  };
}

function drawGraph(random: RandomStream): Graph {
  const size = random.integer(2, 6);
  const places = Array.from({ length: size }, (_, i) => ({ name: `p${i}` }));
  const tree = places.slice(1).flatMap((_, i) => bothWays(random.integer(0, i), i + 1, drawLink(random)));
  const more = places.flatMap((_, a) => {
    const b = random.integer(0, size - 1);
    return a < b && !tree.some(({ from, to }) => from === a && to === b) ? bothWays(a, b, drawLink(random)) : [];
  });
  return { places, edges: [...tree, ...more] };
}

/** Faults of every sort, which are over before the end. */
function drawAllFaults(graph: Graph, seed: number): readonly NetworkFault[] {
  const actors = graph.places.map(({ name }) => name);
  const times = { everyNs: 5 * SECOND, lastsNs: SECOND / 2 };
  const whats = [
    { kind: "cut" },
    { kind: "clog" },
    { kind: "isolate" },
    { kind: "collapse", bandwidthBps: 50_000 },
    { kind: "pause", actors },
    { kind: "slowDown", actors, factor: 3 },
  ] as const;
  return drawFaults(
    whats.map((what) => ({ ...times, what })),
    { graph, seed, endNs: END_NS },
  );
}

function stageOf(seed: number, transport: "reliable" | "datagram"): { stage: NetworkStage; pairs: [string, string][] } {
  const random = RandomStream.named(seed, "test", "network");
  const graph = drawGraph(random);
  const faults = drawAllFaults(graph, seed);
  const stage = new NetworkStage({ graph, seed, faults, transportOf: () => transport, convergenceNs: SECOND / 4 });
  const names = graph.places.map(({ name }) => name);
  // Each sends to one other, so that numbers tell the order.
  const pairs = names.map((from, i): [string, string] => [
    from,
    names[(i + random.integer(1, names.length - 1)) % names.length],
  ]);
  for (const [from, to] of pairs) {
    let atNs = 0;
    stage.send(
      from,
      to,
      Array.from({ length: 200 }, () => (atNs += random.integer(0, 150_000_000))),
    );
  }
  return { stage, pairs };
}

const SEEDS = fc.integer({ min: 0, max: 1_000_000_000 });

test("datagrams: each is delivered or counted, and all holds end", () => {
  fc.assert(
    fc.property(SEEDS, (seed) => {
      const { stage } = stageOf(seed, "datagram");
      stage.run();
      const { counts, inFlight } = stage.network;
      expect(counts.delivered + counts.dropped).toBe(counts.offered + counts.duplicated);
      expect(counts.delivered).toBe(stage.arrivals.length);
      expect([inFlight, stage.kernel.pool.held]).toEqual([0, 0]);
    }),
    { numRuns: 60 },
  );
});

test("streams: what arrives comes once and in order, and what does not was given up on", () => {
  let repeated = 0;
  fc.assert(
    fc.property(SEEDS, (seed) => {
      const { stage, pairs } = stageOf(seed, "reliable");
      stage.run();
      const { counts, inFlight } = stage.network;
      for (const [from, to] of pairs) {
        const numbers = stage.arrivals
          .filter((arrival) => arrival.from === from && arrival.to === to)
          .map(({ number }) => number);
        expect(numbers.every((number, i) => i === 0 || number > numbers[i - 1])).toBe(true);
        if (counts.abandoned + counts.unreachable + counts.refused === 0) expect(numbers.length).toBe(200);
      }
      expect([inFlight, stage.kernel.pool.held]).toEqual([0, 0]);
      repeated += counts.repeated;
    }),
    { numRuns: 60 },
  );
  expect(repeated).toBeGreaterThan(1_000);
});

test("a run that is cut anywhere and goes on is the same run", () => {
  fc.assert(
    fc.property(SEEDS, fc.integer({ min: 1, max: 400 }), (seed, slice) => {
      const whole = stageOf(seed, "reliable").stage.run();
      const { stage } = stageOf(seed, "reliable");
      while (stage.kernel.nextTimeNs < Infinity) stage.kernel.run(Infinity, stage.kernel.events + slice);
      expect(stage.kernel.tape.digest()).toBe(whole.kernel.tape.digest());
      expect(stage.network.counts).toEqual(whole.network.counts);
    }),
    { numRuns: 20 },
  );
});
