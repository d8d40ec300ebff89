import type { RecordRing } from "../core/record-ring.ts";
import type { Lots, Nanos, Ticks } from "../core/units.ts";
import type { TradingPhase } from "../model/phase.ts";
import type { OwnerGroups } from "./owner-groups.ts";
import type { Side } from "../model/side.ts";
import type { Allocation } from "./book/auction-fills.ts";
import type { Clearing } from "./book/clearing-price.ts";
import type { PhaseChange } from "./book/report-writer.ts";

/** What a book must know of its instrument. Prices in ticks, quantities in lots, all int32. */
export interface BookRules {
  /** Index of the instrument at its venue; written into every report. */
  readonly instrument: number;
  readonly priceTicksMin: Ticks;
  readonly priceTicksMax: Ticks;
  readonly qtyLotsMin: Lots;
  readonly qtyLotsMax: Lots;
  /** Value of one tick times one lot in the quote currency's smallest unit; a positive integer. */
  readonly tickLotUnits: number;
  /** Least notional of a priced order, in the quote currency's smallest unit; 0 for none. */
  readonly notionalUnitsMin: number;
  /** How far a limit price may be from the reference price, in millionths of the reference; 0 for no band. */
  readonly bandMillionths: number;
  /** Reference price of the band before the first trade; 0 when there is none (then there is no band either). */
  readonly referencePriceTicks: Ticks;
  /** When DAY orders expire; undefined: never. */
  readonly sessionEndNs?: Nanos;
  /** Orders that may be in the book at once, stops included. */
  readonly ordersMax?: number;
  /** Whose orders self-trade prevention takes for each other's, beside those of one owner. */
  readonly groups?: OwnerGroups;
  /** How the orders of the last price that takes part in an auction share what is there; by time unless said otherwise. */
  readonly allocation?: Allocation;
  /** Whether changes of the public book are written to `deltas`; yes unless said otherwise. */
  readonly publishes?: "every change" | "nothing";
}

/** A live order, as `OrderBook.orders()` lists it. */
export interface OrderView {
  readonly owner: number;
  readonly orderId: number;
  readonly venueOrderId: number;
  /** Packed choices; a triggered stop order has become a market or limit order. */
  readonly flags: number;
  /** Limit price; 0 for a stop order (its remainder is never priced). */
  readonly priceTicks: Ticks;
  /** 0 unless the order waits for its trigger. */
  readonly triggerTicks: Ticks;
  /** What can still trade, shown or not. */
  readonly leavesLots: Lots;
  /** What the public book shows of it; 0 when hidden or waiting for its trigger. */
  readonly visibleLots: Lots;
  readonly displayLots: Lots;
  readonly filledLots: Lots;
  /** 0: never. */
  readonly expireTimeNs: Nanos;
}

/**
 * Asked when a stop order triggers: may it go to the market now? A venue with accounts checks funds here.
 * @returns a reason code: `Reason.none` lets it pass, any other cancels the order with that reason
 */
export type AdmitTriggered = (order: OrderView) => number;

/**
 * One instrument's book under price-time priority. docs/matching.md states every rule; in short:
 *
 * - Commands are 16-word records (model/command.ts); each appends its reports to `reports` and what changed in the
 *   public book to `deltas`, in the order in which it happened.
 * - Best price first; at one price visible orders before hidden ones; each in order of arrival.
 * - In a call (`phase`) nothing trades until the call ends, and all of it at one price then: docs/auctions.md.
 * - Stops that a trade has set off run after the command, buy stops first, each to its end before the next.
 */
export interface OrderBook {
  readonly rules: BookRules;
  /** Private reports (model/report.ts); the reader takes them. */
  readonly reports: RecordRing;
  /** Public changes (model/book-delta.ts); the reader takes them. */
  readonly deltas: RecordRing;
  admitTriggered: AdmitTriggered | undefined;

  /**
   * Executes the command at `words[at…at+15]` at time `nowNs`. Orders whose time has come expire first.
   * `doubles` is the same memory as float64.
   */
  apply(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void;
  /** Expires what is due at `nowNs`, by expiry time, then by venueOrderId. */
  expire(nowNs: Nanos): void;
  /** Earliest expiry of a live order; Infinity when there is none. */
  readonly nextExpiryNs: Nanos;

  /** Sets an owner's position before it trades; reduce-only orders look at it. */
  setPosition(owner: number, lots: number): void;
  position(owner: number): number;

  /** Price of the best visible order of a side; 0 when the side shows none. */
  bestPriceTicks(side: Side): Ticks;
  /** Visible lots at a price. */
  levelLots(side: Side, priceTicks: Ticks): number;
  /** Visible orders at a price. */
  levelOrders(side: Side, priceTicks: Ticks): number;
  /** Price of the next visible level behind `priceTicks`, away from the touch; 0 when there is none. */
  nextPriceTicks(side: Side, priceTicks: Ticks): Ticks;
  /** The last trade's price; 0 before the first. */
  readonly lastPriceTicks: Ticks;
  /** Live orders, stops included. */
  readonly orderCount: number;
  readonly tradeCount: number;

  /** What the instrument does with orders now; `setPhase` commands change it. */
  readonly phase: TradingPhase;
  /** How the phase was entered that holds. */
  readonly phaseChange: PhaseChange;
  /** What the call at hand would come to now; all 0 where there is none. The object may be the same each time. */
  indication(): Clearing;

  /** One order, or undefined. */
  find(owner: number, orderId: number): OrderView | undefined;
  /**
   * Every live order in order of execution: bids, asks (best price first; visible, then hidden), then waiting buy
   * stops (lowest trigger first) and sell stops (highest trigger first). For checks and displays, not for hot paths.
   */
  orders(): OrderView[];
}
