import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import type { FeeSchedule } from "./fees.ts";
import { NO_FEES, checkFees, feeOf, isPlain } from "./fees.ts";

test.each([
  [1_000_000, 100, 100],
  [999_999, 100, 99],
  [9_999, 100, 0],
  [10_000, 100, 1],
  [0, 1_000, 0],
  [123_456_789, 0, 0],
  [7, 1_000_000, 7],
  [999_999, -100, -99],
  [Number.MAX_SAFE_INTEGER, 1_000_000, Number.MAX_SAFE_INTEGER],
  [Number.MAX_SAFE_INTEGER, 999_999, 9_007_190_247_541_736],
])("a notional of %i at %i millionths costs %i", (notional, millionths, fee) => {
  expect(feeOf(notional, millionths)).toBe(fee);
});

test("no fee is plain 0, also where a rebate is too small to pay", () => {
  expect(Object.is(feeOf(10, -100), 0)).toBe(true);
  expect(Object.is(feeOf(0, -100), 0)).toBe(true);
});

test.each([
  [0, 0],
  [100, 100],
  [-100, 100],
  [500, 100],
  [1_000_000, 1_000_000],
])("maker %i and taker %i millionths are fees", (makerMillionths, takerMillionths) => {
  expect(() => checkFees({ makerMillionths, takerMillionths })).not.toThrow();
});

test.each([
  [-101, 100],
  [0, -1],
  [0.5, 100],
  [0, 0.5],
  [1_000_001, 100],
  [0, 1_000_001],
  [Number.NaN, 100],
  [0, Number.NaN],
])("maker %d and taker %d millionths are none", (makerMillionths, takerMillionths) => {
  expect(() => checkFees({ makerMillionths, takerMillionths })).toThrow(InvariantError);
});

test("no fees are fees", () => {
  expect(() => checkFees(NO_FEES)).not.toThrow();
});

describe("a schedule", () => {
  const rates = { makerMillionths: 0, takerMillionths: 100 };

  test.each<[string, FeeSchedule]>([
    [
      "with tiers by rising volume",
      {
        ...rates,
        tiers: [
          { ...rates, volumeUnits: 5 },
          { ...rates, volumeUnits: 6 },
        ],
      },
    ],
    [
      "with a rebate that every taker pays for",
      { ...rates, tiers: [{ ...rates, makerMillionths: -100, volumeUnits: 5 }] },
    ],
    ["with a surcharge up to 100 %", { ...rates, washMillionths: 999_900 }],
    ["with a least fee", { ...rates, minimumUnits: 7 }],
  ])("%s is one", (_, fees) => {
    expect(() => checkFees(fees)).not.toThrow();
    expect(isPlain(fees)).toBe(false);
  });

  test.each<[string, FeeSchedule]>([
    [
      "whose tiers fall",
      {
        ...rates,
        tiers: [
          { ...rates, volumeUnits: 6 },
          { ...rates, volumeUnits: 6 },
        ],
      },
    ],
    ["whose first tier begins at 0", { ...rates, tiers: [{ ...rates, volumeUnits: 0 }] }],
    [
      "with a rebate above the taker fee of another tier",
      { ...rates, tiers: [{ makerMillionths: -101, takerMillionths: 200, volumeUnits: 5 }] },
    ],
    ["with a surcharge beyond 100 %", { ...rates, washMillionths: 999_901 }],
    ["with a surcharge that is none", { ...rates, washMillionths: -1 }],
    ["with half a unit for the least", { ...rates, minimumUnits: 0.5 }],
    ["over no time", { ...rates, volumeWindowNs: 0 }],
  ])("%s is none", (_, fees) => {
    expect(() => checkFees(fees)).toThrow(InvariantError);
  });
});
