import { expect, test } from "vitest";

import { hasBadLength, significantBytes } from "./entry-layout.ts";

test.each([
  [0, 0],
  [1, 1],
  [255, 1],
  [256, 2],
  [65_535, 2],
  [65_536, 3],
  [2 ** 24 - 1, 3],
  [2 ** 24, 4],
  [2 ** 31 - 1, 4],
  [-1, 4],
  [-(2 ** 31), 4],
  [2 ** 32 - 1, 4],
])("the word %i has %i significant bytes", (word, bytes) => {
  expect(significantBytes(word)).toBe(bytes);
});

test("a bad length is seen in each of eight places, and so is a ninth length", () => {
  expect(hasBadLength(0o44444444)).toBe(false);
  expect(hasBadLength(0o43210123)).toBe(false);
  for (let place = 0; place < 8; place++) {
    for (const length of [5, 6, 7]) expect(hasBadLength(length << (3 * place))).toBe(true);
  }
  for (let bit = 24; bit < 32; bit++) expect(hasBadLength(1 << bit)).toBe(true);
});
