import fc from "fast-check";
import { expect, test } from "vitest";

import { MovingSum } from "./moving-sum.ts";

test("is the sum of the last numbers", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer()), (length, values) => {
      const moving = new MovingSum(length);
      for (const [index, value] of values.entries()) {
        moving.add(value);
        const last = values.slice(Math.max(0, index + 1 - length), index + 1);
        expect(moving.sum).toBe(last.reduce((sum, x) => sum + x, 0));
        expect(moving.isFull).toBe(index + 1 >= length);
      }
    }),
  );
});
