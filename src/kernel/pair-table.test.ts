import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { PairTable } from "./pair-table.ts";

test("counts the messages and keeps the last arrival of each pair, through any growth", () => {
  const random = RandomStream.named(1, "test", "pair-table");
  const table = new PairTable();
  const naive = new Map<string, { count: number; arrivalNs: number }>();
  for (let i = 0; i < 20_000; i++) {
    const [from, to] = [random.integer(0, 99), random.integer(0, 99)];
    const known = naive.get(`${from} ${to}`) ?? { count: 0, arrivalNs: 0 };
    const entry = table.reach(from, to);
    expect(table.count(entry)).toBe(known.count);
    const arrivalNs = random.integer(0, 1_000) + i;
    const inOrderNs = Math.max(arrivalNs, known.arrivalNs);
    expect(table.keepOrder(entry, arrivalNs)).toBe(inOrderNs);
    naive.set(`${from} ${to}`, { count: known.count + 1, arrivalNs: inOrderNs });
  }
  expect(naive.size).toBeGreaterThan(8_000);
});

test("keeps pairs apart whose numbers are large or swapped", () => {
  const table = new PairTable();
  const pairs = [
    [0, 0],
    [0, 1],
    [1, 0],
    [99_999, 0],
    [0, 99_999],
    [99_999, 99_999],
  ];
  for (const [place, [from, to]] of pairs.entries()) {
    for (let i = 0; i <= place; i++) table.keepOrder(table.reach(from, to), 0);
  }
  expect(pairs.map(([from, to]) => table.count(table.reach(from, to)))).toEqual([1, 2, 3, 4, 5, 6]);
});
