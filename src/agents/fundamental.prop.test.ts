import fc from "fast-check";
import { expect, test } from "vitest";

import { MeanRevertingPath } from "./fundamental.ts";

const START = { meanTicks: 100_000, kappaPerNs: 1.67e-16, sigmaPerSqrtNs: 5e-5 };

/** Moments of an hour, many of them in few seconds and on the edges of seconds and of their parts. */
const timeNs = fc.oneof(
  fc.integer({ min: 0, max: 3_600_000_000_000 }),
  fc.integer({ min: 0, max: 3_000_000_000 }),
  fc.integer({ min: 0, max: 3_600 }).map((second) => second * 1_000_000_000),
  fc.integer({ min: 0, max: 3_600 * 1024 }).map((part) => Math.floor(part * 976_562.5)),
);

test("the value at a time depends on seed, name and time, not on what was asked before", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.string(),
      fc.uniqueArray(timeNs, { minLength: 1, maxLength: 30 }),
      fc.infiniteStream(fc.boolean()),
      (seed, name, times, choices) => {
        const options = { ...START, seed, name };
        const alone = times.map((time) => new MeanRevertingPath(options).valueAt(time));
        const inOrder = new MeanRevertingPath(options);
        expect(times.map((time) => inOrder.valueAt(time))).toEqual(alone);
        const backwards = new MeanRevertingPath(options);
        const reversed = times.toReversed().map((time) => backwards.valueAt(time));
        expect(reversed.toReversed()).toEqual(alone);
        const some = new MeanRevertingPath(options);
        for (const [index, time] of times.entries()) {
          if (choices.next().value) expect(some.valueAt(time)).toBe(alone[index]);
        }
      },
    ),
  );
});

test("paths differ by seed and by name", () => {
  const at = (seed: number, name: string): number => new MeanRevertingPath({ ...START, seed, name }).valueAt(1e12);
  expect(new Set([at(1, "A"), at(2, "A"), at(1, "B"), at(2, "B")]).size).toBe(4);
  expect(at(1, "A")).toBe(at(1, "A"));
});

test("nearby times have nearby values: the path has no jumps at the edges of seconds or parts", () => {
  const path = new MeanRevertingPath({ ...START, seed: 1, name: "A" });
  fc.assert(
    fc.property(timeNs, (time) => {
      // Inside a part the path is straight, so a nanosecond changes it by a millionth of what a part does.
      expect(Math.abs(path.valueAt(time + 1) - path.valueAt(time))).toBeLessThan(1e-5);
    }),
  );
});
