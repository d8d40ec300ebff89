import { assert } from "../core/assert.ts";
import { RecordRing } from "../core/record-ring.ts";
import type { AdmitTriggered, BookRules, OrderBook, OrderView } from "../market/order-book.ts";
import { CommandWord } from "../model/command.ts";
import { FlagBits, OrderType, orderTypeOf, sideOf } from "../model/order-flags.ts";
import { SetPhaseWord, TradingPhase } from "../model/phase.ts";
import { Reason } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { Side } from "../model/side.ts";
import type { Clearing } from "../market/book/clearing-price.ts";
import type { PhaseChange } from "../market/book/report-writer.ts";
import { NaiveCall } from "./naive-call.ts";
import type { NaiveSubmission } from "./naive-checks.ts";
import {
  expiryOf,
  isInPriceLimits,
  isOwner,
  isOutsideBand,
  isPostOnly,
  problemOfNotional,
  problemOfReplace,
  problemOfSubmission,
  slides,
} from "./naive-checks.ts";
import { NaiveMatching } from "./naive-matching.ts";
import type { NaiveOrder } from "./naive-order.ts";
import {
  byAcceptance,
  byExpiry,
  isPriced,
  isReduceOnly,
  isStop,
  reaches,
  viewOf,
  isBarredFromCalls,
  limitFlags,
} from "./naive-order.ts";
import { NaiveQueues } from "./naive-queues.ts";
import { NaiveReports } from "./naive-reports.ts";

/**
 * The naive twin of the fast book: sorted arrays of plain objects, written straight from docs/matching.md. It is slow
 * and it is meant to be read; every test of the fast book compares with it.
 */
export class NaiveBook implements OrderBook {
  readonly rules: BookRules;
  readonly reports = new RecordRing();
  readonly deltas = new RecordRing();
  admitTriggered: AdmitTriggered | undefined;
  readonly #queues: NaiveQueues;
  readonly #reports: NaiveReports;
  readonly #matching: NaiveMatching;
  readonly #call: NaiveCall;
  #accepted = 0;

  constructor(rules: BookRules) {
    this.rules = rules;
    this.#queues = new NaiveQueues(this.deltas, rules);
    this.#reports = new NaiveReports(this.reports, rules.instrument);
    this.#matching = new NaiveMatching(rules, this.#queues, this.#reports);
    this.#call = new NaiveCall(this.#queues, this.#reports, this.#matching);
  }

  apply(words: Int32Array, doubles: Float64Array, at: number, nowNs: number): void {
    this.expire(nowNs);
    const kind = words[at + CommandWord.kind];
    const owner = words[at + CommandWord.owner];
    const orderId = words[at + CommandWord.orderId];
    switch (kind) {
      case RecordKind.submitOrder:
        this.#submit(readSubmission(words, doubles, at), nowNs);
        this.#runTriggeredStops();
        break;
      case RecordKind.replaceOrder: {
        const [priceTicks, qtyLots] = [words[at + CommandWord.priceTicks], words[at + CommandWord.qtyLots]];
        this.#replace({ kind, owner, orderId, priceTicks, qtyLots });
        this.#runTriggeredStops();
        break;
      }
      case RecordKind.setPhase:
        this.#call.enter(phaseOf(words[at + SetPhaseWord.phase]), {
          reason: words[at + SetPhaseWord.reason],
          untilNs: doubles[(at + SetPhaseWord.untilNs) >> 1],
        });
        this.#runTriggeredStops({ afterCall: true });
        break;
      case RecordKind.cancelOrder:
        this.#cancel({ kind, owner, orderId });
        break;
      case RecordKind.cancelAllOrders:
        this.#cancelAll(owner, Reason.canceledByOwner);
        break;
      case RecordKind.massCancel:
        this.#cancelAll(owner, Reason.canceledByVenue);
        break;
      case RecordKind.disconnect:
        this.#cancelAll(owner, Reason.canceledOnDisconnect);
        break;
      default:
        assert(false, () => `no command has the kind ${kind}`);
    }
  }

  get phase(): TradingPhase {
    return this.#call.phase;
  }

  get phaseChange(): PhaseChange {
    return this.#call.change;
  }

  indication(): Clearing {
    return this.#call.indication();
  }

  expire(nowNs: number): void {
    assert(nowNs < Infinity, "the time is finite");
    const due = this.#queues.live().filter(({ expireTimeNs }) => expireTimeNs !== 0 && expireTimeNs <= nowNs);
    for (const order of due.sort(byExpiry)) {
      this.#queues.takeOut(order);
      this.#reports.expired(order);
    }
  }

  get nextExpiryNs(): number {
    const times = this.#queues.live().map(({ expireTimeNs }) => expireTimeNs);
    return Math.min(...times.filter((time) => time !== 0));
  }

  setPosition(owner: number, lots: number): void {
    assert(isOwner(owner), "an owner is a number from 0 to 2^22 - 1");
    this.#matching.positions.set(owner, lots);
  }

  position(owner: number): number {
    return this.#matching.positions.get(owner) ?? 0;
  }

  bestPriceTicks(side: Side): number {
    return this.#queues.visible(side).at(0)?.priceTicks ?? 0;
  }

  levelLots(side: Side, priceTicks: number): number {
    return this.#queues.levelLots(side, priceTicks);
  }

  levelOrders(side: Side, priceTicks: number): number {
    return this.#queues.visibleAt(side, priceTicks).length;
  }

  nextPriceTicks(side: Side, priceTicks: number): number {
    const isBehind = (order: NaiveOrder): boolean =>
      side === Side.buy ? order.priceTicks < priceTicks : order.priceTicks > priceTicks;
    return this.#queues.visible(side).find(isBehind)?.priceTicks ?? 0;
  }

  get lastPriceTicks(): number {
    return this.#matching.lastPriceTicks;
  }

  get tradeCount(): number {
    return this.#matching.tradeCount;
  }

  get orderCount(): number {
    return this.#queues.live().length;
  }

  find(owner: number, orderId: number): OrderView | undefined {
    const order = this.#queues.named(owner, orderId);
    return order === undefined ? undefined : viewOf(order);
  }

  orders(): OrderView[] {
    return this.#queues.live().map(viewOf);
  }

  #submit(submission: NaiveSubmission, nowNs: number): void {
    const { flags } = submission;
    const askedTicks = isPriced(flags) ? submission.priceTicks : 0;
    const problem = problemOfSubmission(submission, {
      rules: this.rules,
      nowNs,
      lastPriceTicks: this.lastPriceTicks,
      orderCount: this.orderCount,
      phase: this.phase,
      marketLimit: (marketFlags) => this.#matching.marketLimit(marketFlags),
      isLive: (owner, orderId) => this.#queues.named(owner, orderId) !== undefined,
      position: (owner) => this.position(owner),
    });
    if (problem !== Reason.none) return this.#reports.rejected(submission, askedTicks, problem);
    const isCall = this.phase === TradingPhase.auction;
    const isPricedHere = isCall && orderTypeOf(flags) === OrderType.market;
    const priceTicks = isPricedHere ? this.#matching.marketLimit(flags) : this.#postOnlyPrice(flags, askedTicks);
    if (priceTicks === undefined) return this.#reports.rejected(submission, askedTicks, Reason.postOnlyWouldTrade);

    const order: NaiveOrder = {
      owner: submission.owner,
      orderId: submission.orderId,
      venueOrderId: this.#accepted++,
      flags: isCall ? limitFlags(flags) : flags,
      priceTicks,
      triggerTicks: isStop(flags) ? submission.triggerTicks : 0,
      leavesLots: submission.qtyLots,
      visibleLots: 0,
      displayLots: submission.displayLots,
      filledLots: 0,
      expireTimeNs: expiryOf(submission, this.rules),
      arrival: 0,
      isHeld: false,
    };
    const slid = priceTicks === askedTicks ? Reason.none : Reason.postOnlySlid;
    this.#reports.accepted(order, isPricedHere ? Reason.marketPriced : slid);
    if (isStop(flags)) this.#queues.wait(order);
    else this.#enter(order);
  }

  /** An order meets the other side, or waits for the end of the call. */
  #enter(order: NaiveOrder): void {
    if (this.phase === TradingPhase.auction) this.#call.hold(order);
    else this.#matching.execute(order);
  }

  /** The price under which an order comes in; undefined when post-only forbids it. */
  #postOnlyPrice(flags: number, priceTicks: number): number | undefined {
    const side = sideOf(flags);
    const best = this.#queues.resting[1 - side].at(0);
    if (this.phase === TradingPhase.auction) return priceTicks;
    if (!isPostOnly(flags) || best === undefined || !reaches(side, priceTicks, best.priceTicks)) return priceTicks;
    const slidTicks = side === Side.buy ? best.priceTicks - 1 : best.priceTicks + 1;
    return slides(flags) && isInPriceLimits(slidTicks, this.rules) ? slidTicks : undefined;
  }

  #cancel(request: { kind: number; owner: number; orderId: number }): void {
    const order = this.#queues.named(request.owner, request.orderId);
    if (order === undefined) return this.#reports.requestRejected(request, Reason.unknownOrder);
    this.#cancelWhole(order, Reason.canceledByOwner);
  }

  #cancelAll(owner: number, reason: number): void {
    const owned = this.#queues.live().filter((order) => order.owner === owner);
    for (const order of owned.sort(byAcceptance)) this.#cancelWhole(order, reason);
  }

  #cancelWhole(order: NaiveOrder, reason: number): void {
    this.#queues.takeOut(order);
    this.#reports.canceled(order, order.leavesLots, reason);
  }

  #replace(request: { kind: number; owner: number; orderId: number; priceTicks: number; qtyLots: number }): void {
    const order = this.#queues.named(request.owner, request.orderId);
    if (order === undefined) return this.#reports.requestRejected(request, Reason.unknownOrder);
    if (this.phase === TradingPhase.halted) return this.#reports.requestRejected(request, Reason.halted);
    if (this.phase === TradingPhase.closed) return this.#reports.requestRejected(request, Reason.marketClosed);
    const { flags, displayLots, priceTicks: previous, leavesLots: previousLeavesLots } = order;
    const { qtyLots } = request;
    const askedTicks = isPriced(flags) ? request.priceTicks : 0;
    const problem = problemOfReplace({ flags, displayLots, priceTicks: askedTicks, qtyLots }, this.rules);
    if (problem !== Reason.none) return this.#reports.requestRejected(request, problem);

    const leavesLots = qtyLots - order.filledLots;
    if (leavesLots <= 0) return this.#cancelWhole(order, Reason.replacedAway);

    let priceTicks: number | undefined = askedTicks;
    if (!isStop(flags) && askedTicks !== previous) {
      if (isOutsideBand(askedTicks, this)) return this.#reports.requestRejected(request, Reason.priceBand);
      priceTicks = this.#postOnlyPrice(flags, askedTicks);
      if (priceTicks === undefined) return this.#reports.requestRejected(request, Reason.postOnlyWouldTrade);
    }
    const change = { qtyLots, previous, previousLeavesLots };
    if (isStop(flags) || (priceTicks === previous && leavesLots <= previousLeavesLots)) {
      order.priceTicks = priceTicks;
      order.leavesLots = leavesLots;
      this.#queues.shrink(order);
      this.#reports.replaced(order, { ...change, reason: Reason.keptPriority });
    } else {
      this.#queues.takeOut(order);
      order.priceTicks = priceTicks;
      order.leavesLots = leavesLots;
      this.#reports.replaced(order, { ...change, reason: Reason.lostPriority });
      this.#enter(order);
    }
  }

  /** Stops that come in during a call wait for its end, and none runs while trading is halted or over. */
  #runTriggeredStops({ afterCall } = { afterCall: false }): void {
    const { phase } = this;
    if (phase !== TradingPhase.continuous && !(afterCall && phase === TradingPhase.auction)) return;
    for (;;) {
      const lastTicks = this.lastPriceTicks;
      if (lastTicks === 0) return;
      const buyStop = this.#queues.waiting[Side.buy].at(0);
      const sellStop = this.#queues.waiting[Side.sell].at(0);
      if (buyStop !== undefined && buyStop.triggerTicks <= lastTicks) this.#runStop(buyStop);
      else if (sellStop !== undefined && sellStop.triggerTicks >= lastTicks) this.#runStop(sellStop);
      else return;
    }
  }

  #runStop(order: NaiveOrder): void {
    this.#queues.takeOut(order);
    const orderType = orderTypeOf(order.flags) === OrderType.stop ? OrderType.market : OrderType.limit;
    order.flags = (order.flags & ~(FlagBits.typeMask << FlagBits.typeShift)) | (orderType << FlagBits.typeShift);
    order.triggerTicks = 0;
    if (this.phase === TradingPhase.auction && orderType === OrderType.market && !isBarredFromCalls(order)) {
      order.priceTicks = this.#matching.marketLimit(order.flags);
      order.flags = limitFlags(order.flags);
    }
    this.#reports.triggered(order);
    const refusal = this.#refusalOfTriggered(order);
    if (refusal !== Reason.none) this.#reports.canceled(order, order.leavesLots, refusal);
    else this.#enter(order);
  }

  #refusalOfTriggered(order: NaiveOrder): number {
    if (isPriced(order.flags) && isOutsideBand(order.priceTicks, this)) return Reason.priceBand;
    if (this.phase === TradingPhase.auction) {
      if (isBarredFromCalls(order)) return Reason.notInAuction;
      const problem = problemOfNotional({ priceTicks: order.priceTicks, qtyLots: order.leavesLots }, this.rules);
      if (problem !== Reason.none) return problem;
    } else if (isReduceOnly(order) && this.#matching.reducibleLots(order) === 0) return Reason.reduceOnlyWouldIncrease;
    return this.admitTriggered?.(viewOf(order)) ?? Reason.none;
  }
}

function phaseOf(phase: number): TradingPhase {
  const known = Object.values(TradingPhase).find((candidate) => candidate === phase);
  assert(known !== undefined, () => `no phase has the number ${phase}`);
  return known;
}

function readSubmission(words: Int32Array, doubles: Float64Array, at: number): NaiveSubmission {
  return {
    owner: words[at + CommandWord.owner],
    orderId: words[at + CommandWord.orderId],
    flags: words[at + CommandWord.flags],
    priceTicks: words[at + CommandWord.priceTicks],
    qtyLots: words[at + CommandWord.qtyLots],
    displayLots: words[at + CommandWord.displayLots],
    triggerTicks: words[at + CommandWord.triggerTicks],
    expireTimeNs: doubles[(at + CommandWord.expireTimeNs) >> 1],
  };
}
