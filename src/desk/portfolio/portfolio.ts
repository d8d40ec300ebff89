import { assert } from "../../core/assert.ts";
import type { Lots, Ticks } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import type { DeskListing } from "../listing.ts";
import type { VenueFill } from "../venue-fill.ts";
import { Balances } from "./balances.ts";
import type { ExpectedOrder, KnownOrder } from "./known-orders.ts";
import { KnownOrders } from "./known-orders.ts";
import { Position } from "./position.ts";
import type { QuarantineReason } from "./quarantine.ts";
import { FillQuarantine } from "./quarantine.ts";
import { shareOut } from "./share-out.ts";
import { SubAccount } from "./sub-account.ts";

/** Everything that is nobody else's is the house's: claims on its behalf, adjustments, what sharing leaves over. */
export const HOUSE = 0;

export type FillOutcome =
  | { readonly kind: "booked"; readonly subAccount: number }
  | { readonly kind: "duplicate" }
  | { readonly kind: "quarantined"; readonly number: number; readonly reason: QuarantineReason }
  /** The quarantine is full: nothing was booked, and the desk must halt. */
  | { readonly kind: "refused" };

export interface PortfolioOptions {
  readonly listing: DeskListing;
  /** Names of those who share the accounts; they get the numbers 1, 2, … in this order. */
  readonly subAccounts: readonly string[];
}

/**
 * The single owner of positions, cash and profit. It is fed by fills that match orders which it was told of before they
 * were sent; each counts once, whatever the venue repeats. Positions of the sub-accounts add up to the account's.
 */
export class Portfolio {
  readonly listing: DeskListing;
  readonly subAccounts: readonly SubAccount[];
  /** By market: what all sub-accounts hold together. */
  readonly positions: readonly Position[];
  /** By venue: what its balances should be. */
  readonly balances: readonly Balances[];
  /** By venue: fills that were booked and that no account of the venue's has shown yet, by `fillKey`. */
  readonly unconfirmed: readonly Map<string, VenueFill>[];
  readonly quarantine = new FillQuarantine();
  readonly #orders: readonly KnownOrders[];

  constructor({ listing, subAccounts }: PortfolioOptions) {
    this.listing = listing;
    const listed = listing.markets.map((market) => market.listed);
    this.subAccounts = ["house", ...subAccounts].map((name) => new SubAccount(name, listed));
    this.positions = listed.map((each) => new Position(each));
    this.balances = listing.venues.map(() => new Balances());
    this.unconfirmed = listing.venues.map(() => new Map());
    this.#orders = listing.venues.map(() => new KnownOrders());
  }

  /** Must be told of an order before it is sent: only then are its fills booked. */
  expect(order: ExpectedOrder): void {
    assert(order.subAccount in this.subAccounts, "an order belongs to one of the sub-accounts");
    this.#ordersOf(order.market).expect(order);
  }

  /** What the fills that were booked say of an order. */
  filledLots(market: number, clientOrderId: string): Lots {
    return this.#ordersOf(market).of(clientOrderId).filledLots;
  }

  /** Lets go of an order that is done and reconciled. A fill of it that comes after all is one of an unknown order. */
  forget(market: number, clientOrderId: string): void {
    this.#ordersOf(market).forget(clientOrderId);
  }

  /** Books a fill, or keeps it apart where it fits no order. */
  bookFill(fill: VenueFill): FillOutcome {
    const known = this.#ordersOf(fill.market).of(fill.clientOrderId);
    if (known.fillIds.has(fill.fillId)) return { kind: "duplicate" };
    const reason = whyNotBooked(known, fill);
    if (reason === undefined) {
      const { subAccount } = known.expected as ExpectedOrder;
      known.fillIds.add(fill.fillId);
      known.filledLots += fill.qtyLots;
      this.#book(fill, subAccount);
      return { kind: "booked", subAccount };
    }
    if (this.quarantine.isFull) return { kind: "refused" };
    known.fillIds.add(fill.fillId);
    return { kind: "quarantined", number: this.quarantine.add(fill, reason).number, reason };
  }

  /** Books a quarantined fill for a sub-account. @returns whether there was such a fill */
  claim(quarantined: number, subAccount: number): boolean {
    assert(subAccount in this.subAccounts, "a fill is claimed for one of the sub-accounts");
    const claimed = this.quarantine.take(quarantined);
    if (claimed === undefined) return false;
    this.#ordersOf(claimed.fill.market).of(claimed.fill.clientOrderId).filledLots += claimed.fill.qtyLots;
    this.#book(claimed.fill, subAccount);
    return true;
  }

  /** Books what a venue paid (negative: took) for holding a position, and shares it out among those who hold it. */
  fund(market: number, asset: number, units: bigint): void {
    const weights = this.subAccounts.map((account) => BigInt(account.positions[market].lots));
    for (const [number, share] of shareOut(units, weights).entries()) {
      this.subAccounts[number].funding.add(asset, share);
    }
    this.balances[this.listing.markets[market].venue].add(asset, units);
  }

  /** Takes over what the venue says of a position: the difference is the house's, at that price. */
  adjustPosition(market: number, lots: Lots, priceTicks: Ticks): void {
    const difference = lots - this.positions[market].lots;
    if (difference !== 0) this.#trade(market, HOUSE, difference, priceTicks);
  }

  #book(fill: VenueFill, subAccount: number): void {
    const { market, priceTicks, feeAsset } = fill;
    const lots = fill.side === Side.buy ? fill.qtyLots : 0 - fill.qtyLots;
    const fee = BigInt(fill.feeUnits);
    this.#trade(market, subAccount, lots, priceTicks);
    this.subAccounts[subAccount].fees.add(feeAsset, fee);
    const { venue, listed } = this.listing.markets[market];
    this.unconfirmed[venue].set(fillKey(fill), fill);
    this.balances[venue].trade(listed, lots, priceTicks);
    this.balances[venue].add(feeAsset, -fee);
  }

  #trade(market: number, subAccount: number, lots: Lots, priceTicks: Ticks): void {
    this.positions[market].trade(lots, priceTicks);
    this.subAccounts[subAccount].positions[market].trade(lots, priceTicks);
  }

  #ordersOf(market: number): KnownOrders {
    assert(market in this.listing.markets, "orders and fills are of one of the desk's markets");
    return this.#orders[this.listing.markets[market].venue];
  }
}

function whyNotBooked({ expected, filledLots }: KnownOrder, fill: VenueFill): QuarantineReason | undefined {
  if (expected === undefined) return "unknownOrder";
  if (expected.market !== fill.market || expected.side !== fill.side) return "notAsOrdered";
  return filledLots + fill.qtyLots > expected.qtyLots ? "moreThanOrdered" : undefined;
}

/** What tells a fill from every other one of its venue. */
export function fillKey({ clientOrderId, fillId }: VenueFill): string {
  return `${clientOrderId} ${fillId}`;
}
