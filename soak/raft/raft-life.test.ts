import { expect, test } from "vitest";

import { raftSubject } from "./raft-life.ts";

const SEEDS = [1, 2, 3, 4];

test("Raft keeps its promises under faults, and answers all once a core is healed", () => {
  const reports = SEEDS.map((seed) => raftSubject.draw(seed, {}).play());
  const mean = (name: string): number => reports.reduce((sum, { counts }) => sum + counts[name], 0) / SEEDS.length;
  // A cluster to which nothing happens breaks nothing.
  expect(mean("transactions")).toBeGreaterThan(50);
  expect(mean("crashes")).toBeGreaterThan(5);
  expect(mean("terms")).toBeGreaterThan(5);
});

test("a seed gives the same life again, and another seed another one", () => {
  const live = (seed: number): unknown => {
    const life = raftSubject.draw(seed, {});
    return [life.parameters, life.play(), life.trail()];
  };
  expect(live(3)).toEqual(live(3));
  expect(live(3)).not.toEqual(live(4));
});

test("limits make a life smaller", () => {
  const life = raftSubject.draw(2, { replicas: 3, clients: 1, seconds: 5, faults: [0, 1] });
  expect(life.size).toMatchObject({ replicas: 3, clients: 1, seconds: 5 });
  const whole = raftSubject.draw(2, {});
  expect(life.faults).toEqual(whole.faults);
  expect(life.play().events).toBeLessThan(whole.play().events);
});
