import { assert } from "../core/assert.ts";
import type { RecordRing } from "../core/record-ring.ts";
import type { Clearing } from "../market/book/clearing-price.ts";
import { RecordKind } from "../model/record.ts";
import { PhaseChangedWord } from "../model/phase.ts";
import { AuctionLimitWord, IN_AUCTION, ReportWord, TradeWord } from "../model/report.ts";
import type { NaiveSubmission } from "./naive-checks.ts";
import type { NaiveOrder } from "./naive-order.ts";

/** Writes the private reports of a naive book. */
export class NaiveReports {
  readonly #ring: RecordRing;
  readonly #instrument: number;

  constructor(ring: RecordRing, instrument: number) {
    this.#ring = ring;
    this.#instrument = instrument;
  }

  accepted(order: NaiveOrder, reason: number): void {
    this.#order(RecordKind.orderAccepted, order, { qtyLots: order.leavesLots, reason });
  }

  triggered(order: NaiveOrder): void {
    this.#order(RecordKind.orderTriggered, order, { qtyLots: order.leavesLots });
  }

  /** Takes `qtyLots` out of the order and reports it. */
  canceled(order: NaiveOrder, qtyLots: number, reason: number): void {
    order.leavesLots -= qtyLots;
    this.#order(RecordKind.orderCanceled, order, { qtyLots, reason });
  }

  expired(order: NaiveOrder): void {
    const qtyLots = order.leavesLots;
    order.leavesLots = 0;
    this.#order(RecordKind.orderExpired, order, { qtyLots });
  }

  replaced(
    order: NaiveOrder,
    change: { qtyLots: number; reason: number; previous: number; previousLeavesLots: number },
  ): void {
    this.#order(RecordKind.orderReplaced, order, change);
  }

  rejected(submission: NaiveSubmission, priceTicks: number, reason: number): void {
    const { owner, orderId, flags, qtyLots } = submission;
    this.#append(ReportWord, {
      kind: RecordKind.orderRejected,
      owner,
      orderId,
      flags,
      priceTicks,
      qtyLots,
      venueOrderId: -1,
      reason,
    });
  }

  requestRejected(request: { kind: number; owner: number; orderId: number }, reason: number): void {
    const { kind: previous, owner, orderId } = request;
    this.#append(ReportWord, { kind: RecordKind.requestRejected, owner, orderId, venueOrderId: -1, reason, previous });
  }

  trade(taker: NaiveOrder, maker: NaiveOrder, match: { priceTicks: number; qtyLots: number; tradeId: number }): void {
    this.#append(TradeWord, {
      kind: RecordKind.trade,
      takerOwner: taker.owner,
      takerOrderId: taker.orderId,
      takerFlags: taker.flags,
      takerLeavesLots: taker.leavesLots,
      makerOwner: maker.owner,
      makerOrderId: maker.orderId,
      makerLeavesLots: maker.leavesLots,
      ...match,
    });
  }

  auctionTrade(
    buy: NaiveOrder,
    sell: NaiveOrder,
    match: { priceTicks: number; qtyLots: number; tradeId: number },
  ): void {
    this.trade(buy, sell, match);
    const at = this.#ring.offsetOf(this.#ring.written - 1);
    this.#ring.words[at + TradeWord.takerFlags] = buy.flags + IN_AUCTION;
    this.#ring.words[at + AuctionLimitWord.buyLimitTicks] = buy.priceTicks;
    this.#ring.words[at + AuctionLimitWord.sellLimitTicks] = sell.priceTicks;
  }

  phaseChanged(
    change: Clearing & { phase: number; previous: number; reason: number; untilNs: number; auctions: number },
  ): void {
    const { volumeLots, surplusLots, untilNs, ...words } = change;
    this.#append(PhaseChangedWord, { kind: RecordKind.phaseChanged, ...words });
    const at = this.#ring.offsetOf(this.#ring.written - 1);
    this.#ring.doubles[(at + PhaseChangedWord.volumeLots) >> 1] = volumeLots;
    this.#ring.doubles[(at + PhaseChangedWord.surplusLots) >> 1] = surplusLots;
    this.#ring.doubles[(at + PhaseChangedWord.untilNs) >> 1] = untilNs;
  }

  #order(
    kind: number,
    order: NaiveOrder,
    rest: { qtyLots: number; reason?: number; previous?: number; previousLeavesLots?: number },
  ): void {
    const { owner, orderId, venueOrderId, flags, priceTicks, leavesLots, filledLots } = order;
    this.#append(ReportWord, {
      kind,
      owner,
      orderId,
      venueOrderId,
      flags,
      priceTicks,
      leavesLots,
      filledLots,
      ...rest,
    });
  }

  /** Words that are not named are 0. */
  #append<Layout extends { readonly kind: 0; readonly instrument: 1 }>(
    layout: Layout,
    fields: Partial<Record<keyof Layout, number>>,
  ): void {
    const at = this.#ring.append();
    const { words } = this.#ring;
    words.fill(0, at, at + 16);
    const places: ReadonlyMap<string, number> = new Map(Object.entries(layout));
    for (const [name, value] of Object.entries({ ...fields, instrument: this.#instrument })) {
      const place = places.get(name);
      assert(place !== undefined, () => `a report has no word ${name}`);
      words[at + place] = value;
    }
  }
}
