import fc from "fast-check";
import { expect, test } from "vitest";

import { Side } from "../../model/side.ts";
import { twoVenueListing } from "../../testing/desk/two-venue-listing.ts";
import type { VenueFill } from "../venue-fill.ts";
import { Portfolio } from "./portfolio.ts";

const MARKETS = 3;
const SUB_ACCOUNTS = ["maker", "taker"];
const MARKS = [60_000, 300_000, 60_010];

/** An order, how it is filled, and how often the venue tells of each fill. */
const order = fc.record({
  market: fc.nat({ max: MARKETS - 1 }),
  subAccount: fc.integer({ min: 0, max: SUB_ACCOUNTS.length }),
  side: fc.constantFrom(Side.buy, Side.sell),
  fills: fc.array(
    fc.record({
      qtyLots: fc.integer({ min: 1, max: 20 }),
      priceTicks: fc.integer({ min: 1, max: 500_000 }),
      feeUnits: fc.integer({ min: -50, max: 500 }),
      feeAsset: fc.nat({ max: 2 }),
      told: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 5 },
  ),
  /** Whether the portfolio hears of the order at all. */
  isExpected: fc.boolean(),
  claimedFor: fc.integer({ min: 0, max: SUB_ACCOUNTS.length }),
});

test("every fill counts once, for whom it belongs to, and sub-accounts add up to the account", () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (orders, shuffle) => {
      const portfolio = new Portfolio({ listing: twoVenueListing(), subAccounts: SUB_ACCOUNTS });
      const told: VenueFill[] = [];
      const owners = new Map<string, number>();
      for (const [place, { market, subAccount, side, fills, isExpected, claimedFor }] of orders.entries()) {
        const clientOrderId = `order-${place}`;
        const qtyLots = fills.reduce((sum, fill) => sum + fill.qtyLots, 0);
        if (isExpected && qtyLots > 0) portfolio.expect({ clientOrderId, market, subAccount, side, qtyLots });
        owners.set(clientOrderId, isExpected ? subAccount : claimedFor);
        for (const [number, { told: times, ...fill }] of fills.entries()) {
          const each = {
            ...fill,
            market,
            side,
            clientOrderId,
            fillId: `f${number}`,
            liquidity: "taker",
            venueTimeNs: 0,
          };
          for (let time = 0; time < times; time++) told.push(each as VenueFill);
        }
      }
      for (const fill of shuffled(told, shuffle)) portfolio.bookFill(fill);
      for (const { number, fill } of portfolio.quarantine.list()) {
        portfolio.claim(number, owners.get(fill.clientOrderId) ?? 0);
      }
      expectAsCountedAnew(portfolio, told, owners);
    }),
  );
});

/** Compares with the sums over all fills that differ, taken one by one. */
function expectAsCountedAnew(
  portfolio: Portfolio,
  told: readonly VenueFill[],
  owners: ReadonlyMap<string, number>,
): void {
  const fills = new Map(told.map((fill) => [`${fill.clientOrderId} ${fill.fillId}`, fill]));
  for (let market = 0; market < MARKETS; market++) {
    let total = 0;
    let profit = 0n;
    for (const [number, account] of portfolio.subAccounts.entries()) {
      const theirs = [...fills.values()].filter(
        (fill) => fill.market === market && owners.get(fill.clientOrderId) === number,
      );
      const lots = theirs.reduce((sum, fill) => sum + (fill.side === Side.buy ? fill.qtyLots : 0 - fill.qtyLots), 0);
      const position = account.positions[market];
      expect(position.lots).toBe(lots);
      expect(position.realizedUnits("fifo") + position.unrealizedUnits("fifo", MARKS[market])).toBe(
        position.realizedUnits("average") + position.unrealizedUnits("average", MARKS[market]),
      );
      total += lots;
      profit += position.profitUnits(MARKS[market]);
    }
    expect(portfolio.positions[market].lots).toBe(total);
    expect(portfolio.positions[market].profitUnits(MARKS[market])).toBe(profit);
  }
  expectBalances(portfolio, [...fills.values()]);
}

function expectBalances(portfolio: Portfolio, fills: readonly VenueFill[]): void {
  for (const venue of portfolio.listing.venues.keys()) {
    for (const asset of portfolio.listing.assets.assets.keys()) {
      let expected = 0n;
      for (const fill of fills) {
        const { venue: at, listed } = portfolio.listing.markets[fill.market];
        if (at !== venue) continue;
        const bought = BigInt(fill.side === Side.buy ? fill.qtyLots : 0 - fill.qtyLots);
        if (asset === listed.baseAsset) expected += bought * BigInt(listed.lotUnits);
        if (asset === listed.quoteAsset) expected -= bought * BigInt(fill.priceTicks) * BigInt(listed.tickLotUnits);
        if (asset === fill.feeAsset) expected -= BigInt(fill.feeUnits);
      }
      expect(portfolio.balances[venue].of(asset)).toBe(expected);
    }
  }
}

function shuffled<Item>(items: readonly Item[], draws: Iterable<number>): Item[] {
  const rest = [...items];
  const result: Item[] = [];
  for (const draw of draws) {
    if (rest.length === 0) break;
    result.push(...rest.splice(draw % rest.length, 1));
  }
  return result;
}
