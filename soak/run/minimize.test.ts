import { expect, test } from "vitest";

import type { Life, Limits, Subject } from "../life.ts";
import { violated } from "../simulation/violation.ts";
import { minimize } from "./minimize.ts";
import { playSeed } from "./play-seeds.ts";

/** Fails when two certain faults come together in a cluster of some size, or otherwise when there are many replicas. */
const subject: Subject = {
  name: "fragile",
  draw(seed, limits) {
    const all = Array.from({ length: 40 }, (_, place) => `${place % 2 === 0 ? "crash" : "loss"} at ${place}`);
    const places = limits.faults ?? Array.from(all.keys());
    const replicas = Math.min(7, limits.replicas ?? 7);
    const clients = Math.min(4, limits.clients ?? 4);
    const seconds = Math.min(50, limits.seconds ?? 50);
    return {
      parameters: {},
      faults: all,
      size: { replicas, replicasMin: 1, clients, seconds },
      play: () => {
        if (places.includes(12) && places.includes(30) && replicas >= 3 && seconds > 20) violated("a", "both");
        if (replicas < 3) violated("b", "another thing");
        return { seed, durationNs: 0, events: 0, counts: {} };
      },
      trail: () => [],
    } satisfies Life;
  },
};

test("a failing case is made as small as it fails in the same way", () => {
  const found = playSeed(subject, 5, {});
  if (!("property" in found)) throw new Error("the case fails");
  const told: Limits[] = [];
  const smallest = minimize(subject, found, ({ limits }) => told.push(limits));
  expect(smallest.property).toBe("a");
  expect(smallest.faults.map(({ place }) => place)).toEqual([12, 30]);
  expect(smallest.size).toMatchObject({ replicas: 3, clients: 1, seconds: 21 });
  expect(smallest.rerun).toBe(
    "tradeswarm soak --protocol fragile --seed 5 --replicas 3 --clients 1 --seconds 21 --faults 12,30",
  );
  expect(told.at(-1)).toEqual(smallest.limits);
  // What it says can be played again.
  expect(playSeed(subject, 5, smallest.limits)).toEqual(smallest);
});
