import fc from "fast-check";
import { expect, test } from "vitest";

import { AverageCost } from "./average-cost.ts";
import { FIFO_PARTS_MAX, FifoLots } from "./fifo-lots.ts";

const trades = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.bigInt({ min: 1n, max: 1_000n })), {
  maxLength: 60,
});

const signed = (lots: number, units: bigint): bigint => (lots < 0 ? -units : units);

test.each([
  { name: "average cost", create: () => new AverageCost() },
  { name: "first in, first out", create: () => new FifoLots() },
])("$name: realized profit and cost account for every unit that was paid or received", ({ create }) => {
  fc.assert(
    fc.property(trades, (drawn) => {
      const basis = create();
      let lots = 0;
      let cash = 0n;
      for (const [traded, price] of drawn) {
        basis.trade(traded, price);
        lots += traded;
        cash -= BigInt(traded) * price;
        expect(basis.lots).toBe(lots);
        expect(basis.realizedUnits - signed(lots, basis.costUnits)).toBe(cash);
        if (lots === 0) expect(basis.costUnits).toBe(0n);
      }
    }),
  );
});

test("both agree whenever nothing is held", () => {
  fc.assert(
    fc.property(trades, (drawn) => {
      const average = new AverageCost();
      const fifo = new FifoLots();
      for (const [traded, price] of drawn) {
        average.trade(traded, price);
        fifo.trade(traded, price);
        if (average.lots === 0) expect(fifo.realizedUnits).toBe(average.realizedUnits);
      }
    }),
  );
});

test("first in, first out sells the oldest purchases, average cost a share of all", () => {
  const average = new AverageCost();
  const fifo = new FifoLots();
  for (const basis of [average, fifo]) {
    basis.trade(10, 100n);
    basis.trade(10, 200n);
    basis.trade(-10, 300n);
  }
  expect([fifo.realizedUnits, fifo.costUnits]).toEqual([2_000n, 2_000n]);
  expect([average.realizedUnits, average.costUnits]).toEqual([1_500n, 1_500n]);
});

test("a sale that is larger than the position turns it around at the price of the sale", () => {
  for (const basis of [new AverageCost(), new FifoLots()]) {
    basis.trade(3, 100n);
    basis.trade(-5, 110n);
    expect([basis.lots, basis.realizedUnits, basis.costUnits]).toEqual([-2, 30n, 220n]);
  }
});

test("at the limit of parts the newest are counted as one, and no unit is lost", () => {
  const fifo = new FifoLots();
  for (let count = 0; count < FIFO_PARTS_MAX + 5; count++) fifo.trade(1, BigInt(count + 1));
  expect(fifo.parts).toBe(FIFO_PARTS_MAX);
  fifo.trade(-(FIFO_PARTS_MAX + 5), 1n);
  const paid = (BigInt(FIFO_PARTS_MAX + 5) * BigInt(FIFO_PARTS_MAX + 6)) / 2n;
  expect([fifo.lots, fifo.parts, fifo.realizedUnits]).toEqual([0, 0, BigInt(FIFO_PARTS_MAX + 5) - paid]);
});
