import fc from "fast-check";
import { expect, test } from "vitest";

import { plainDecimal } from "./plain-decimal.ts";

test.each([
  ["0", "0"],
  ["-0", "0"],
  ["7", "7"],
  ["007.500", "7.5"],
  ["1000.00", "1000"],
  [".5", "0.5"],
  ["5.", "5"],
  ["+1.50E3", "1500"],
  ["1e-7", "0.0000001"],
  ["-12.5e-3", "-0.0125"],
  ["12.5e1", "125"],
  ["1.25e1", "12.5"],
  ["1e21", "1000000000000000000000"],
  ["0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"],
])("%s is %s", (text, plain) => {
  expect(plainDecimal(text)).toBe(plain);
});

test.each(["", ".", "-", "e5", "1e", "1e401", "1e-401", "1e-999999999", "0x10", "1_000", "Infinity", "NaN", "1 "])(
  "%s is no number",
  (text) => {
    expect(plainDecimal(text)).toBeUndefined();
  },
);

test("every float64 comes back as itself, without an exponent", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const plain = plainDecimal(String(value)) ?? "none";
      expect(plain).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      expect(Number(plain)).toBe(value === 0 ? 0 : value);
    }),
  );
});
