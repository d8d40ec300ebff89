import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseOnGrid } from "../../core/decimal.ts";
import { ObservedGrid } from "./observed-grid.ts";

function gridOf(texts: readonly string[]): string | undefined {
  const observed = new ObservedGrid();
  for (const text of texts) observed.observe(text);
  return observed.grid?.text;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

describe("the observed grid", () => {
  test.each([
    [[], undefined],
    [["0.00000000"], undefined],
    [["61837.63000000", "61837.64000000"], "0.01"],
    [["61837.60", "61838.00"], "0.4"],
    [["0.30", "0.45"], "0.15"],
    [["100", "250"], "50"],
    [["0.00100000", "0.00000000", "7.00000000"], "0.001"],
    [["3", "0.5"], "0.5"],
    [["223.82", "223.825"], "0.005"],
    [["-0.4", "0.6"], "0.2"],
  ])("of %j is %j", (texts, expected) => {
    expect(gridOf(texts)).toBe(expected);
  });

  test("ignores what is no number, or too fine for any grid", () => {
    const observed = new ObservedGrid();
    expect(observed.observe("0.01")).toBe(true);
    for (const text of ["", "abc", "1e-9", "0.00000000000000000000001"]) expect(observed.observe(text)).toBe(false);
    expect(observed.grid?.text).toBe("0.01");
  });

  test("is the greatest common divisor, in any order, and every number stands on it", () => {
    const number = fc.record({ units: fc.integer({ min: 0, max: 10 ** 7 }), scale: fc.nat({ max: 8 }) });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 20 }), (numbers) => {
        const texts = numbers.map(({ units, scale }) => {
          const digits = String(units).padStart(scale + 1, "0");
          return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
        });
        const expected = numbers.map(({ units, scale }) => BigInt(units) * 10n ** BigInt(8 - scale)).reduce(gcd);
        const observed = new ObservedGrid();
        for (const text of texts) observed.observe(text);
        const { grid } = observed;
        expect(grid === undefined ? 0n : BigInt(grid.stepUnits) * 10n ** BigInt(8 - grid.scale)).toBe(expected);
        expect(gridOf([...texts].reverse())).toBe(grid?.text);
        if (grid !== undefined) for (const text of texts) parseOnGrid(text, grid);
      }),
    );
  });
});
