import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { Side } from "../../model/side.ts";
import type { BatchOrder, BatchResult } from "../../testing/batch.ts";
import { runBatch } from "../../testing/batch.ts";
import { CASE_RULES } from "../../testing/matching-cases/book-case.ts";
import { FastBook } from "../fast-book.ts";
import type { BookRules } from "../order-book.ts";

const PRICE_MIN = 100;
const PRICE_MAX = 108;
const ORDERS_MAX = 24;

const orders: fc.Arbitrary<BatchOrder[]> = fc.uniqueArray(
  fc.record({
    owner: fc.integer({ min: 1, max: 5 }),
    orderId: fc.integer({ min: 0, max: 9 }),
    side: fc.constantFrom(Side.buy, Side.sell),
    priceTicks: fc.integer({ min: PRICE_MIN, max: PRICE_MAX }),
    // Mostly small, so that sides often come out alike.
    qtyLots: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 1, max: 12 })),
  }),
  { maxLength: ORDERS_MAX, selector: nameOf },
);

/** 0 for no reference price. */
const reference = fc.oneof(fc.constant(0), fc.integer({ min: PRICE_MIN - 4, max: PRICE_MAX + 4 }));
const allocation = fc.constantFrom("time" as const, "proRata" as const);

function nameOf({ owner, orderId }: { owner: number; orderId: number }): string {
  return `${owner}:${orderId}`;
}

function run(batch: readonly BatchOrder[], rules: Partial<BookRules>): BatchResult {
  return runBatch((all) => new FastBook(all), { ...CASE_RULES, ...rules }, batch);
}

/** What can trade at a price, and what is left over. */
function outcomeAt(batch: readonly BatchOrder[], price: number): { volume: number; surplus: number } {
  let demand = 0;
  let supply = 0;
  for (const { side, priceTicks, qtyLots } of batch) {
    if (side === Side.buy && priceTicks >= price) demand += qtyLots;
    if (side === Side.sell && priceTicks <= price) supply += qtyLots;
  }
  return { volume: Math.min(demand, supply), surplus: demand - supply };
}

describe("the end of a call", () => {
  test("is at the best price of all: most volume, then least surplus, then nearest to the reference", () => {
    fc.assert(
      fc.property(orders, reference, (batch, referencePriceTicks) => {
        const found = run(batch, { referencePriceTicks });
        const prices = Array.from({ length: PRICE_MAX - PRICE_MIN + 9 }, (_, place) => PRICE_MIN - 4 + place);
        const outcomes = prices.map((price) => ({ price, ...outcomeAt(batch, price) }));
        const most = Math.max(...outcomes.map(({ volume }) => volume));
        expect(found.volumeLots).toBe(most);
        if (most === 0) {
          expect(found).toMatchObject({ priceTicks: 0, surplusLots: 0, trades: [] });
          return;
        }
        const fullest = outcomes.filter(({ volume }) => volume === most);
        const least = Math.min(...fullest.map(({ surplus }) => Math.abs(surplus)));
        const evenest = fullest.filter(({ surplus }) => Math.abs(surplus) === least);
        const nearest = Math.min(...evenest.map(({ price }) => Math.abs(price - referencePriceTicks)));
        const expected =
          referencePriceTicks > 0
            ? evenest.find(({ price }) => Math.abs(price - referencePriceTicks) === nearest)
            : evenest[Math.floor((evenest.length - 1) / 2)];
        expect(found.priceTicks).toBe(expected?.price);
        expect(found.surplusLots).toBe(expected?.surplus);
      }),
    );
  });

  test("trades at one price, nobody beyond his limit, nobody more than he wanted, and all of the volume", () => {
    fc.assert(
      fc.property(orders, reference, allocation, (batch, referencePriceTicks, how) => {
        const found = run(batch, { referencePriceTicks, allocation: how });
        const byName = new Map(batch.map((order) => [nameOf(order), order]));
        const traded = new Map<string, number>();
        for (const { priceTicks, qtyLots, buy, sell } of found.trades) {
          expect(priceTicks).toBe(found.priceTicks);
          expect(byName.get(buy)?.side).toBe(Side.buy);
          expect(byName.get(sell)?.side).toBe(Side.sell);
          expect(byName.get(buy)?.priceTicks).toBeGreaterThanOrEqual(priceTicks);
          expect(byName.get(sell)?.priceTicks).toBeLessThanOrEqual(priceTicks);
          for (const name of [buy, sell]) traded.set(name, (traded.get(name) ?? 0) + qtyLots);
        }
        expect(found.trades.reduce((sum, { qtyLots }) => sum + qtyLots, 0)).toBe(found.volumeLots);
        for (const order of batch) {
          const left = found.left.get(nameOf(order)) ?? 0;
          expect((traded.get(nameOf(order)) ?? 0) + left).toBe(order.qtyLots);
        }
      }),
    );
  });

  test("lets a better price trade whole before a worse one gets anything", () => {
    fc.assert(
      fc.property(orders, allocation, (batch, how) => {
        const found = run(batch, { allocation: how });
        for (const worse of batch) {
          const isTraded = (found.left.get(nameOf(worse)) ?? 0) < worse.qtyLots;
          if (!isTraded) continue;
          for (const better of batch) {
            const gap =
              better.side === Side.buy ? better.priceTicks - worse.priceTicks : worse.priceTicks - better.priceTicks;
            if (better.side === worse.side && gap > 0) expect(found.left.has(nameOf(better))).toBe(false);
          }
        }
      }),
    );
  });

  test("pro rata does not look at who came first: any order of arrival gives the same trades", () => {
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), (batch, keys) => {
        const shuffled = batch
          .map((order) => ({ order, key: Number(keys.next().value) }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ order }) => order);
        const [found, again] = [batch, shuffled].map((each) => run(each, { allocation: "proRata" }));
        expect(again.trades).toEqual(found.trades);
        expect(again.left).toEqual(found.left);
      }),
    );
  });

  test("pro rata nobody is further than a lot from his share", () => {
    fc.assert(
      fc.property(orders, (batch) => {
        const found = run(batch, { allocation: "proRata" });
        for (const side of [Side.buy, Side.sell]) {
          const levels = Map.groupBy(
            batch.filter((order) => order.side === side),
            ({ priceTicks }) => priceTicks,
          );
          for (const level of levels.values()) {
            const wanted = level.reduce((sum, { qtyLots }) => sum + qtyLots, 0);
            const got = (order: BatchOrder): number => order.qtyLots - (found.left.get(nameOf(order)) ?? 0);
            const traded = level.reduce((sum, order) => sum + got(order), 0);
            for (const order of level) {
              expect(Math.abs(got(order) - (order.qtyLots * traded) / wanted)).toBeLessThan(1);
            }
          }
        }
      }),
    );
  });
});
