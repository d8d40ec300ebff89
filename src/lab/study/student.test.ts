import { expect, test } from "vitest";

import { studentReach, studentWithin } from "./student.ts";

// Any table of Student's t, such as the one of the NIST/SEMATECH e-Handbook, 1.3.6.7.2.
test.each([
  [0.95, 1, 12.706],
  [0.95, 2, 4.303],
  [0.95, 3, 3.182],
  [0.95, 4, 2.776],
  [0.95, 9, 2.262],
  [0.95, 10, 2.228],
  [0.95, 19, 2.093],
  [0.95, 30, 2.042],
  [0.95, 100, 1.984],
  [0.99, 1, 63.657],
  [0.99, 5, 4.032],
  [0.9, 7, 1.895],
  [0.99, 29, 2.756],
])("a %d interval with %d degrees of freedom reaches %d standard errors", (confidence, freedom, reach) => {
  expect(studentReach(confidence, freedom)).toBeCloseTo(reach, 3);
});

test("one degree of freedom is Cauchy's law, and two have a closed form", () => {
  for (const t of [0.1, 1, 7, 300]) {
    expect(studentWithin(t, 1)).toBeCloseTo((2 / Math.PI) * Math.atan(t), 14);
    expect(studentWithin(t, 2)).toBeCloseTo(t / Math.sqrt(2 + t * t), 14);
  }
});

test("with many degrees it becomes the normal law", () => {
  expect(studentReach(0.95, 100_000)).toBeCloseTo(1.959964, 3);
});
