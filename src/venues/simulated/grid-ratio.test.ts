import { expect, test } from "vitest";

import { decimalGrid } from "../../core/decimal.ts";
import { gridRatio } from "./grid-ratio.ts";

test("a step of one grid in steps of another", () => {
  const cases = [
    ["0.01", "0.01", "1/1"],
    ["0.1", "0.01", "10/1"],
    ["0.005", "0.01", "1/2"],
    ["0.000001", "0.00001", "1/10"],
    ["25", "0.5", "50/1"],
    ["0.5", "25", "1/50"],
    ["100", "1", "100/1"],
    // Neither fits into the other.
    ["0.02", "0.05", undefined],
    ["3", "2", undefined],
    // 10^18 steps cannot be counted exactly.
    ["1", "0.000000000000000001", undefined],
    ["0.000000000000000001", "1", undefined],
  ] as const;
  const found = cases.map(([recorded, own]) => {
    const ratio = gridRatio(decimalGrid(recorded), decimalGrid(own));
    return [recorded, own, ratio && `${ratio.times}/${ratio.over}`];
  });
  expect(found).toEqual(cases);
});
