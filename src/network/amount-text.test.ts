import { expect, test } from "vitest";

import { parseBandwidth, parseBytes, parseSpacedDuration } from "./amount-text.ts";

test.each([
  ["10Gbit", 10e9],
  ["100 Mbit", 100e6],
  ["81920 Kibit", 81_920 * 1_024],
  ["1.5 kbit", 1_500],
  ["1 bit", 1],
  ["0 bit", undefined],
  ["10", undefined],
  ["10 GB", undefined],
  ["-1 Mbit", undefined],
  ["1.2.3 Mbit", undefined],
  ["9999999 Tbit", undefined],
  ["", undefined],
])("bandwidth %j is %s", (text, expected) => {
  expect(parseBandwidth(text)).toBe(expected);
});

test.each([
  ["256kB", 256_000],
  ["64 KiB", 65_536],
  ["0B", 0],
  ["1.5B", undefined],
  ["5000 GB", undefined],
  ["3 Mbit", undefined],
])("size %j is %s", (text, expected) => {
  expect(parseBytes(text)).toBe(expected);
});

test.each([
  ["10 ms", 10e6],
  ["10ms", 10e6],
  ["1.5 sec", 1.5e9],
  ["25 μs", 25_000],
  ["3 milliseconds", 3e6],
  ["-3 ms", undefined],
  ["3 lightyears", undefined],
])("duration %j is %s", (text, expected) => {
  expect(parseSpacedDuration(text)).toBe(expected);
});
