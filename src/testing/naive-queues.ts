import type { BookRules } from "../market/order-book.ts";
import type { RecordRing } from "../core/record-ring.ts";
import { DeltaWord } from "../model/book-delta.ts";
import { sideOf } from "../model/order-flags.ts";
import { RecordKind } from "../model/record.ts";
import type { Side } from "../model/side.ts";
import type { NaiveOrder } from "./naive-order.ts";
import { byExecution, byTrigger, isHidden, isStop, shownLots } from "./naive-order.ts";

/** Every live order of a naive book, in sorted arrays. What these do to the public book is appended to `deltas`. */
export class NaiveQueues {
  /** Bids and asks, by side, each in order of execution. */
  readonly resting: readonly [NaiveOrder[], NaiveOrder[]] = [[], []];
  /** Stops that wait for their trigger, by side, the next to trigger first. */
  readonly waiting: readonly [NaiveOrder[], NaiveOrder[]] = [[], []];
  readonly #deltas: RecordRing;
  readonly #rules: BookRules;
  #arrivals = 0;
  #sequence = 0;

  constructor(deltas: RecordRing, rules: BookRules) {
    this.#deltas = deltas;
    this.#rules = rules;
  }

  live(): NaiveOrder[] {
    const [bids, asks] = this.resting;
    return bids.concat(asks, ...this.waiting);
  }

  named(owner: number, orderId: number): NaiveOrder | undefined {
    return this.live().find((order) => order.owner === owner && order.orderId === orderId);
  }

  visible(side: Side): NaiveOrder[] {
    return this.resting[side].filter(({ visibleLots }) => visibleLots > 0);
  }

  visibleAt(side: Side, priceTicks: number): NaiveOrder[] {
    return this.resting[side].filter((order) => order.priceTicks === priceTicks && order.visibleLots > 0);
  }

  levelLots(side: Side, priceTicks: number): number {
    return this.visibleAt(side, priceTicks).reduce((lots, { visibleLots }) => lots + visibleLots, 0);
  }

  /** Puts a stop order among those that wait. */
  wait(order: NaiveOrder): void {
    const side = sideOf(order.flags);
    this.waiting[side].push(order);
    this.waiting[side].sort(byTrigger(side));
  }

  /** Puts a priced order at the end of its queue. */
  rest(order: NaiveOrder): void {
    const side = sideOf(order.flags);
    order.arrival = this.#arrivals++;
    order.visibleLots = shownLots(order);
    this.resting[side].push(order);
    this.resting[side].sort(byExecution(side));
    if (order.visibleLots > 0) this.#append(RecordKind.orderAdded, order, order.visibleLots);
  }

  /** Removes a resting or waiting order. */
  takeOut(order: NaiveOrder): void {
    this.#drop(order);
    const shown = order.visibleLots;
    order.visibleLots = 0;
    if (shown > 0) this.#append(RecordKind.orderRemoved, order, shown);
  }

  /** Lets an order show no more than it has left; its place in the queue stays. */
  shrink(order: NaiveOrder): void {
    const lost = order.visibleLots - Math.min(order.visibleLots, order.leavesLots);
    order.visibleLots -= lost;
    if (lost > 0) this.#append(RecordKind.orderReduced, order, lost);
  }

  /** Takes a trade's quantity out of what a resting order shows; its leaves have been reduced already. */
  execute(maker: NaiveOrder, trade: { qtyLots: number; tradeId: number }): void {
    if (maker.leavesLots === 0) this.#drop(maker);
    if (isHidden(maker)) {
      this.#append(RecordKind.hiddenExecuted, maker, trade.qtyLots, trade.tradeId);
      return;
    }
    maker.visibleLots -= trade.qtyLots;
    this.#append(RecordKind.orderExecuted, maker, trade.qtyLots, trade.tradeId);
    if (maker.visibleLots === 0 && maker.leavesLots > 0) {
      // An iceberg shows its next part at the end of its queue.
      this.#drop(maker);
      this.rest(maker);
    }
  }

  /** Tells of a trade at the end of a call, of no order. */
  executeInAuction(trade: { priceTicks: number; qtyLots: number; tradeId: number }): void {
    const { priceTicks, qtyLots: changeLots, tradeId } = trade;
    this.#write({ kind: RecordKind.auctionExecuted, priceTicks, venueOrderId: -1, changeLots, tradeId });
  }

  phaseEntered(phase: number): void {
    this.#write({ kind: RecordKind.phaseEntered, venueOrderId: -1, visibleLots: phase, tradeId: -1 });
  }

  #drop(order: NaiveOrder): void {
    const side = sideOf(order.flags);
    const queue = isStop(order.flags) ? this.waiting[side] : this.resting[side];
    queue.splice(queue.indexOf(order), 1);
  }

  #append(kind: number, order: NaiveOrder, changeLots: number, tradeId = -1): void {
    const side = sideOf(order.flags);
    const { priceTicks, visibleLots } = order;
    this.#write({
      kind,
      side,
      priceTicks,
      venueOrderId: isHidden(order) ? -1 : order.venueOrderId,
      visibleLots,
      changeLots,
      levelOrders: this.visibleAt(side, priceTicks).length,
      levelLots: this.levelLots(side, priceTicks),
      tradeId,
    });
  }

  /** Writes a delta; what is not named is 0. */
  #write(fields: Partial<Record<keyof typeof DeltaWord, number>>): void {
    if (this.#rules.publishes === "nothing") return;
    const { instrument } = this.#rules;
    const at = this.#deltas.append();
    const { words, doubles } = this.#deltas;
    words.fill(0, at, at + 16);
    const { levelLots = 0, ...ints } = fields;
    const places: ReadonlyMap<string, number> = new Map(Object.entries(DeltaWord));
    for (const [name, value] of Object.entries({ ...ints, instrument })) words[at + (places.get(name) ?? 0)] = value;
    doubles[(at + DeltaWord.levelLots) >> 1] = levelLots;
    doubles[(at + DeltaWord.sequence) >> 1] = ++this.#sequence;
  }
}
