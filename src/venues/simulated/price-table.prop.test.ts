import fc from "fast-check";
import { expect, test } from "vitest";

import { PriceTable } from "./price-table.ts";

/** Few prices, so that they meet again; some neighbours, some that share a home, some at the ends of int32. */
const price = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 0, max: 40 }).map((i) => 1 + i * 16 * 1024),
  fc.integer({ min: 2 ** 31 - 20, max: 2 ** 31 - 1 }),
);
const step = fc.oneof(
  fc.record({ do: fc.constant("set" as const), price, number: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }),
  fc.record({ do: fc.constant("delete" as const), price }),
);

test("a price table answers like a Map", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new PriceTable();
      const map = new Map<number, number>();
      for (const next of steps) {
        if (map.has(next.price)) table.delete(next.price);
        map.delete(next.price);
        if (next.do === "set") {
          table.add(next.price, next.number);
          map.set(next.price, next.number);
        }
        expect(table.size).toBe(map.size);
      }
      for (const { price: asked } of steps) expect(table.get(asked)).toBe(map.get(asked) ?? 0);
    }),
    { numRuns: 300 },
  );
});

test("it grows with its prices and forgets them all", () => {
  const table = new PriceTable();
  for (let i = 1; i <= 20_000; i++) table.add(i * 7, i);
  for (let i = 1; i <= 20_000; i += 2) table.delete(i * 7);
  for (let i = 1; i <= 20_000; i++) expect(table.get(i * 7)).toBe(i % 2 === 0 ? i : 0);
  expect(table.size).toBe(10_000);
  table.clear();
  expect([table.size, table.get(14)]).toEqual([0, 0]);
});
