import { expect, test } from "vitest";

import { Side } from "../../../model/side.ts";
import { executionReport } from "./shortfall.ts";

test("a purchase above the arrival price, and what was missed while the price went on", () => {
  const report = executionReport({
    side: Side.buy,
    orderedLots: 100,
    filledLots: 60,
    filledTickLots: 60 * 101,
    arrivalTicks: 100,
    endTicks: 105,
  });
  expect(report.averageTicks).toBe(101);
  expect(report.slippageMillionths).toBeCloseTo(10_000);
  // 60 lots at 1 tick, and 40 lots that have gone away by 5: 260 of 10,000.
  expect(report.shortfallMillionths).toBeCloseTo(26_000);
});

test("a sale above the arrival price is a gain", () => {
  const facts = {
    side: Side.sell,
    orderedLots: 10,
    filledLots: 10,
    filledTickLots: 1_010,
    arrivalTicks: 100,
    endTicks: 90,
  };
  expect(executionReport(facts)).toMatchObject({ slippageMillionths: -10_000, shortfallMillionths: -10_000 });
});

test("without fills there is no slippage, and without a price nothing can be said", () => {
  const facts = { side: Side.buy, orderedLots: 10, filledLots: 0, filledTickLots: 0, arrivalTicks: 100, endTicks: 101 };
  expect(executionReport(facts)).toMatchObject({ averageTicks: 0, slippageMillionths: 0, shortfallMillionths: 10_000 });
  expect(executionReport({ ...facts, arrivalTicks: 0 }).shortfallMillionths).toBe(0);
});
