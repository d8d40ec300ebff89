import { expect, test } from "vitest";

import { signTest } from "./sign-test.ts";

test.each([
  [0, 0, 1],
  [1, 0, 1],
  [5, 0, 2 / 32],
  [0, 6, 2 / 64],
  // 2 (C(10,9) + C(10,10)) / 1024
  [9, 1, 22 / 1024],
  // 2 (C(10,8) + 10 + 1) / 1024
  [2, 8, 112 / 1024],
  [5, 5, 1],
  [20, 0, 2 / 2 ** 20],
])("%d up and %d down come with chance %d", (higher, lower, chance) => {
  expect(signTest({ higher, lower })).toBeCloseTo(chance, 12);
});
