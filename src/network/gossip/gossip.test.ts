import { describe, expect, test } from "vitest";

import { Kernel } from "../../kernel/kernel.ts";
import { bothWays } from "../graph.ts";
import type { LinkSpec } from "../link-spec.ts";
import { plainLink } from "../link-spec.ts";
import type { NetworkOptions } from "../network.ts";
import { Network } from "../network.ts";

const MEMBERS = 400;
const HOP_NS = 1_000;

/** A source that sends one message to all members, again and again, and when each of them heard which. */
function gossip(options: Partial<NetworkOptions> & { fanOut: number; rounds?: number; link?: Partial<LinkSpec> }): {
  network: Network;
  kernel: Kernel;
  heardNs: number[][];
} {
  const { rounds = 1, link, ...rest } = options;
  const spec = { ...plainLink(HOP_NS), ...link };
  const graph = { places: [{ name: "a", local: spec }], edges: bothWays(0, 0, spec).slice(0, 0) };
  const network = new Network({ graph, seed: 1, locate: () => ({ place: 0 }), transportOf: () => "gossip", ...rest });
  const kernel = new Kernel({ seed: 1, link: network });
  const heardNs: number[][] = Array.from({ length: rounds }, () => []);
  kernel.add("source", {
    onStart: (context) => {
      for (let round = 0; round < rounds; round++) context.setTimer(round * 1e6, round);
    },
    onTimer: (context, round) => {
      const message = context.compose();
      context.words[message << 4] = 64;
      context.words[(message << 4) + 1] = round;
      for (let member = 1; member <= MEMBERS; member++) context.send(member, message);
    },
    onMessage: () => {},
  });
  for (let member = 1; member <= MEMBERS; member++) {
    kernel.add(`member-${member}`, {
      onMessage: (context, words, at) => {
        heardNs[words[at + 1]].push(context.nowNs - words[at + 1] * 1e6);
      },
    });
  }
  kernel.run(Infinity);
  return { network, kernel, heardNs };
}

describe("gossip", () => {
  test.each([1, 2, 3, 4, 6])(
    "with a fan-out of %d reaches the share x that solves x = 1 - e^(-fan-out x), or dies early",
    (fanOut) => {
      const { network, heardNs, kernel } = gossip({ fanOut, rounds: 60 });
      let share = 1;
      for (let i = 0; i < 1_000; i++) share = 1 - Math.exp(-fanOut * share);
      const reached = heardNs.map(({ length }) => length / MEMBERS);
      const mean = reached.reduce((sum, x) => sum + x, 0) / reached.length;
      // With a fan-out of 1 a rumour dies after about sqrt(pi / 2 members) = 25 of them, as birthdays meet.
      if (fanOut === 1) expect(mean * MEMBERS).toBeCloseTo(25, -1);
      else expect(Math.abs(mean - share)).toBeLessThan(0.02);
      const { counts } = network;
      expect(counts.offered).toBe(60 * MEMBERS);
      expect(counts.delivered + counts.missed).toBe(counts.offered);
      expect([network.inFlight, kernel.pool.held]).toEqual([0, 0]);
    },
  );

  test("takes about log(members) rounds, and nobody hears a message twice", () => {
    const { heardNs } = gossip({ fanOut: 4 });
    const hops = heardNs[0].map((ns) => ns / HOP_NS);
    expect(hops.filter((hop) => hop === 1).length).toBe(4);
    expect(Math.max(...hops)).toBeLessThanOrEqual(9);
    const median = hops.toSorted((a, b) => a - b)[MEMBERS / 2];
    expect(median).toBeGreaterThanOrEqual(Math.floor(Math.log(MEMBERS / 2) / Math.log(4)));
    expect(median).toBeLessThanOrEqual(6);
  });

  test("bears losses, copies and damage, and every hold ends", () => {
    const link = { loss: { kind: "bernoulli", probability: 0.3 }, duplicate: 0.1, corrupt: 0.05 } as const;
    const { network, kernel, heardNs } = gossip({ fanOut: 8, link });
    expect(heardNs[0].length / MEMBERS).toBeGreaterThan(0.97);
    expect(network.counts.lost).toBeGreaterThan(100);
    expect([network.inFlight, kernel.pool.held]).toEqual([0, 0]);
  });

  test("whose source is cut off is missed by all", () => {
    const fault = { kind: "isolate", places: [], actors: ["source"], atNs: 0 } as const;
    const { network, kernel } = gossip({ fanOut: 8, faults: [fault] });
    expect(network.counts).toMatchObject({ offered: MEMBERS, missed: MEMBERS, delivered: 0 });
    expect(kernel.pool.held).toBe(0);
  });
});
