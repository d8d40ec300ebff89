import { describe, expect, test } from "vitest";

import { DECIMAL_CHARS_MAX, DecimalError, decimalGrid, formatOnGrid, parseDecimal, parseOnGrid } from "./decimal.ts";

/** What `read` gives, or the code of the DecimalError that it throws, so that tables can hold both. */
function outcome<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecimalError) return error.code;
    throw error;
  }
}

describe("parseOnGrid", () => {
  test.each([
    ["61837.63000000", "0.01", 6_183_763],
    ["61837.63", "0.01", 6_183_763],
    ["61837.6", "0.01", 6_183_760],
    ["61837", "0.01", 6_183_700],
    ["0.00000000", "0.00001", 0],
    ["-0.00", "0.01", 0],
    ["-1.25", "0.05", -25],
    ["007.50", "0.5", 15],
    ["75", "25", 3],
    ["75.00", "25", 3],
    ["0.000000000000000001", "0.000000000000000001", 1],
    ["90071992547409.91", "0.01", Number.MAX_SAFE_INTEGER],
    ["-90071992547409.91", "0.01", -Number.MAX_SAFE_INTEGER],
    // Larger than 2^53 on the way, not as a count of steps.
    ["225179981368524775", "25", Number.MAX_SAFE_INTEGER],
    ["0000000000000000000000001.50", "0.5", 3],
    ["1.5000000000000000000000000000000000000", "0.5", 3],
    ["61837.635", "0.01", "off-grid"],
    ["0.00000001", "0.01", "off-grid"],
    ["0.3", "0.5", "off-grid"],
    ["30", "25", "off-grid"],
    ["90071992547409.92", "0.01", "too-large"],
    ["99999999999999999999999999999", "1", "too-large"],
    ["", "1", "not-a-decimal"],
    ["-", "1", "not-a-decimal"],
    [".5", "0.5", "not-a-decimal"],
    ["5.", "0.5", "not-a-decimal"],
    ["-.5", "0.5", "not-a-decimal"],
    ["1.2.3", "0.1", "not-a-decimal"],
    ["+1", "1", "not-a-decimal"],
    ["1e5", "1", "not-a-decimal"],
    ["1,000", "1", "not-a-decimal"],
    [" 1", "1", "not-a-decimal"],
    ["1\n", "1", "not-a-decimal"],
    ["--1", "1", "not-a-decimal"],
    ["NaN", "1", "not-a-decimal"],
    ["٣", "1", "not-a-decimal"],
    ["0".repeat(DECIMAL_CHARS_MAX), "1", 0],
    ["0".repeat(DECIMAL_CHARS_MAX + 1), "1", "not-a-decimal"],
  ])("%s on the grid %s is %s", (text, grid, expected) => {
    const found = outcome(() => parseOnGrid(text, decimalGrid(grid)));
    expect(found).toBe(expected);
  });

  test("says the text, the grid and what is wrong", () => {
    expect(() => parseOnGrid("1.005", decimalGrid("0.01"))).toThrow('"1.005" is no whole number of steps of 0.01');
    expect(() => parseOnGrid("abc", decimalGrid("0.01"))).toThrow('"abc" is no decimal number');
    expect(() => parseOnGrid("x".repeat(1_000_000), decimalGrid("1"))).toThrow(/^"x{48}…" is no decimal number/);
  });
});

describe("formatOnGrid", () => {
  test.each([
    [6_183_763, "0.01", "61837.63"],
    [1, "0.00001", "0.00001"],
    [3, "0.5", "1.5"],
    [-3, "0.5", "-1.5"],
    [2, "0.50", "1.0"],
    [3, "25", "75"],
    [0, "0.01", "0.00"],
    [-0, "0.01", "0.00"],
    [Number.MAX_SAFE_INTEGER, "25", "225179981368524775"],
    [1.5, "1", "too-large"],
    [NaN, "1", "too-large"],
    [2 ** 53, "1", "too-large"],
  ])("%d steps of %s are %s", (steps, grid, expected) => {
    expect(outcome(() => formatOnGrid(steps, decimalGrid(grid)))).toBe(expected);
  });
});

describe("decimalGrid", () => {
  test("drops decimal zeroes, so that equal grids look equal", () => {
    expect(decimalGrid("0.01000000")).toEqual({ text: "0.01", stepUnits: 1, scale: 2 });
    expect(decimalGrid("25.0")).toEqual(decimalGrid("25"));
    expect(decimalGrid("100")).toEqual({ text: "100", stepUnits: 100, scale: 0 });
  });

  test.each(["0", "0.00", "-1", "", "abc", "1e-8", "0.0000000000000000001", "9007199254740992"])(
    "refuses %s",
    (text) => {
      expect(outcome(() => decimalGrid(text))).toBe("not-a-grid");
    },
  );
});

describe("parseDecimal", () => {
  test.each([
    ["61837.63000", { units: 6_183_763_000n, scale: 5 }],
    ["-0.5", { units: -5n, scale: 1 }],
    ["-0", { units: 0n, scale: 0 }],
    ["123456789012345678901234567890", { units: 123_456_789_012_345_678_901_234_567_890n, scale: 0 }],
  ])("%s keeps every digit", (text, expected) => {
    expect(parseDecimal(text)).toEqual(expected);
  });

  test.each(["", "1.", ".1", "1e3", "0x10", "١"])("refuses %j", (text) => {
    expect(outcome(() => parseDecimal(text))).toBe("not-a-decimal");
  });
});
