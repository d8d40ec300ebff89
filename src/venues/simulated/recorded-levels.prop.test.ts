import fc from "fast-check";
import { expect, test } from "vitest";

import { Side } from "../../model/side.ts";
import { NONE, RecordedLevels } from "./recorded-levels.ts";

interface KnownOrder {
  readonly order: number;
  readonly recordedId: number;
  readonly arrival: number;
}

/** The same bookkeeping, of arrays. */
class NaiveLevels {
  readonly orders = new Map<number, KnownOrder[]>();

  at(price: number): KnownOrder[] {
    const found = this.orders.get(price) ?? [];
    this.orders.set(price, found);
    return found;
  }

  all(): KnownOrder[] {
    return [...this.orders.values()].flat();
  }

  newestWith(recordedId: number): number {
    const namesakes = this.all().filter((known) => known.recordedId === recordedId);
    return namesakes.toSorted((a, b) => b.arrival - a.arrival)[0]?.order ?? NONE;
  }
}

const step = fc.record({
  price: fc.integer({ min: 1, max: 5 }),
  // Numbers as venues give them: small ones, and some above 2^32 that have the same lower half.
  recordedId: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 30 }),
    fc.integer({ min: 1, max: 30 }).map((i) => i * 2 ** 32 + 7),
  ),
  removes: fc.integer({ min: 0, max: 4 }),
});

test("levels keep their orders in order of arrival and find them by number", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const levels = new RecordedLevels();
      const naive = new NaiveLevels();
      let arrivals = 0;
      for (const { price, recordedId, removes } of steps) {
        if (recordedId !== 0) expect(levels.known(recordedId)).toBe(naive.newestWith(recordedId));
        const level = levels.find(Side.sell, price) || levels.open(Side.sell, price);
        const order = levels.append(level, recordedId);
        naive.at(price).push({ order, recordedId, arrival: arrivals++ });
        for (let i = 0; i < removes; i++) {
          const victim = naive.at(price)[i * 2];
          if (victim === undefined) continue;
          levels.remove(victim.order);
          naive.orders.set(
            price,
            naive.at(price).filter((known) => known !== victim),
          );
        }
        levels.closeIfEmpty(level);
      }
      for (const [price, orders] of naive.orders) {
        const level = levels.find(Side.sell, price);
        if (level === NONE) {
          expect(orders).toEqual([]);
          continue;
        }
        const found: number[] = [];
        for (let order = levels.newest(level); order !== NONE; order = levels.older(order)) found.unshift(order);
        expect(found).toEqual(orders.map(({ order }) => order));
        expect(found.every((order) => levels.levelOf(order) === level)).toBe(true);
        expect(levels.ordersAt(level)).toBe(orders.length);
        expect(levels.anonymousAt(level)).toBe(orders.filter(({ recordedId }) => recordedId === 0).length);
        for (const { order, recordedId } of orders) expect(levels.isKnown(order)).toBe(recordedId !== 0);
      }
      expect(levels.orderCount).toBe(naive.all().length);
      expect(levels.knownOrderCount).toBe(naive.all().filter(({ recordedId }) => recordedId !== 0).length);
    }),
    { numRuns: 200 },
  );
});

test("thousands of orders at once, and none after", () => {
  const levels = new RecordedLevels();
  const orders: number[] = [];
  for (let i = 1; i <= 20_000; i++) {
    const level = levels.find(Side.buy, i % 3_000) || levels.open(Side.buy, i % 3_000);
    orders.push(levels.append(level, i * 1_000_003));
  }
  expect(new Set(orders).size).toBe(20_000);
  expect(levels.levelCount).toBe(3_000);
  for (let i = 1; i <= 20_000; i++) expect(levels.known(i * 1_000_003)).toBe(orders[i - 1]);
  levels.clear();
  expect(levels).toMatchObject({ levelCount: 0, orderCount: 0, knownOrderCount: 0 });
  expect(levels.known(1_000_003)).toBe(NONE);
  expect(levels.find(Side.buy, 1)).toBe(NONE);
});
