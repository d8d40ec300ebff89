import { expect, test } from "vitest";

import { grouped } from "./grouped.ts";
import { unitsText } from "./units-text.ts";

test.each([
  ["0", "0"],
  ["999", "999"],
  ["1000", "1,000"],
  ["-1000", "-1,000"],
  ["1234567.8912345", "1,234,567.8912345"],
  ["-123456", "-123,456"],
])("%s is grouped as %s", (text, expected) => {
  expect(grouped(text)).toBe(expected);
});

test.each([
  [0n, 0, "0"],
  [0n, 2, "0.00"],
  [5n, 2, "0.05"],
  [-5n, 2, "-0.05"],
  [12_345n, 2, "123.45"],
  [-12_345n, 0, "-12345"],
  [1n, 18, "0.000000000000000001"],
  [10n ** 30n, 3, "1000000000000000000000000000.000"],
])("%i units of 10^-%i are %s", (units, decimals, expected) => {
  expect(unitsText(units, decimals)).toBe(expected);
});
