import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { formatDuration, formatTimeOfDay, parseDuration, parseTimeOfDay } from "./duration.ts";
import { NS_PER_DAY } from "./units.ts";

/** Of every size: a uniform draw would hardly ever be below a day. */
const durationNs = fc
  .tuple(fc.integer({ min: 0, max: 52 }), fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }))
  .map(([magnitude, mantissa]) => Math.floor(mantissa * 2 ** magnitude));

describe("durations", () => {
  test("what is written is read as the same nanoseconds", () => {
    fc.assert(
      fc.property(fc.oneof(durationNs, fc.maxSafeNat()), (ns) => {
        expect(parseDuration(formatDuration(ns))).toBe(ns);
      }),
      { numRuns: 5_000 },
    );
  });

  test("what is written is short, and has no unit of amount 0", () => {
    fc.assert(
      fc.property(durationNs, (ns) => {
        const text = formatDuration(ns);
        expect(text.length).toBeLessThanOrEqual("104d23h59m59.999999999s".length);
        expect(ns === 0 ? "" : text).not.toMatch(/(^|[a-z])0[a-z]|\.\d*0[a-z]/);
      }),
      { numRuns: 2_000 },
    );
  });

  test("any text gives whole nanoseconds or undefined", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789.dhmsun -"), maxLength: 24 });
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (candidate) => {
        const ns = parseDuration(candidate);
        expect(ns === undefined || (Number.isSafeInteger(ns) && ns >= 0)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

test("a time of day that is written is read as the same nanoseconds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: NS_PER_DAY }), (ns) => {
      expect(parseTimeOfDay(formatTimeOfDay(ns, 9))).toBe(ns);
    }),
  );
});
