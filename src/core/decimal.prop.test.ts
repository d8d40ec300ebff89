import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DecimalError, decimalGrid, formatOnGrid, GRID_SCALE_MAX, parseDecimal, parseOnGrid } from "./decimal.ts";

const safeInteger = fc.oneof(fc.maxSafeInteger(), fc.integer());
const anyGrid = fc
  .record({
    stepUnits: fc.oneof(fc.constant(1), fc.constantFrom(2, 5, 25, 125), fc.integer({ min: 1 })),
    scale: fc.nat({ max: GRID_SCALE_MAX }),
  })
  .map(({ stepUnits, scale }) => {
    const digits = String(stepUnits).padStart(scale + 1, "0");
    return decimalGrid(scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
  });
const decimalText = fc
  .tuple(fc.constantFrom("", "-"), fc.stringMatching(/^[0-9]{1,20}$/), fc.stringMatching(/^(\.[0-9]{1,20})?$/))
  .map((parts) => parts.join(""));
const numberLike = fc.string({ unit: fc.constantFrom(..."0123456789..--+eE ,_xNa\u0000\u0663"), maxLength: 60 });

describe("decimal text", () => {
  test("every count of steps comes back from its text, with or without zeroes behind", () => {
    fc.assert(
      fc.property(safeInteger, anyGrid, fc.nat({ max: 4 }), (steps, grid, zeroes) => {
        const text = formatOnGrid(steps, grid);
        const padded = zeroes === 0 ? text : `${text}${text.includes(".") ? "" : "."}${"0".repeat(zeroes)}`;
        expect(parseOnGrid(padded, grid)).toBe(steps === 0 ? 0 : steps);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a text is read exactly or refused, as rational arithmetic says", () => {
    fc.assert(
      fc.property(decimalText, anyGrid, (text, grid) => {
        const { units, scale } = parseDecimal(text);
        const numerator = units * 10n ** BigInt(grid.scale);
        const denominator = BigInt(grid.stepUnits) * 10n ** BigInt(scale);
        const steps = numerator / denominator;
        const expected =
          numerator % denominator !== 0n
            ? "off-grid"
            : steps > Number.MAX_SAFE_INTEGER || steps < -Number.MAX_SAFE_INTEGER
              ? "too-large"
              : Number(steps);
        expect(read(text, grid)).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  test("any text at all gives a safe integer or a DecimalError, never anything else", () => {
    fc.assert(
      fc.property(fc.oneof(numberLike, fc.string()), anyGrid, (text, grid) => {
        const found = read(text, grid);
        if (typeof found === "number") {
          expect(Number.isSafeInteger(found) && !Object.is(found, -0)).toBe(true);
          expect(text).toMatch(/^-?[0-9]+(\.[0-9]+)?$/);
        } else {
          expect(["not-a-decimal", "off-grid", "too-large"]).toContain(found);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("any text at all is a grid or refused with a DecimalError", () => {
    fc.assert(
      fc.property(fc.oneof(numberLike, decimalText, fc.string()), (text) => {
        try {
          expect(decimalGrid(decimalGrid(text).text)).toEqual(decimalGrid(text));
        } catch (error) {
          expect(error).toBeInstanceOf(DecimalError);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

function read(text: string, grid: Parameters<typeof parseOnGrid>[1]): number | string {
  try {
    return parseOnGrid(text, grid);
  } catch (error) {
    if (error instanceof DecimalError) return error.code;
    throw error;
  }
}
