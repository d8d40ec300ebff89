import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { bridgeOver, decayOver, varianceOver } from "./ornstein-uhlenbeck.ts";

const process = fc.record({
  kappaPerNs: fc.oneof(fc.constant(0), fc.double({ min: 1e-18, max: 1e-9, noNaN: true })),
  varianceTicks2PerNs: fc.double({ min: 1e-12, max: 1, noNaN: true }),
});
const durationNs = fc.double({ min: 1, max: 1e12, noNaN: true });

describe("the Ornstein-Uhlenbeck process", () => {
  test("two steps are one: decay multiplies, and the first step's variance decays in the second", () => {
    fc.assert(
      fc.property(process, durationNs, durationNs, (ou, first, second) => {
        const decay = decayOver(ou, second);
        expect(decayOver(ou, first) * decay).toBeCloseTo(decayOver(ou, first + second), 12);
        const twoSteps = varianceOver(ou, second) + decay * decay * varianceOver(ou, first);
        expect(twoSteps / varianceOver(ou, first + second)).toBeCloseTo(1, 10);
      }),
    );
  });

  test("a bridge is what the two ends leave open: with the end's own variance it gives the middle's", () => {
    fc.assert(
      fc.property(process, durationNs, (ou, whole) => {
        const { weight, variance } = bridgeOver(ou, whole);
        const half = decayOver(ou, whole / 2);
        // From a start on the mean: the middle's variance is the bridge's, plus weight^2 times that of the end.
        const total = variance + weight * weight * varianceOver(ou, whole);
        expect(total / varianceOver(ou, whole / 2)).toBeCloseTo(1, 10);
        // From a start off the mean by 1, the end's expectation is half^2, and the middle's is half.
        expect(weight * (1 + half * half)).toBeCloseTo(half, 12);
      }),
    );
  });

  test("without reversion it is Brownian motion, and with next to none it is no different", () => {
    const still = { kappaPerNs: 0, varianceTicks2PerNs: 2.5e-9 };
    const almost = { kappaPerNs: 1e-22, varianceTicks2PerNs: 2.5e-9 };
    expect(varianceOver(still, 1e9)).toBe(2.5);
    expect(bridgeOver(still, 1e9)).toEqual({ weight: 0.5, variance: 0.625 });
    expect(varianceOver(almost, 1e9)).toBeCloseTo(2.5, 10);
  });

  test("varianceOver joins its two ways of computing without a step", () => {
    const below = varianceOver({ kappaPerNs: 0.00499999e-9, varianceTicks2PerNs: 1 }, 1e9);
    const above = varianceOver({ kappaPerNs: 0.00500001e-9, varianceTicks2PerNs: 1 }, 1e9);
    expect(above / below).toBeCloseTo(1, 7);
    expect(below).toBeCloseTo((1e9 * (1 - Math.exp(-0.00999998))) / 0.00999998, 0);
  });
});
