import { expect, test } from "vitest";

import { normalShareBelow } from "./normal-score.ts";

test.each([
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1, 0.15865525393145705],
  [1.959963984540054, 0.975],
  [-3, 0.0013498980316300933],
  [6, 0.9999999990134123],
  [8, 1 - 6.22096057427178e-16],
  [-8, 6.22096057427178e-16],
])("below %d lies %d", (z, share) => {
  expect(Math.abs(normalShareBelow(z) - share)).toBeLessThan(1e-14);
  if (share < 0.5) expect(normalShareBelow(z) / share).toBeCloseTo(1, 6);
});

test("far out it is 0 and 1", () => {
  expect([normalShareBelow(-40), normalShareBelow(40)]).toEqual([0, 1]);
});
