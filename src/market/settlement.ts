import type { RecordRing } from "../core/record-ring.ts";
import type { Units } from "../core/units.ts";
import type { Listed } from "../model/listing.ts";
import { FlagBits, OrderType } from "../model/order-flags.ts";
import { Reason } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { AuctionLimitWord, IN_AUCTION, ReportWord, TradeWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import type { FeeSchedule } from "./fees.ts";
import { chargeOf, feeOf } from "./fees.ts";
import type { Ledger } from "./ledger.ts";
import { FEE_ACCOUNT } from "./ledger.ts";
import type { TradeFees } from "./trade-fees.ts";
import { worstRates } from "./trade-fees.ts";

// Plain constants of this module: V8 folds them into the code, but reads imported ones anew at each use.
const {
  owner: OWNER,
  orderId: ORDER_ID,
  flags: FLAGS,
  priceTicks: PRICE_TICKS,
  qtyLots: QTY_LOTS,
  leavesLots: LEAVES_LOTS,
  reason: REASON,
  previous: PREVIOUS,
  previousLeavesLots: PREVIOUS_LEAVES_LOTS,
} = ReportWord;
const {
  takerOwner: TAKER_OWNER,
  takerFlags: TAKER_FLAGS,
  takerLeavesLots: TAKER_LEAVES_LOTS,
  makerOwner: MAKER_OWNER,
  makerLeavesLots: MAKER_LEAVES_LOTS,
  takerFeeUnits: TAKER_FEE_UNITS,
  makerFeeUnits: MAKER_FEE_UNITS,
} = TradeWord;
const {
  orderAccepted: ACCEPTED,
  orderTriggered: TRIGGERED,
  trade: TRADE,
  orderCanceled: CANCELED,
  orderExpired: EXPIRED,
  orderReplaced: REPLACED,
} = RecordKind;
const { buyLimitTicks: BUY_LIMIT, sellLimitTicks: SELL_LIMIT } = AuctionLimitWord;
const AUCTION = IN_AUCTION;
const { side: SIDE, reduceOnly: REDUCE_ONLY } = FlagBits;
const { buy: BUY, sell: SELL } = Side;
const TYPE_BITS = FlagBits.typeMask << FlagBits.typeShift;
const LIMIT_BITS = OrderType.limit << FlagBits.typeShift;
const chargeWith = chargeOf;
const REDUCE_ONLY_CUT = Reason.reduceOnlyWouldIncrease;
const FEES = FEE_ACCOUNT;

/** Units of one lot: a buy's of the quote asset for each tick of the price, a sell's of the base asset. */
const UNITS_OF_LOT = 0;
/** Millionths of the notional that are set aside for fees. */
const RESERVED_FEE = 2;
const MAKER_FEE = 4;
const TAKER_FEE = 5;
/** Least fee of a lot that trades by itself: so many fills an order may have. */
const MINIMUM_FEE = 6;
const AUCTION_FEE = 8;
const TERMS = 9;

/**
 * Books what one instrument's reports say into the ledger, as the reports come. A priced order has set aside what it
 * could still cost: for a buy its notional and the higher fee rate on it, for a sell its lots. The amount follows from
 * price and leaves alone, so nothing is stored by order. Market orders set nothing aside, since they never rest.
 */
export class Settlement {
  declare private readonly ring: RecordRing;
  declare private readonly ledger: Ledger;
  /** What trades cost where one pair of rates does not say it all. */
  declare private readonly tradeFees: TradeFees | null;
  declare private readonly baseAsset: number;
  declare private readonly quoteAsset: number;
  /** Numbers by side, a buy's and a sell's: see the constants above. Float64, so that V8 never takes them for int32. */
  private readonly terms = new Float64Array(TERMS);
  /** Number of the next report to book. */
  private booked = 0;
  /** Limit price of the order that takes liquidity now; 0 for a market order. */
  private takerTicks = 0;
  /** Whether the next report, if it cancels, is about something that was never set aside. */
  private skipsCancel = false;

  constructor(options: {
    ring: RecordRing;
    ledger: Ledger;
    listed: Listed;
    fees: FeeSchedule;
    tradeFees: TradeFees | null;
  }) {
    const { fees, listed } = options;
    const worst = worstRates(fees);
    this.tradeFees = options.tradeFees;
    this.ring = options.ring;
    this.ledger = options.ledger;
    this.baseAsset = listed.baseAsset;
    this.quoteAsset = listed.quoteAsset;
    const { terms } = this;
    terms[UNITS_OF_LOT | BUY] = listed.tickLotUnits;
    terms[UNITS_OF_LOT | SELL] = listed.lotUnits;
    // A resting order may take first and rest then. A sell pays out of what it gets.
    terms[RESERVED_FEE | BUY] = Math.max(worst.makerMillionths, worst.takerMillionths);
    terms[RESERVED_FEE | SELL] = 0;
    terms[MAKER_FEE] = fees.makerMillionths;
    terms[TAKER_FEE] = worst.takerMillionths;
    terms[MINIMUM_FEE | BUY] = fees.minimumUnits ?? 0;
    terms[MINIMUM_FEE | SELL] = 0;
    // Two rebates for one trade would cost more than any fee brings in.
    terms[AUCTION_FEE] = Math.max(0, fees.makerMillionths);
  }

  /** What a priced order sets aside, in the asset that it gives: a buy its notional and fee, a sell its lots. */
  reserveOf(side: number, priceTicks: number, lots: number): Units {
    const { terms } = this;
    // No branch, because the side is what the processor cannot foresee: a sell's lots count once, a buy's price times.
    const times = (priceTicks & (side - 1)) | side;
    const units = lots * terms[UNITS_OF_LOT | side] * times;
    const fee = chargeWith(units, terms[RESERVED_FEE | side]);
    return units + (terms[MINIMUM_FEE | side] === 0 ? fee : this.withMinimum(units, fee, lots));
  }

  /**
   * The most that fees can come to where each trade has a least fee, and none is above its notional. An order of n lots
   * has at most n fills, and each costs at most the least fee more than its rate. Both bounds are at least additive in
   * the lots, so what a fill gives back covers its fee, however the fills fall.
   */
  private withMinimum(units: Units, fee: Units, lots: number): Units {
    return Math.min(units, fee + lots * this.terms[MINIMUM_FEE | BUY]);
  }

  /** What the owner may still use of the asset that an order of this side gives. */
  freeFor(side: number, owner: number): Units {
    return this.ledger.free(owner, this.assetOf(side));
  }

  /** Whether the owner can pay a market order that buys so many lots for that many tick-lots. */
  canTake(owner: number, tickLots: number, lots: number): boolean {
    // A product or sum past 2^53 is rounded, but never down across it, and no free amount is that large.
    const notional = tickLots * this.terms[UNITS_OF_LOT | BUY];
    const fee = feeOf(notional, this.terms[TAKER_FEE]);
    return this.freeFor(BUY, owner) >= notional + this.withMinimum(notional, fee, lots);
  }

  /** Starts at the next report that the ring takes; before a command. */
  begin(): void {
    this.booked = this.ring.written;
    this.skipsCancel = false;
  }

  /**
   * A stop order has triggered and goes to the market with `lots`, for which the owner has the funds.
   * @param leavesLots what the order wanted; a reduce-only order is cut down by its next report
   */
  admitTriggered(order: { flags: number; owner: number; priceTicks: number; leavesLots: number }, lots: number): void {
    this.open(order.flags, order.owner, order.priceTicks, lots);
    this.skipsCancel = lots < order.leavesLots;
  }

  /** Books the reports that have come since `begin` or the last call. */
  book(): void {
    const ring = this.ring;
    const words = ring.words;
    const end = ring.written;
    for (let number = this.booked; number !== end; number = (number + 1) | 0) {
      const at = ring.offsetOf(number);
      switch (words[at]) {
        case ACCEPTED:
          this.bookOpening(words, at, number);
          break;
        case TRIGGERED:
          // Funds are looked at when it is admitted to the market; where it is refused, the next report cancels it.
          this.takerTicks = 0;
          this.skipsCancel = true;
          break;
        case TRADE:
          this.bookTrade(words, at);
          break;
        case CANCELED:
          if (this.skipsCancel) this.skipsCancel = false;
          else this.bookRelease(words, at);
          break;
        case EXPIRED:
          this.bookRelease(words, at);
          break;
        case REPLACED:
          this.bookReplacement(words, at, number);
          break;
        default:
      }
    }
    this.booked = end;
  }

  private bookOpening(words: Int32Array, at: number, number: number): void {
    const flags = words[at | FLAGS];
    const leaves = words[at | LEAVES_LOTS];
    const lots = (flags & REDUCE_ONLY) === 0 ? leaves : this.lotsAfterCut(words, at, number);
    this.skipsCancel = lots < leaves;
    this.open(flags, words[at | OWNER], words[at | PRICE_TICKS], lots);
  }

  /** Sets aside what a limit order needs. A waiting stop order needs nothing yet, and a market order never does. */
  private open(flags: number, owner: number, price: number, lots: number): void {
    if ((flags & TYPE_BITS) !== LIMIT_BITS) {
      this.takerTicks = 0;
      return;
    }
    this.takerTicks = price;
    const side = flags & SIDE;
    this.ledger.reserve(owner, this.assetOf(side), this.reserveOf(side, price, lots));
  }

  /** What a reduce-only order goes to the market with: where it was larger than the position, its next report cuts it. */
  private lotsAfterCut(words: Int32Array, at: number, number: number): number {
    const next = (number + 1) | 0;
    const leaves = words[at | LEAVES_LOTS];
    if (next === this.ring.written) return leaves;
    const cut = this.ring.offsetOf(next);
    const isCut =
      words[cut] === CANCELED &&
      words[cut | REASON] === REDUCE_ONLY_CUT &&
      words[cut | OWNER] === words[at | OWNER] &&
      words[cut | ORDER_ID] === words[at | ORDER_ID];
    return isCut ? words[cut | LEAVES_LOTS] : leaves;
  }

  private bookRelease(words: Int32Array, at: number): void {
    const flags = words[at | FLAGS];
    if ((flags & TYPE_BITS) !== LIMIT_BITS) return;
    const leaves = words[at | LEAVES_LOTS];
    const before = leaves + words[at | QTY_LOTS];
    this.release(words[at | OWNER], flags & SIDE, words[at | PRICE_TICKS], before, leaves);
  }

  private bookReplacement(words: Int32Array, at: number, number: number): void {
    const flags = words[at | FLAGS];
    if ((flags & TYPE_BITS) !== LIMIT_BITS) return;
    this.release(words[at | OWNER], flags & SIDE, words[at | PREVIOUS], words[at | PREVIOUS_LEAVES_LOTS], 0);
    this.bookOpening(words, at, number);
  }

  private bookTrade(words: Int32Array, at: number): void {
    const { ledger, terms } = this;
    const price = words[at | PRICE_TICKS];
    const qty = words[at | QTY_LOTS];
    const taker = words[at | TAKER_OWNER];
    const maker = words[at | MAKER_OWNER];
    const takerFlags = words[at | TAKER_FLAGS];
    if ((takerFlags & AUCTION) !== 0) {
      this.bookAuctionTrade(words, at);
      return;
    }
    const takerSide = takerFlags & SIDE;
    const takerLeaves = words[at | TAKER_LEAVES_LOTS];
    const makerLeaves = words[at | MAKER_LEAVES_LOTS];
    const notional = qty * terms[UNITS_OF_LOT | BUY] * price;
    const { tradeFees } = this;
    if (tradeFees !== null) tradeFees.price(taker, maker, notional);
    const takerFee = tradeFees === null ? feeOf(notional, terms[TAKER_FEE]) : tradeFees.takerFeeUnits;
    const makerFee = tradeFees === null ? feeOf(notional, terms[MAKER_FEE]) : tradeFees.makerFeeUnits;
    if (this.takerTicks !== 0) this.release(taker, takerSide, this.takerTicks, takerLeaves + qty, takerLeaves);
    this.release(maker, takerSide ^ SIDE, price, makerLeaves + qty, makerLeaves);
    const buyer = takerSide === BUY ? taker : maker;
    const seller = takerSide === BUY ? maker : taker;
    ledger.transfer(buyer, seller, this.quoteAsset, notional);
    ledger.transfer(seller, buyer, this.baseAsset, qty * terms[UNITS_OF_LOT | SELL]);
    if (takerFee !== 0) ledger.transfer(taker, FEES, this.quoteAsset, takerFee);
    if (makerFee > 0) ledger.transfer(maker, FEES, this.quoteAsset, makerFee);
    else if (makerFee < 0) ledger.transfer(FEES, maker, this.quoteAsset, 0 - makerFee);
    const doubles = this.ring.doubles;
    doubles[(at | TAKER_FEE_UNITS) >> 1] = takerFee;
    doubles[(at | MAKER_FEE_UNITS) >> 1] = makerFee;
  }

  /** At the end of a call both orders have set aside what they would pay at their limits, and pay the same fee. */
  private bookAuctionTrade(words: Int32Array, at: number): void {
    const { ledger, terms } = this;
    const qty = words[at | QTY_LOTS];
    const buyer = words[at | TAKER_OWNER];
    const seller = words[at | MAKER_OWNER];
    const buyLeaves = words[at | TAKER_LEAVES_LOTS];
    const sellLeaves = words[at | MAKER_LEAVES_LOTS];
    const notional = qty * terms[UNITS_OF_LOT | BUY] * words[at | PRICE_TICKS];
    const { tradeFees } = this;
    if (tradeFees !== null) tradeFees.priceAuction(buyer, seller, notional);
    const buyFee = tradeFees === null ? feeOf(notional, terms[AUCTION_FEE]) : tradeFees.takerFeeUnits;
    const sellFee = tradeFees === null ? buyFee : tradeFees.makerFeeUnits;
    this.release(buyer, BUY, words[at | BUY_LIMIT], buyLeaves + qty, buyLeaves);
    this.release(seller, SELL, words[at | SELL_LIMIT], sellLeaves + qty, sellLeaves);
    ledger.transfer(buyer, seller, this.quoteAsset, notional);
    ledger.transfer(seller, buyer, this.baseAsset, qty * terms[UNITS_OF_LOT | SELL]);
    if (buyFee !== 0) ledger.transfer(buyer, FEES, this.quoteAsset, buyFee);
    if (sellFee !== 0) ledger.transfer(seller, FEES, this.quoteAsset, sellFee);
    const doubles = this.ring.doubles;
    doubles[(at | TAKER_FEE_UNITS) >> 1] = buyFee;
    doubles[(at | MAKER_FEE_UNITS) >> 1] = sellFee;
  }

  /** Leaves fell from `before` to `after`: what was set aside for the difference is free again. */
  private release(owner: number, side: number, price: number, before: number, after: number): void {
    const kept = after === 0 ? 0 : this.reserveOf(side, price, after);
    this.ledger.release(owner, this.assetOf(side), this.reserveOf(side, price, before) - kept);
  }

  /** What an order of a side gives: a buy the quote asset, a sell the base asset. */
  assetOf(side: number): number {
    return this.baseAsset ^ ((this.quoteAsset ^ this.baseAsset) & (side - 1));
  }
}
