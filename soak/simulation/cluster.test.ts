import { expect, it } from "vitest";
import type { Replica } from "../../src/consensus/replica.ts";
import { RandomStream } from "../../src/core/random.ts";
import { Cluster } from "./cluster.ts";
import { Weather } from "./weather.ts";

const LATENCY_NS = 1e6;
const STOPPED_NS = 20e6;

/** Replica 0 sends numbers to replica 1, which is stopped somehow from the start. @returns what 1 has heard, and when */
function heardBy(stop: (cluster: Cluster<number>) => void): [number, number][] {
  const heard: [number, number][] = [];
  const random = RandomStream.named(1, "network", "chance");
  const listener: Replica<number> = {
    onStart: () => {},
    onMessage: (_context, _from, message) => heard.push([message, cluster.nowNs]),
    onTimer: () => {},
  };
  const cluster = new Cluster<number>({
    seed: 1,
    replicas: 2,
    seats: 2,
    weather: new Weather({ seats: 2, latencyNs: new Float64Array(4).fill(LATENCY_NS), jitter: 0, random }),
    diskHabits: { torn: 0 },
    create: () => listener,
    carry: (message) => message,
    watch: { afterEvent: () => {}, onCrash: () => {} },
  });
  cluster.start(0);
  cluster.start(1);
  stop(cluster);
  for (const atNs of [0, 5e6, STOPPED_NS]) {
    cluster.at(atNs, () => cluster.act(0, (context) => context.send(1, atNs)));
  }
  cluster.runUntil(1e9);
  return heard;
}

it("handles after a pause what arrived in it", () => {
  expect(heardBy((cluster) => cluster.pause(1, STOPPED_NS))).toEqual([
    [0, STOPPED_NS],
    [5e6, STOPPED_NS],
    [STOPPED_NS, STOPPED_NS + LATENCY_NS],
  ]);
});

it("never hears what arrived while it was frozen", () => {
  expect(heardBy((cluster) => cluster.freeze(1, STOPPED_NS))).toEqual([[STOPPED_NS, STOPPED_NS + LATENCY_NS]]);
});
