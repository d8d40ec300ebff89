import type { RecordRing } from "../core/record-ring.ts";
import type { Units } from "../core/units.ts";
import type { Listed } from "../model/listing.ts";
import { FlagBits, OrderType } from "../model/order-flags.ts";
import { Reason } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { ReportWord, TradeWord } from "../model/report.ts";
import type { FeeSchedule } from "./fees.ts";
import { feeOf } from "./fees.ts";
import type { Ledger } from "./ledger.ts";
import { FEE_ACCOUNT } from "./ledger.ts";

const Report = { ...ReportWord };
const Trade = { ...TradeWord };
const Kind = { ...RecordKind };
const Flag = { ...FlagBits };
const TYPE_BITS = Flag.typeMask << Flag.typeShift;
const LIMIT_BITS = OrderType.limit << Flag.typeShift;
const REDUCE_ONLY_CUT = Reason.reduceOnlyWouldIncrease;
const FEES = FEE_ACCOUNT;

/**
 * Books what one instrument's reports say into the ledger, as the reports come. A priced order has set aside what it
 * could still cost: for a buy its notional and the higher fee rate on it, for a sell its lots. The amount follows from
 * price and leaves alone, so nothing is stored by order. Market orders set nothing aside, since they never rest.
 */
export class Settlement {
  readonly #ring: RecordRing;
  readonly #ledger: Ledger;
  readonly #baseAsset: number;
  readonly #quoteAsset: number;
  readonly #tickLotUnits: Units;
  readonly #lotUnits: Units;
  readonly #makerMillionths: number;
  readonly #takerMillionths: number;
  /** What a resting order's fee may come to: it may take first and rest then. */
  readonly #highestMillionths: number;
  /** Number of the next report to book. */
  #booked = 0;
  /** Limit price of the order that takes liquidity now; 0 for a market order. */
  #takerTicks = 0;
  /** Whether the next report, if it cancels, is about something that was never set aside. */
  #skipsCancel = false;

  constructor(options: { ring: RecordRing; ledger: Ledger; listed: Listed; fees: FeeSchedule }) {
    const { makerMillionths, takerMillionths } = options.fees;
    this.#ring = options.ring;
    this.#ledger = options.ledger;
    this.#baseAsset = options.listed.baseAsset;
    this.#quoteAsset = options.listed.quoteAsset;
    this.#tickLotUnits = options.listed.tickLotUnits;
    this.#lotUnits = options.listed.lotUnits;
    this.#makerMillionths = makerMillionths;
    this.#takerMillionths = takerMillionths;
    this.#highestMillionths = Math.max(makerMillionths, takerMillionths);
  }

  /** What a priced order sets aside, in the asset that it gives: a buy its notional and fee, a sell its lots. */
  reserveOf(isBuy: boolean, priceTicks: number, lots: number): Units {
    return isBuy ? this.#buyUnits(priceTicks * lots) : lots * this.#lotUnits;
  }

  /** What the owner may still use of the asset that an order of this side gives. */
  freeFor(isBuy: boolean, owner: number): Units {
    return this.#ledger.free(owner, isBuy ? this.#quoteAsset : this.#baseAsset);
  }

  /** Whether the owner can pay a market order that buys for that many tick-lots. */
  canTake(owner: number, tickLots: number): boolean {
    // A product or sum past 2^53 is rounded, but never down across it, and no free amount is that large.
    const notional = tickLots * this.#tickLotUnits;
    return this.freeFor(true, owner) >= notional + feeOf(notional, this.#takerMillionths);
  }

  /** Starts at the next report that the ring takes; before a command. */
  begin(): void {
    this.#booked = this.#ring.written;
    this.#skipsCancel = false;
  }

  /**
   * A stop order has triggered and goes to the market with `lots`, for which the owner has the funds.
   * @param leavesLots what the order wanted; a reduce-only order is cut down by its next report
   */
  admitTriggered(order: { flags: number; owner: number; priceTicks: number; leavesLots: number }, lots: number): void {
    this.#open(order.flags, order.owner, order.priceTicks, lots);
    this.#skipsCancel = lots < order.leavesLots;
  }

  /** Books the reports that have come since `begin` or the last call. */
  book(): void {
    const ring = this.#ring;
    const words = ring.words;
    const end = ring.written;
    for (let number = this.#booked; number !== end; number = (number + 1) | 0) {
      const at = ring.offsetOf(number);
      switch (words[at]) {
        case Kind.orderAccepted:
          this.#bookOpening(words, at, number);
          break;
        case Kind.orderTriggered:
          // Funds are looked at when it is admitted to the market; where it is refused, the next report cancels it.
          this.#takerTicks = 0;
          this.#skipsCancel = true;
          break;
        case Kind.trade:
          this.#bookTrade(words, at);
          break;
        case Kind.orderCanceled:
          if (this.#skipsCancel) this.#skipsCancel = false;
          else this.#bookRelease(words, at);
          break;
        case Kind.orderExpired:
          this.#bookRelease(words, at);
          break;
        case Kind.orderReplaced:
          this.#bookReplacement(words, at, number);
          break;
        default:
      }
    }
    this.#booked = end;
  }

  #bookOpening(words: Int32Array, at: number, number: number): void {
    const flags = words[at | Report.flags];
    const leaves = words[at | Report.leavesLots];
    const lots = (flags & Flag.reduceOnly) === 0 ? leaves : this.#lotsAfterCut(words, at, number);
    this.#skipsCancel = lots < leaves;
    this.#open(flags, words[at | Report.owner], words[at | Report.priceTicks], lots);
  }

  /** Sets aside what a limit order needs. A waiting stop order needs nothing yet, and a market order never does. */
  #open(flags: number, owner: number, price: number, lots: number): void {
    if ((flags & TYPE_BITS) !== LIMIT_BITS) {
      this.#takerTicks = 0;
      return;
    }
    this.#takerTicks = price;
    if ((flags & Flag.side) === 0) this.#ledger.reserve(owner, this.#quoteAsset, this.#buyUnits(price * lots));
    else this.#ledger.reserve(owner, this.#baseAsset, lots * this.#lotUnits);
  }

  /** What a reduce-only order goes to the market with: where it was larger than the position, its next report cuts it. */
  #lotsAfterCut(words: Int32Array, at: number, number: number): number {
    const next = (number + 1) | 0;
    const leaves = words[at | Report.leavesLots];
    if (next === this.#ring.written) return leaves;
    const cut = this.#ring.offsetOf(next);
    const isCut =
      words[cut] === Kind.orderCanceled &&
      words[cut | Report.reason] === REDUCE_ONLY_CUT &&
      words[cut | Report.owner] === words[at | Report.owner] &&
      words[cut | Report.orderId] === words[at | Report.orderId];
    return isCut ? words[cut | Report.leavesLots] : leaves;
  }

  #bookRelease(words: Int32Array, at: number): void {
    const flags = words[at | Report.flags];
    if ((flags & TYPE_BITS) !== LIMIT_BITS) return;
    const leaves = words[at | Report.leavesLots];
    const before = leaves + words[at | Report.qtyLots];
    this.#release(words[at | Report.owner], (flags & Flag.side) === 0, words[at | Report.priceTicks], before, leaves);
  }

  #bookReplacement(words: Int32Array, at: number, number: number): void {
    const flags = words[at | Report.flags];
    if ((flags & TYPE_BITS) !== LIMIT_BITS) return;
    const isBuy = (flags & Flag.side) === 0;
    this.#release(
      words[at | Report.owner],
      isBuy,
      words[at | Report.previous],
      words[at | Report.previousLeavesLots],
      0,
    );
    this.#bookOpening(words, at, number);
  }

  #bookTrade(words: Int32Array, at: number): void {
    const price = words[at | Trade.priceTicks];
    const qty = words[at | Trade.qtyLots];
    const taker = words[at | Trade.takerOwner];
    const maker = words[at | Trade.makerOwner];
    const takerBuys = (words[at | Trade.takerFlags] & Flag.side) === 0;
    const takerLeaves = words[at | Trade.takerLeavesLots];
    const makerLeaves = words[at | Trade.makerLeavesLots];
    const notional = price * qty * this.#tickLotUnits;
    const takerFee = feeOf(notional, this.#takerMillionths);
    const makerFee = feeOf(notional, this.#makerMillionths);
    const ledger = this.#ledger;
    if (this.#takerTicks !== 0) this.#release(taker, takerBuys, this.#takerTicks, takerLeaves + qty, takerLeaves);
    this.#release(maker, !takerBuys, price, makerLeaves + qty, makerLeaves);
    const buyer = takerBuys ? taker : maker;
    const seller = takerBuys ? maker : taker;
    ledger.transfer(buyer, seller, this.#quoteAsset, notional);
    ledger.transfer(seller, buyer, this.#baseAsset, qty * this.#lotUnits);
    if (takerFee !== 0) ledger.transfer(taker, FEES, this.#quoteAsset, takerFee);
    if (makerFee > 0) ledger.transfer(maker, FEES, this.#quoteAsset, makerFee);
    else if (makerFee < 0) ledger.transfer(FEES, maker, this.#quoteAsset, 0 - makerFee);
    const doubles = this.#ring.doubles;
    doubles[(at | Trade.takerFeeUnits) >> 1] = takerFee;
    doubles[(at | Trade.makerFeeUnits) >> 1] = makerFee;
  }

  /** Leaves fell from `before` to `after`: what was set aside for the difference is free again. */
  #release(owner: number, isBuy: boolean, price: number, before: number, after: number): void {
    if (isBuy)
      this.#ledger.release(owner, this.#quoteAsset, this.#buyUnits(price * before) - this.#buyUnits(price * after));
    else this.#ledger.release(owner, this.#baseAsset, (before - after) * this.#lotUnits);
  }

  #buyUnits(tickLots: number): Units {
    const notional = tickLots * this.#tickLotUnits;
    return notional + feeOf(notional, this.#highestMillionths);
  }
}
