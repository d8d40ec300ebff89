import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type ColumnArray, type ColumnType, newColumn } from "./column.ts";
import {
  blockBytes,
  type ColumnBlock,
  encodeColumn,
  Encoding,
  isPossibleBlock,
  newColumnBlock,
} from "./column-codec.ts";
import { decodeColumn } from "./column-decoder.ts";
import { ViewedBuffer } from "./viewed-buffer.ts";

const AT = 16;

/** Encodes behind some dirt, decodes into more dirt, and says how it was written. */
function roundTrip(type: ColumnType, values: readonly number[]): { block: ColumnBlock; decoded: ColumnArray } {
  const rows = values.length;
  const column = newColumn(type, rows + 3).fill(77);
  column.set(values);
  const out = new ViewedBuffer(AT + 8 * rows + 8);
  out.u8.fill(0xa5);
  const block = newColumnBlock();
  const bytes = encodeColumn(column, { type, rows, out, at: AT, block });
  expect(bytes).toBe(blockBytes(block, rows));
  expect(isPossibleBlock(block, type)).toBe(true);
  expect(out.u8.subarray(AT + bytes).every((byte) => byte === 0xa5)).toBe(true);
  expect(out.u8.subarray(0, AT).every((byte) => byte === 0xa5)).toBe(true);
  const decoded = newColumn(type, rows + 3).fill(99);
  decodeColumn(block, { from: out, at: AT, target: decoded, rows });
  expect([...decoded.subarray(rows)]).toEqual([99, 99, 99]);
  return { block, decoded: decoded.subarray(0, rows) };
}

const values = (arbitrary: fc.Arbitrary<number>) => fc.array(arbitrary, { minLength: 1, maxLength: 200 });

/** A walk from a start by steps of a unit, which is how times and sequence numbers look. */
const walk = fc
  .record({
    start: fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
    unit: fc.constantFrom(1, 7, 100, 1_000_000),
    spread: fc.constantFrom(1, 100, 127, 128, 129, 30_000, 32_768, 40_000, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32),
    steps: fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 100 }),
  })
  .map(({ start, unit, spread, steps }) => {
    const walked = [start];
    for (const step of steps) walked.push(walked.at(-1)! + Math.round((step / 1000) * spread) * unit);
    return walked;
  });

describe("columns", () => {
  test.each<[string, fc.Arbitrary<number[]>]>([
    ["any doubles", values(fc.double())],
    ["safe integers", values(fc.maxSafeInteger())],
    ["small integers", values(fc.integer({ min: -5, max: 300 }))],
    [
      "the ends of the safe integers",
      values(fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0, -0, 1)),
    ],
    ["walks", walk],
  ])("f64: %s come back bit for bit", (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (input) => {
        const { decoded } = roundTrip("f64", input);
        expect([...decoded].every((value, i) => Object.is(value, input[i]))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("i32: any integers come back", () => {
    const arbitrary = fc.oneof(values(fc.integer()), values(fc.integer({ min: 0, max: 300 })), values(fc.constant(-7)));
    fc.assert(
      fc.property(arbitrary, fc.constantFrom(1, 25), (input, unit) => {
        const scaled = input.map((value) => Math.imul(value, unit));
        expect([...roundTrip("i32", scaled).decoded]).toEqual(scaled);
      }),
      { numRuns: 500 },
    );
  });

  test("u8: any bytes come back", () => {
    fc.assert(
      fc.property(values(fc.nat({ max: 255 })), (input) => {
        expect([...roundTrip("u8", input).decoded]).toEqual(input);
      }),
    );
  });
});

describe("the chosen encoding", () => {
  const { plain, constant, packed, delta } = Encoding;
  const ms = 1_000_000;

  test.each<[string, ColumnType, number[], Partial<ColumnBlock>]>([
    ["one value only", "f64", [5, 5, 5], { encoding: constant, widthBytes: 0, base: 5 }],
    ["one zero only", "f64", [0, 0, 0], { encoding: constant, widthBytes: 0, base: 0 }],
    ["one byte only", "u8", [3, 3], { encoding: constant, widthBytes: 0, base: 3 }],
    [
      "small steps in ms",
      "f64",
      [7, 8, 107, 230, 353].map((step) => step * ms + 5),
      { encoding: delta, widthBytes: 1, unit: ms },
    ],
    ["255 units apart", "f64", [-10, 245], { encoding: packed, widthBytes: 1, base: -10, unit: 255 }],
    ["up to 255 apart", "f64", [-10, 245, -9], { encoding: packed, widthBytes: 1, base: -10, unit: 1 }],
    ["up to 256 apart", "f64", [-10, 246, -9], { encoding: packed, widthBytes: 2 }],
    ["up to 2^32 - 1 apart", "f64", [0, 1, 2 ** 32 - 1], { encoding: packed, widthBytes: 4 }],
    ["up to 2^32 apart by large steps", "f64", [0, 1, 2 ** 32], { encoding: plain, widthBytes: 8 }],
    [
      "up to 2^32 apart by small steps",
      "f64",
      [0, 2 ** 30, 2 ** 31, 2 ** 31 + 1, 3 * 2 ** 30, 2 ** 32],
      { encoding: delta, widthBytes: 4 },
    ],
    ["2^31 up, over a wider range", "f64", [0, 2 ** 31, 2 ** 32, 2 ** 32 + 1], { encoding: plain, widthBytes: 8 }],
    ["2^31 down, over a wider range", "f64", [2 ** 32 + 1, 2 ** 32, 2 ** 31, 0], { encoding: delta, widthBytes: 4 }],
    ["127 up and 128 down", "f64", [0, 127, 254, 381, 253, 252], { encoding: delta, widthBytes: 1 }],
    ["129 down", "f64", [0, -129, -258, -300, -301], { encoding: packed, widthBytes: 2 }],
    ["128 up", "f64", [0, 127, 254, 382, 253, 252], { encoding: packed, widthBytes: 2 }],
    ["a fraction", "f64", [0, 0.5], { encoding: plain, widthBytes: 8 }],
    ["prices of one dollar's range", "i32", [6_183_763, 6_183_764, 6_183_863], { encoding: packed, widthBytes: 1 }],
    ["prices of half the range", "i32", [1, 100_000, 2], { encoding: plain, widthBytes: 4 }],
    ["rising prices", "i32", [0, 200, 401], { encoding: packed, widthBytes: 2 }],
    ["different bytes", "u8", [0, 1], { encoding: plain, widthBytes: 1 }],
  ])("is the narrowest: %s", (_, type, input, expected) => {
    const { block, decoded } = roundTrip(type, input);
    expect(block).toMatchObject(expected);
    expect([...decoded]).toEqual(input);
  });

  test.each<[string, ColumnType, Partial<ColumnBlock>]>([
    ["an unknown encoding", "f64", { encoding: 9 as Encoding }],
    ["plain of the wrong width", "f64", { encoding: plain, widthBytes: 4 }],
    ["constant with bytes", "u8", { encoding: constant, widthBytes: 1 }],
    ["packed of 3 bytes", "f64", { encoding: packed, widthBytes: 3 }],
    ["packed as wide as plain", "i32", { encoding: packed, widthBytes: 4 }],
    ["packed bytes", "u8", { encoding: packed, widthBytes: 1 }],
    ["delta of 32-bit integers", "i32", { encoding: delta, widthBytes: 2 }],
    ["a unit of 0", "f64", { encoding: delta, widthBytes: 2, unit: 0 }],
    ["a fraction as base", "f64", { encoding: delta, widthBytes: 2, base: 0.5 }],
    ["no number as base", "f64", { encoding: delta, widthBytes: 2, base: NaN }],
  ])("is impossible: %s", (_, type, block) => {
    expect(isPossibleBlock({ ...newColumnBlock(), ...block }, type)).toBe(false);
  });
});
