import { describe, expect, test } from "vitest";

import { Side } from "../../model/side.ts";
import { twoVenueListing } from "../../testing/desk/two-venue-listing.ts";
import type { VenueFill } from "../venue-fill.ts";
import type { ExpectedOrder } from "./known-orders.ts";
import { HOUSE, Portfolio } from "./portfolio.ts";
import { QUARANTINED_FILLS_MAX } from "./quarantine.ts";

const USD = 1;
const order: ExpectedOrder = { clientOrderId: "a", market: 0, subAccount: 1, side: Side.buy, qtyLots: 10 };

function fillOf(changes: Partial<VenueFill> = {}): VenueFill {
  return {
    market: 0,
    fillId: "f1",
    clientOrderId: "a",
    side: Side.buy,
    priceTicks: 100,
    qtyLots: 4,
    feeUnits: 3,
    feeAsset: USD,
    liquidity: "taker",
    venueTimeNs: 0,
    ...changes,
  };
}

function portfolioWith(...orders: readonly ExpectedOrder[]): Portfolio {
  const portfolio = new Portfolio({ listing: twoVenueListing(), subAccounts: ["maker", "taker"] });
  for (const each of orders) portfolio.expect(each);
  return portfolio;
}

describe("a fill", () => {
  test("is booked for who ordered it", () => {
    const portfolio = portfolioWith(order);
    expect(portfolio.bookFill(fillOf())).toEqual({ kind: "booked", subAccount: 1 });
    expect(portfolio.subAccounts.map((account) => account.positions[0].lots)).toEqual([0, 4, 0]);
    expect(portfolio.subAccounts[1].fees.of(USD)).toBe(3n);
    expect(portfolio.filledLots(0, "a")).toBe(4);
  });

  test("counts once, also when it comes again", () => {
    const portfolio = portfolioWith(order);
    portfolio.bookFill(fillOf());
    expect(portfolio.bookFill(fillOf())).toEqual({ kind: "duplicate" });
    expect(portfolio.positions[0].lots).toBe(4);
  });

  test.each([
    { what: "of an order nobody told of", fill: { clientOrderId: "x" }, reason: "unknownOrder" },
    { what: "of another side than was ordered", fill: { side: Side.sell }, reason: "notAsOrdered" },
    { what: "in another instrument than was ordered", fill: { market: 1 }, reason: "notAsOrdered" },
    { what: "of more than was ordered", fill: { qtyLots: 11 }, reason: "moreThanOrdered" },
    { what: "of an order of another venue", fill: { market: 2 }, reason: "unknownOrder" },
  ])("$what is kept apart", ({ fill, reason }) => {
    const portfolio = portfolioWith(order);
    expect(portfolio.bookFill(fillOf(fill))).toEqual({ kind: "quarantined", number: 1, reason });
    expect(portfolio.positions.map((position) => position.lots)).toEqual([0, 0, 0]);
    expect(portfolio.bookFill(fillOf(fill))).toEqual({ kind: "duplicate" });
  });

  test("that was kept apart is booked for who claims it, once", () => {
    const portfolio = portfolioWith();
    portfolio.bookFill(fillOf());
    expect(portfolio.claim(1, 2)).toBe(true);
    expect(portfolio.claim(1, 2)).toBe(false);
    expect(portfolio.subAccounts[2].positions[0].lots).toBe(4);
    expect(portfolio.quarantine.count).toBe(0);
  });

  test("is refused when the quarantine is full, and finds its place when there is room again", () => {
    const portfolio = portfolioWith();
    for (let number = 0; number < QUARANTINED_FILLS_MAX; number++) portfolio.bookFill(fillOf({ fillId: `f${number}` }));
    expect(portfolio.bookFill(fillOf({ fillId: "late" }))).toEqual({ kind: "refused" });
    portfolio.claim(1, HOUSE);
    expect(portfolio.bookFill(fillOf({ fillId: "late" }))).toMatchObject({ kind: "quarantined" });
  });

  test("of a forgotten order is one of an unknown order", () => {
    const portfolio = portfolioWith(order);
    portfolio.forget(0, "a");
    expect(portfolio.bookFill(fillOf())).toMatchObject({ reason: "unknownOrder" });
  });
});

test("two different orders under one client order id are a bug", () => {
  const portfolio = portfolioWith(order);
  portfolio.expect(order);
  expect(() => portfolio.expect({ ...order, qtyLots: 11 })).toThrow("two orders have the same client order id");
});

test("funding falls on who holds the position, to the last unit", () => {
  const portfolio = portfolioWith(order, { ...order, clientOrderId: "b", subAccount: 2, side: Side.sell });
  portfolio.bookFill(fillOf({ qtyLots: 9, feeUnits: 0 }));
  portfolio.bookFill(fillOf({ clientOrderId: "b", side: Side.sell, qtyLots: 2, feeUnits: 0 }));
  const before = portfolio.balances[0].of(USD);
  portfolio.fund(0, USD, -100n);
  expect(portfolio.subAccounts.map((account) => account.funding.of(USD))).toEqual([0n, -128n, 28n]);
  expect(portfolio.balances[0].of(USD) - before).toBe(-100n);
});
