import { expect, test } from "vitest";

import { NS_PER_MINUTE } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import { twoVenueListing } from "../../testing/desk/two-venue-listing.ts";
import type { VenueAccount } from "../venue-account.ts";
import type { VenueFill } from "../venue-fill.ts";
import { CAUTIOUS_POLICY } from "./mismatch.ts";
import { HOUSE, Portfolio } from "./portfolio.ts";
import type { Reconciliation, ReconcileOptions } from "./reconcile.ts";
import { reconcile } from "./reconcile.ts";

const BTC = 0;
const USD = 1;
const order = { clientOrderId: "a", market: 0, subAccount: 1, side: Side.buy, qtyLots: 10 };
const fill: VenueFill = {
  market: 0,
  fillId: "f1",
  clientOrderId: "a",
  side: Side.buy,
  priceTicks: 100,
  qtyLots: 4,
  feeUnits: 0,
  feeAsset: USD,
  liquidity: "maker",
  venueTimeNs: 0,
};
/** What ALPHA tells after that fill. */
const account: VenueAccount = {
  venue: 0,
  asOfNs: 0,
  fillsSinceNs: 0,
  orders: [{ market: 0, clientOrderId: "a", side: Side.buy, priceTicks: 100, qtyLots: 10, filledLots: 4 }],
  fills: [fill],
  positions: [{ market: 0, lots: 4, markTicks: 100 }],
  balances: [
    { asset: BTC, units: 4n },
    { asset: USD, units: -2_000n },
  ],
};

function filledPortfolio(): Portfolio {
  const portfolio = new Portfolio({ listing: twoVenueListing(), subAccounts: ["maker"] });
  portfolio.expect(order);
  portfolio.bookFill(fill);
  return portfolio;
}

function compare(changes: Partial<ReconcileOptions> = {}): Reconciliation {
  const working = [{ market: 0, clientOrderId: "a", qtyLots: 10 }];
  return reconcile({ portfolio: filledPortfolio(), account, working, policy: CAUTIOUS_POLICY, ...changes });
}

function kindsOf({ mismatches }: Reconciliation): string[] {
  return mismatches.map(({ mismatch, resolution }) => `${mismatch.kind} ${resolution}`);
}

test("where both say the same there is nothing to do", () => {
  const [usd] = [...filledPortfolio().balances[0]].filter(([asset]) => asset === USD);
  expect(usd[1]).toBe(account.balances?.[1].units);
  expect(compare()).toEqual({ venue: 0, mismatches: [], isStale: false, isHalted: false });
});

test("a fill that never came explains position and balance", () => {
  const portfolio = new Portfolio({ listing: twoVenueListing(), subAccounts: ["maker"] });
  portfolio.expect(order);
  expect(kindsOf(compare({ portfolio }))).toEqual(["fillMissed venueWins"]);
  expect(portfolio.subAccounts[1].positions[0].lots).toBe(4);
});

test("a fill of an unknown order halts, whatever the policy says", () => {
  const stray = { ...fill, clientOrderId: "stray" };
  const outcome = compare({ account: { ...account, fills: [fill, stray] } });
  expect(kindsOf(outcome)).toEqual(["fillMissed halt"]);
  expect(outcome.isHalted).toBe(true);
});

test("an order that rests at the venue and is not ours halts", () => {
  const stray = { ...account.orders[0], clientOrderId: "stray", filledLots: 0 };
  const outcome = compare({ account: { ...account, orders: [...account.orders, stray] } });
  expect(kindsOf(outcome)).toEqual(["orderNotOurs halt"]);
});

test("… or becomes the house's, where the venue is believed", () => {
  const stray = { ...account.orders[0], clientOrderId: "stray", filledLots: 0 };
  const portfolio = filledPortfolio();
  const policy = { ...CAUTIOUS_POLICY, orderNotOurs: "venueWins" } as const;
  compare({ portfolio, policy, account: { ...account, orders: [...account.orders, stray] } });
  expect(portfolio.bookFill({ ...fill, clientOrderId: "stray" })).toEqual({ kind: "booked", subAccount: HOUSE });
});

test("an order that is gone from the venue is closed", () => {
  expect(kindsOf(compare({ account: { ...account, orders: [] } }))).toEqual(["orderGone venueWins"]);
});

test("an order that is filled whole is not missed", () => {
  const portfolio = filledPortfolio();
  const rest = { ...fill, fillId: "f2", qtyLots: 6 };
  const positions = [{ market: 0, lots: 10, markTicks: 100 }];
  const all = { ...account, orders: [], fills: [fill, rest], positions, balances: undefined };
  expect(kindsOf(compare({ portfolio, account: all }))).toEqual(["fillMissed venueWins"]);
});

test("an order of which more is filled than there are fills halts", () => {
  const orders = [{ ...account.orders[0], filledLots: 5 }];
  expect(kindsOf(compare({ account: { ...account, orders } }))).toEqual(["filledDiffers halt"]);
});

test("a position that differs halts, or is taken over for the house at the venue's price", () => {
  const changed = { ...account, positions: [{ market: 0, lots: 1, markTicks: 130 }] };
  expect(kindsOf(compare({ account: changed }))).toEqual(["positionDiffers halt"]);
  const portfolio = filledPortfolio();
  const policy = { ...CAUTIOUS_POLICY, positionDiffers: "venueWins" } as const;
  expect(kindsOf(compare({ account: changed, portfolio, policy }))).toEqual(["positionDiffers venueWins"]);
  expect(portfolio.positions[0].lots).toBe(1);
  expect(portfolio.subAccounts[HOUSE].positions[0].lots).toBe(-3);
});

test("a position that the venue does not have, and tells no price of, halts in any case", () => {
  const policy = { ...CAUTIOUS_POLICY, positionDiffers: "venueWins" } as const;
  const portfolio = filledPortfolio();
  expect(kindsOf(compare({ account: { ...account, positions: [] }, portfolio, policy }))).toEqual([
    "positionDiffers halt",
  ]);
  expect(portfolio.positions[0].lots).toBe(4);
});

test("a balance that differs halts, or is taken over", () => {
  const changed = { ...account, balances: [{ asset: BTC, units: 4n }] };
  expect(kindsOf(compare({ account: changed }))).toEqual(["balanceDiffers halt"]);
  const portfolio = filledPortfolio();
  const policy = { ...CAUTIOUS_POLICY, balanceDiffers: "venueWins" } as const;
  compare({ account: changed, portfolio, policy });
  expect(portfolio.balances[0].of(USD)).toBe(0n);
});

test("an answer without a fill that we have says nothing of positions", () => {
  const portfolio = filledPortfolio();
  const second = { ...fill, fillId: "f2", qtyLots: 1 };
  portfolio.bookFill(second);
  expect(compare({ portfolio })).toMatchObject({ mismatches: [], isStale: true });
  const later = { ...account, fills: [second] };
  expect(compare({ portfolio, account: later })).toMatchObject({ isStale: false, isHalted: true });
});

test("a fill of ours that the venue never shows halts", () => {
  const late = { ...account, asOfNs: 2 * NS_PER_MINUTE, fills: [] };
  expect(kindsOf(compare({ account: late }))).toEqual(["fillNotAtVenue halt"]);
});
