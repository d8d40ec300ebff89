import { expect, test } from "vitest";

import { benchAuction } from "./auction.ts";

test("measures batches of each size and kind, and compares them per order", () => {
  const rows = benchAuction({ sizes: [100, 1_000], rounds: 1 });
  expect(rows.map((row) => row.case)).toEqual([
    "batch of 100, time",
    "batch of 1,000, time",
    "batch of 100, proRata",
    "batch of 1,000, proRata",
  ]);
  expect(rows.every(({ value }) => value > 0)).toBe(true);
  expect(rows.map(({ ratio }) => ratio === undefined)).toEqual([true, false, true, false]);
});
