import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { PairIndex } from "./pair-index.ts";

test("numbers pairs in the order in which they come, and finds them, as a map would", () => {
  const index = new PairIndex();
  const naive = new Map<string, { pair: number; key: number; count: number }>();
  const random = RandomStream.named(1, "test", "pairs");
  for (let step = 0; step < 50_000; step++) {
    const [from, to] = [random.integer(0, 150), random.integer(0, 150)];
    const known = naive.get(`${from} ${to}`);
    expect(index.find(from, to)).toBe(known?.pair ?? -1);
    if (known === undefined) {
      const key = random.int32();
      naive.set(`${from} ${to}`, { pair: naive.size, key, count: 0 });
      expect(index.add(from, to, key)).toBe(naive.size - 1);
    } else {
      expect([index.key(known.pair), index.count(known.pair)]).toEqual([known.key, known.count++]);
    }
  }
  expect(index.size).toBe(naive.size);
  expect(naive.size).toBeGreaterThan(10_000);
});
