import type { Nanos } from "../core/units.ts";
import type { FeeSchedule } from "../market/fees.ts";
import type { Ledger } from "../market/ledger.ts";
import { EXTERNAL_ACCOUNT, FEE_ACCOUNT } from "../market/ledger.ts";
import type { Venue } from "../market/venue.ts";
import type { Listed } from "../model/listing.ts";
import { CollateralWord } from "../model/commitment.ts";
import { OrderType, orderTypeOf, sideOf } from "../model/order-flags.ts";
import { RecordKind } from "../model/record.ts";
import { ChargeWord, IN_AUCTION, ReportWord, TradeWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import { fail } from "./check-error.ts";
import { NaiveFees, worstFee } from "./naive-fees.ts";
import { waitingRecords } from "./stale-words.ts";

/** A live order, as far as money goes. */
interface FollowedOrder {
  readonly owner: number;
  readonly side: Side;
  /** Only limit orders in the book have set something aside: no market order, no waiting stop. */
  isPriced: boolean;
  priceTicks: bigint;
  leavesLots: bigint;
}

/** An instrument of a venue, and its live orders by owner and id. */
interface FollowedMarket {
  readonly listed: Listed;
  readonly fees: FeeSchedule;
  /** Those of a venue and quote asset share it: volume counts over all of them. */
  readonly naiveFees: NaiveFees;
  readonly orders: Map<string, FollowedOrder>;
}

/** Checks between two in which every account's reserves are counted anew, not only those of who had a report. */
const CHECKS_PER_FULL_COUNT = 64;

/**
 * Follows the money of venues that share a ledger, by their reports only, and proves after each command:
 *
 * - every balance in the ledger is what deposits and reported trades with their fees make it, and fees are exact;
 * - what is reserved for an account is what its live limit orders could cost, counted anew from price, leaves and rates;
 * - no account has used more than it has and may borrow, and all balances of an asset add up to 0.
 *
 * It shares no arithmetic with the ledger and the settlement: it counts in bigints, order by order.
 */
export class MoneyChecker {
  readonly #ledger: Ledger;
  readonly #markets = new Map<Venue, readonly FollowedMarket[]>();
  /** By account and asset; what is missing is 0. */
  readonly #balances = new Map<number, bigint>();
  readonly #credits = new Map<number, bigint>();
  /** By account and asset: what commits have set aside. */
  readonly #collateral = new Map<number, bigint>();
  readonly #touched = new Set<number>();
  #checks = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Follows a venue, which has no orders yet, from here on. */
  watch(venue: Venue, fees: FeeSchedule): void {
    const byAsset = new Map<number, NaiveFees>();
    const markets = venue.listed.map((listed) => {
      const naiveFees = byAsset.get(listed.quoteAsset) ?? new NaiveFees((a, b) => venue.groups.areOne(a, b));
      byAsset.set(listed.quoteAsset, naiveFees);
      return { listed, fees, naiveFees, orders: new Map<string, FollowedOrder>() };
    });
    this.#markets.set(venue, markets);
  }

  deposited(account: number, asset: number, units: number): void {
    this.#add(EXTERNAL_ACCOUNT, asset, -BigInt(units));
    this.#add(account, asset, BigInt(units));
  }

  paid({ from, to, asset, units }: { from: number; to: number; asset: number; units: number }): void {
    this.#add(from, asset, -BigInt(units));
    this.#add(to, asset, BigInt(units));
  }

  creditGranted(account: number, asset: number, units: number): void {
    const key = this.#key(account, asset);
    this.#credits.set(key, (this.#credits.get(key) ?? 0n) + BigInt(units));
  }

  /**
   * Reads the reports of one command, which wait in the venue's ring, and takes none.
   * @throws {BookCheckError} when something is wrong
   */
  check(venue: Venue, nowNs: Nanos): void {
    const markets = this.#markets.get(venue) ?? fail("nobody told the checker of this venue");
    this.#touched.clear();
    for (const at of waitingRecords(venue.reports)) {
      const market = markets[venue.reports.words[at + ReportWord.instrument]];
      if (market !== undefined) this.#take(market, venue.reports, at, nowNs);
      else if (!isRefusal(venue.reports.words[at])) fail("a report of an instrument that the venue does not list");
    }
    this.#checkBalances();
    const counted = this.#checks++ % CHECKS_PER_FULL_COUNT === 0 ? undefined : this.#touched;
    this.#checkReserves(counted);
  }

  #take(market: FollowedMarket, { words, doubles }: Records, at: number, nowNs: Nanos): void {
    const kind = words[at];
    if (kind === RecordKind.trade) return this.#trade(market, { words, doubles }, at, nowNs);
    if (isRefusal(kind) || kind === RecordKind.phaseChanged) return;
    if (kind === RecordKind.collateralLocked || kind === RecordKind.collateralReleased) {
      this.#setAside(market, { words, doubles }, at);
      return;
    }
    if (kind === RecordKind.charge) {
      this.#charge(market, { words, doubles }, at);
      return;
    }
    const owner = words[at + ReportWord.owner];
    const name = nameOf(owner, words[at + ReportWord.orderId]);
    const flags = words[at + ReportWord.flags];
    const isPriced = orderTypeOf(flags) === OrderType.limit;
    const priceTicks = BigInt(words[at + ReportWord.priceTicks]);
    const leavesLots = BigInt(words[at + ReportWord.leavesLots]);
    this.#touched.add(owner);
    if (kind === RecordKind.orderAccepted) {
      if (market.orders.has(name)) fail(`order ${name} was accepted twice`);
      market.orders.set(name, { owner, side: sideOf(flags), isPriced, priceTicks, leavesLots });
      return;
    }
    const order = market.orders.get(name) ?? fail(`a report on order ${name}, which is not live`);
    if (kind === RecordKind.orderCanceled || kind === RecordKind.orderExpired) {
      this.#shrink(market, name, order, BigInt(words[at + ReportWord.qtyLots]), leavesLots);
    } else if (kind === RecordKind.orderTriggered) {
      order.isPriced = isPriced;
      // In a call a triggered market order is given a price.
      order.priceTicks = priceTicks;
    } else if (kind === RecordKind.orderReplaced) {
      order.priceTicks = priceTicks;
      order.leavesLots = leavesLots;
    } else {
      fail(`no report has the kind ${kind}`);
    }
  }

  #trade(market: FollowedMarket, { words, doubles }: Records, at: number, nowNs: Nanos): void {
    const { listed, fees, naiveFees } = market;
    const qtyLots = BigInt(words[at + TradeWord.qtyLots]);
    const notional = BigInt(words[at + TradeWord.priceTicks]) * qtyLots * BigInt(listed.tickLotUnits);
    const [taker, maker] = [words[at + TradeWord.takerOwner], words[at + TradeWord.makerOwner]];
    const isAuction = (words[at + TradeWord.takerFlags] & IN_AUCTION) !== 0;
    const paid = naiveFees.price(fees, { taker, maker, notional, atNs: nowNs, isAuction });
    const parties = [
      {
        owner: taker,
        orderId: words[at + TradeWord.takerOrderId],
        leavesLots: words[at + TradeWord.takerLeavesLots],
        fee: paid.taker,
        feeReported: doubles[(at + TradeWord.takerFeeUnits) >> 1],
      },
      {
        owner: maker,
        orderId: words[at + TradeWord.makerOrderId],
        leavesLots: words[at + TradeWord.makerLeavesLots],
        fee: paid.maker,
        feeReported: doubles[(at + TradeWord.makerFeeUnits) >> 1],
      },
    ];
    for (const { owner, orderId, leavesLots, fee, feeReported } of parties) {
      const name = nameOf(owner, orderId);
      const order = market.orders.get(name) ?? fail(`a trade of order ${name}, which is not live`);
      const isBuy = order.side === Side.buy;
      this.#add(owner, listed.quoteAsset, (isBuy ? -notional : notional) - fee);
      this.#add(FEE_ACCOUNT, listed.quoteAsset, fee);
      this.#add(owner, listed.baseAsset, qtyLots * BigInt(listed.lotUnits) * (isBuy ? 1n : -1n));
      if (!Object.is(feeReported, Number(fee))) fail(`${name} is told a fee of ${feeReported}: expected ${fee}`);
      this.#touched.add(owner);
      this.#shrink(market, name, order, qtyLots, BigInt(leavesLots));
    }
  }

  /** Collateral of a commit is set aside, or given back. */
  #setAside({ listed }: FollowedMarket, { words, doubles }: Records, at: number): void {
    const units = doubles[(at + CollateralWord.units) >> 1];
    if (!(Number.isSafeInteger(units) && units >= 0)) fail(`a collateral of ${units}`);
    const owner = words[at + CollateralWord.owner];
    const key = this.#key(owner, listed.quoteAsset);
    const locked = words[at] === RecordKind.collateralLocked ? BigInt(units) : -BigInt(units);
    this.#collateral.set(key, (this.#collateral.get(key) ?? 0n) + locked);
    this.#touched.add(owner);
  }

  #charge({ listed }: FollowedMarket, { words, doubles }: Records, at: number): void {
    const units = doubles[(at + ChargeWord.units) >> 1];
    if (!(Number.isSafeInteger(units) && units > 0)) fail(`a charge of ${units}`);
    this.paid({ from: words[at + ChargeWord.owner], to: FEE_ACCOUNT, asset: listed.quoteAsset, units });
  }

  /** Part or all of an order is gone. */
  #shrink(market: FollowedMarket, name: string, order: FollowedOrder, lots: bigint, leavesReported: bigint): void {
    order.leavesLots -= lots;
    if (order.leavesLots !== leavesReported)
      fail(`${name} has ${order.leavesLots} left, and is told ${leavesReported}`);
    if (order.leavesLots === 0n) market.orders.delete(name);
  }

  #checkBalances(): void {
    const { accountCount, assets } = this.#ledger;
    for (let asset = 0; asset < assets; asset++) {
      let sum = 0n;
      for (let account = 0; account < accountCount; account++) {
        const found = BigInt(this.#ledger.balance(account, asset));
        const expected = this.#balances.get(this.#key(account, asset)) ?? 0n;
        if (found !== expected) fail(`account ${account} has ${found} of asset ${asset}: expected ${expected}`);
        sum += found;
      }
      if (sum !== 0n) fail(`all balances of asset ${asset} add up to ${sum}`);
    }
  }

  /** Compares what is reserved with what live orders could cost; of every owner when `owners` is undefined. */
  #checkReserves(owners: ReadonlySet<number> | undefined): void {
    const expected = new Map<number, bigint>();
    for (const markets of this.#markets.values()) {
      for (const { listed, fees, orders } of markets) {
        for (const order of orders.values()) {
          if (!order.isPriced || owners?.has(order.owner) === false) continue;
          const key = this.#key(order.owner, order.side === Side.buy ? listed.quoteAsset : listed.baseAsset);
          expected.set(key, (expected.get(key) ?? 0n) + couldCost(order, listed, fees));
        }
      }
    }
    for (const account of owners ?? Array(this.#ledger.accountCount).keys()) {
      if (account === EXTERNAL_ACCOUNT) continue;
      for (let asset = 0; asset < this.#ledger.assets; asset++) {
        const key = this.#key(account, asset);
        const found = BigInt(this.#ledger.reserved(account, asset));
        const reserved = (expected.get(key) ?? 0n) + (this.#collateral.get(key) ?? 0n);
        if (found !== reserved)
          fail(`account ${account} has ${found} of asset ${asset} reserved: expected ${reserved}`);
        const free = (this.#balances.get(key) ?? 0n) + (this.#credits.get(key) ?? 0n) - reserved;
        if (free < 0n) fail(`account ${account} is ${-free} of asset ${asset} below its limit`);
        if (BigInt(this.#ledger.free(account, asset)) !== free)
          fail(`account ${account} is told the wrong free amount`);
      }
    }
  }

  #add(account: number, asset: number, units: bigint): void {
    const key = this.#key(account, asset);
    this.#balances.set(key, (this.#balances.get(key) ?? 0n) + units);
  }

  #key(account: number, asset: number): number {
    return account * this.#ledger.assets + asset;
  }
}

interface Records {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
}

function isRefusal(kind: number): boolean {
  return kind === RecordKind.orderRejected || kind === RecordKind.requestRejected;
}

function nameOf(owner: number, orderId: number): string {
  return `${owner}:${orderId}`;
}

/** What an order must have set aside: a sell its lots, a buy its notional and the most that fees on it can come to. */
function couldCost({ side, priceTicks, leavesLots }: FollowedOrder, listed: Listed, fees: FeeSchedule): bigint {
  if (side === Side.sell) return leavesLots * BigInt(listed.lotUnits);
  const notional = priceTicks * leavesLots * BigInt(listed.tickLotUnits);
  return notional + worstFee(fees, notional, leavesLots);
}
