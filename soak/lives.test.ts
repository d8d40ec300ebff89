import { describe, expect, test } from "vitest";

import { subjectOf } from "./subjects.ts";

// A few lives of each protocol; `tradeswarm soak` plays thousands. What must have happened, a life on average at least,
// says that they were lives in which something can break.
describe.each([
  { protocol: "streamlet", seeds: 2, happened: { blocks: 10, transactions: 3, crashes: 1 } },
  { protocol: "proof-of-work", seeds: 3, happened: { blocks: 10, transactions: 3, crashes: 1, reorganisations: 1 } },
  { protocol: "journal", seeds: 20, happened: { entries: 30 } },
  { protocol: "network", seeds: 20, happened: { delivered: 100, dropped: 1, repeated: 1 } },
])("$protocol", ({ protocol, seeds, happened }) => {
  const subject = subjectOf(protocol);

  test("keeps its promises", () => {
    const reports = Array.from({ length: seeds }, (_, place) => subject.draw(place + 1, {}).play());
    for (const [name, least] of Object.entries(happened)) {
      const sum = reports.reduce((total, { counts }) => total + counts[name], 0);
      expect(sum / seeds, name).toBeGreaterThanOrEqual(least);
    }
  });

  test("lives the same life from the same seed", () => {
    const live = (seed: number): unknown => {
      const life = subject.draw(seed, {});
      return [life.parameters, life.faults, life.play(), life.trail()];
    };
    expect(live(3)).toEqual(live(3));
    expect(live(3)).not.toEqual(live(4));
  });
});
