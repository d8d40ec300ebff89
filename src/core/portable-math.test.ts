import { describe, expect, test } from "vitest";

import { expErrorUlps, lnErrorUlps } from "../testing/exact-math.ts";
import { exp, ln } from "./portable-math.ts";
import { RandomStream } from "./random.ts";

const ULPS_MAX = 2;
const SMALLEST = Number.MIN_VALUE;
const SMALLEST_NORMAL = 2.2250738585072014e-308;

const bits = new DataView(new ArrayBuffer(8));

/** How many doubles lie between the two, which have the same sign. */
function ulpsApart(a: number, b: number): number {
  bits.setFloat64(0, a);
  const wordA = bits.getBigInt64(0);
  bits.setFloat64(0, b);
  const difference = Number(wordA - bits.getBigInt64(0));
  return Math.abs(difference);
}

const draws = RandomStream.named(1, "test", "portable-math");

interface Range {
  readonly name: string;
  readonly draw: () => number;
}

const POSITIVE: readonly Range[] = [
  { name: "of every magnitude, the subnormal ones too", draw: () => 2 ** (draws.uniform() * 2098 - 1074) },
  { name: "around 1", draw: () => 1 + (draws.uniform() - 0.5) * 2 ** -draws.integer(0, 51) },
  { name: "from 0.5 to 2", draw: () => 0.5 + 1.5 * draws.uniform() },
  { name: "that uniform draws give", draw: () => 1 - draws.uniform() },
];

const EXPONENTS: readonly Range[] = [
  { name: "of the whole range", draw: () => draws.uniform() * 1417 - 708 },
  { name: "whose result is subnormal", draw: () => -708.4 - draws.uniform() * 36.7 },
  { name: "around 0", draw: () => (draws.uniform() - 0.5) * 2 ** -draws.integer(0, 60) },
  { name: "from -2 to 2", draw: () => 4 * draws.uniform() - 2 },
];

/** The argument with the largest error among that many draws, and the error. */
function worstOf(range: Range, count: number, errorAt: (x: number) => number): { x: number; ulps: number } {
  let worst = { x: Number.NaN, ulps: -1 };
  for (let i = 0; i < count; i++) {
    const x = range.draw();
    const ulps = errorAt(x);
    if (!(ulps <= worst.ulps)) worst = { x, ulps };
  }
  return worst;
}

describe("ln", () => {
  test.each(POSITIVE)("is within 2 ulps of the true logarithm for numbers $name", (range) => {
    expect(worstOf(range, 3_000, (x) => lnErrorUlps(x, ln(x))).ulps).toBeLessThanOrEqual(ULPS_MAX);
  });

  test.each(POSITIVE)("is within 2 ulps of Math.log for numbers $name", (range) => {
    expect(worstOf(range, 50_000, (x) => ulpsApart(ln(x), Math.log(x))).ulps).toBeLessThanOrEqual(ULPS_MAX);
  });

  test.each([
    [1, 0],
    [0, -Infinity],
    [-0, -Infinity],
    [-1, Number.NaN],
    [-Infinity, Number.NaN],
    [Number.NaN, Number.NaN],
    [Infinity, Infinity],
  ])("of %d is %d", (x, expected) => {
    expect(ln(x)).toBe(expected);
  });

  test.each([SMALLEST, 3 * SMALLEST, SMALLEST_NORMAL, Number.MAX_VALUE, 2, Math.E, Math.SQRT1_2, 1 - 2 ** -53])(
    "is close at the edge %d",
    (x) => {
      expect(lnErrorUlps(x, ln(x))).toBeLessThanOrEqual(ULPS_MAX);
    },
  );
});

describe("exp", () => {
  test.each(EXPONENTS)("is within 2 ulps of the true power for exponents $name", (range) => {
    expect(worstOf(range, 3_000, (x) => expErrorUlps(x, exp(x))).ulps).toBeLessThanOrEqual(ULPS_MAX);
  });

  test.each(EXPONENTS)("is within 2 ulps of Math.exp for exponents $name", (range) => {
    expect(worstOf(range, 50_000, (x) => ulpsApart(exp(x), Math.exp(x))).ulps).toBeLessThanOrEqual(ULPS_MAX);
  });

  test.each([
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [Number.NaN, Number.NaN],
    [709.782712893385, Infinity],
    [1e300, Infinity],
    [-745.1332191019413, 0],
    [-1e300, 0],
    [SMALLEST, 1],
  ])("of %d is %d", (x, expected) => {
    expect(exp(x)).toBe(expected);
  });

  test.each([709.782712893384, -708.3964185322641, -744.4400719213812, -745.1332191019411, 0.5 * Math.LN2, 1])(
    "is close at the edge %d",
    (x) => {
      expect(expErrorUlps(x, exp(x))).toBeLessThanOrEqual(ULPS_MAX);
    },
  );
});

test("both give the same bits for ever: these are the ones that recorded runs were made with", () => {
  const inBits = (value: number): string => {
    bits.setFloat64(0, value);
    return bits.getBigUint64(0).toString(16).padStart(16, "0");
  };
  expect([0.1, 0.7, 3, 1e-310, 12345.678].map((x) => inBits(ln(x)))).toMatchInlineSnapshot(`
    [
      "c0026bb1bbb55515",
      "bfd6d3c324e13f50",
      "3ff193ea7aad030b",
      "c0864e69394d9508",
      "4022d79559791e31",
    ]
  `);
  expect([-700.5, -1, 0.1, 3, 709.5].map((x) => inBits(exp(x)))).toMatchInlineSnapshot(`
    [
      "00c4ff475c68ca02",
      "3fd78b56362cef38",
      "3ff1aec7b35a00d4",
      "403415e5bf6fb106",
      "7fe81e9b4b52d0c9",
    ]
  `);
});
