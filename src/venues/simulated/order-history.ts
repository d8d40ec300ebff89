import type { Lots, Nanos, Ticks, Units } from "../../core/units.ts";
import { OrderState } from "../../model/account-query.ts";
import { sideOf } from "../../model/order-flags.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord, TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";

const Kind = { ...RecordKind };
/** Orders that are done, and fills, that a venue remembers of an account: the latest. */
export const DONE_ORDERS_MAX = 100_000;
export const FILLS_MAX = 100_000;
/** Ids of orders are int32, so an instrument and an id make one safe integer. */
const IDS = 2_147_483_648;

export interface RememberedOrder {
  readonly instrument: number;
  readonly orderId: number;
  readonly side: Side;
  priceTicks: Ticks;
  qtyLots: Lots;
  filledLots: Lots;
}

export interface RememberedFill {
  readonly instrument: number;
  readonly orderId: number;
  readonly side: Side;
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
  readonly isMaker: boolean;
  readonly tradeId: number;
  readonly feeUnits: Units;
  readonly timeNs: Nanos;
}

/**
 * What a venue remembers of one account beyond what its books hold: so that the owner can ask what became of an order
 * after all answers were lost. It follows the venue's reports.
 */
export class OrderHistory {
  readonly working = new Map<number, RememberedOrder>();
  readonly #account: number;
  readonly #done = new Map<number, RememberedOrder>();
  readonly #fills: RememberedFill[] = [];
  readonly #positions: Lots[];

  constructor(account: number, instruments: number) {
    this.#account = account;
    this.#positions = Array.from({ length: instruments }, () => 0);
  }

  position(instrument: number): Lots {
    return this.#positions[instrument];
  }

  fillsSince(timeNs: Nanos): readonly RememberedFill[] {
    return this.#fills.filter((fill) => fill.timeNs >= timeNs);
  }

  stateOf(instrument: number, orderId: number): { readonly state: OrderState; readonly filledLots: Lots } {
    const key = instrument * IDS + orderId;
    const working = this.working.get(key);
    if (working !== undefined) return { state: OrderState.working, filledLots: working.filledLots };
    const done = this.#done.get(key);
    return done === undefined
      ? { state: OrderState.notFound, filledLots: 0 }
      : { state: OrderState.done, filledLots: done.filledLots };
  }

  /** Takes note of a report of the venue's, whoever it concerns. */
  onReport(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    if (words[at] === Kind.trade) {
      this.#onTrade(words, doubles, at, nowNs, "taker");
      this.#onTrade(words, doubles, at, nowNs, "maker");
      return;
    }
    if (words[at + ReportWord.owner] !== this.#account) return;
    const instrument = words[at + ReportWord.instrument];
    const key = instrument * IDS + words[at + ReportWord.orderId];
    const order = this.working.get(key);
    switch (words[at]) {
      case Kind.orderAccepted:
        this.working.set(key, {
          instrument,
          orderId: words[at + ReportWord.orderId],
          side: sideOf(words[at + ReportWord.flags]),
          priceTicks: words[at + ReportWord.priceTicks],
          qtyLots: words[at + ReportWord.qtyLots],
          filledLots: 0,
        });
        break;
      case Kind.orderReplaced:
        if (order === undefined) break;
        order.priceTicks = words[at + ReportWord.priceTicks];
        order.qtyLots = words[at + ReportWord.qtyLots];
        break;
      case Kind.orderCanceled:
      case Kind.orderExpired:
        // A part may be taken out of an order that goes on.
        if (order !== undefined && words[at + ReportWord.leavesLots] === 0) this.#finish(key, order);
        break;
      default:
    }
  }

  #onTrade(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos, role: "taker" | "maker"): void {
    const isMaker = role === "maker";
    if (words[at + (isMaker ? TradeWord.makerOwner : TradeWord.takerOwner)] !== this.#account) return;
    const instrument = words[at + TradeWord.instrument];
    const orderId = words[at + (isMaker ? TradeWord.makerOrderId : TradeWord.takerOrderId)];
    const takerSide = sideOf(words[at + TradeWord.takerFlags]);
    const side = isMaker === (takerSide === Side.sell) ? Side.buy : Side.sell;
    const qtyLots = words[at + TradeWord.qtyLots];
    this.#positions[instrument] += side === Side.buy ? qtyLots : 0 - qtyLots;
    this.#fills.push({
      instrument,
      orderId,
      side,
      priceTicks: words[at + TradeWord.priceTicks],
      qtyLots,
      isMaker,
      tradeId: words[at + TradeWord.tradeId],
      feeUnits: doubles[(at + (isMaker ? TradeWord.makerFeeUnits : TradeWord.takerFeeUnits)) >> 1],
      timeNs: nowNs,
    });
    if (this.#fills.length > FILLS_MAX) this.#fills.splice(0, FILLS_MAX >> 1);
    const order = this.working.get(instrument * IDS + orderId);
    if (order === undefined) return;
    order.filledLots += qtyLots;
    const leaves = words[at + (isMaker ? TradeWord.makerLeavesLots : TradeWord.takerLeavesLots)];
    if (leaves === 0) this.#finish(instrument * IDS + orderId, order);
  }

  #finish(key: number, order: RememberedOrder): void {
    this.working.delete(key);
    this.#done.set(key, order);
    if (this.#done.size <= DONE_ORDERS_MAX) return;
    for (const oldest of this.#done.keys()) {
      this.#done.delete(oldest);
      break;
    }
  }
}
