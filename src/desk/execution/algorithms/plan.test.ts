import fc from "fast-check";
import { expect, test } from "vitest";

import type { Algorithm } from "./plan.ts";
import { slicesOf, targetOf } from "./plan.ts";

const durationNs = 1e9;

function targetsOf(algorithm: Algorithm, lots: number, market = (slice: number) => slice * 100): number[] {
  const target = targetOf(algorithm, lots);
  let filledLots = 0;
  return Array.from({ length: slicesOf(algorithm) }, (_, slice) => {
    filledLots = target({ slice, filledLots, marketLots: market(slice) });
    return filledLots;
  });
}

test("evenly over time", () => {
  expect(targetsOf({ kind: "twap", durationNs, slices: 4 }, 10)).toEqual([3, 5, 8, 10]);
});

test("in proportion to the volume that is expected", () => {
  expect(targetsOf({ kind: "vwap", durationNs, volumes: [3, 1, 0, 4] }, 16)).toEqual([6, 8, 8, 16]);
});

test("as a share of what the market trades, and never more than the order", () => {
  expect(targetsOf({ kind: "pov", durationNs, slices: 5, share: 0.1 }, 25)).toEqual([0, 10, 20, 25, 25]);
});

test("piece by piece, and in the end the rest", () => {
  expect(targetsOf({ kind: "iceberg", durationNs, slices: 4, displayLots: 5 }, 40)).toEqual([5, 10, 15, 40]);
});

test("the more urgent, the earlier; not urgent is evenly", () => {
  const shortfall = (urgency: number): number[] =>
    targetsOf({ kind: "shortfall", durationNs, slices: 5, urgency }, 1_000_000);
  expect(shortfall(0)).toEqual(targetsOf({ kind: "twap", durationNs, slices: 5 }, 1_000_000));
  // The example of Almgren and Chriss (2000): kappa 0.6071 a day for five days; 541,956 shares are left after one.
  const [first] = shortfall(5 * 0.607081);
  expect(Math.abs(first - (1_000_000 - 541_956))).toBeLessThan(5);
  expect(shortfall(6)[0]).toBeGreaterThan(first);
});

test("every schedule rises, ends with the order and gives nothing twice", () => {
  const algorithm = fc.oneof(
    fc.record({
      kind: fc.constant("twap" as const),
      durationNs: fc.constant(1),
      slices: fc.integer({ min: 1, max: 50 }),
    }),
    fc.record({
      kind: fc.constant("vwap" as const),
      durationNs: fc.constant(1),
      volumes: fc
        .array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 50 })
        .filter((all) => all.some((one) => one > 0)),
    }),
    fc.record({
      kind: fc.constant("shortfall" as const),
      durationNs: fc.constant(1),
      slices: fc.integer({ min: 1, max: 50 }),
      urgency: fc.double({ min: 0, max: 20, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(algorithm, fc.integer({ min: 1, max: 1_000_000 }), (drawn, lots) => {
      const targets = targetsOf(drawn, lots);
      expect(targets.at(-1)).toBe(lots);
      expect(targets).toEqual(targets.toSorted((a, b) => a - b));
    }),
  );
});
