import { assert } from "../../core/assert.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits, OrderType, orderTypeOf } from "../../model/order-flags.ts";
import { TradingPhase } from "../../model/phase.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { AdmitTriggered, BookRules } from "../order-book.ts";
import type { Admission } from "./admission.ts";
import { checkNotional, expires, hasTooManyParts, isOutside, isPriced, isStop } from "./admission.ts";
import type { BookMemory } from "./book-memory.ts";
import { ExtraWord, OrderWord } from "./book-memory.ts";
import type { BookSide } from "./book-side.ts";
import type { Call } from "./call.ts";
import type { CallEntry } from "./call-entry.ts";
import type { LiveOrders } from "./live-orders.ts";
import type { Matcher } from "./matcher.ts";
import { viewOrder } from "./order-views.ts";
import { NO_KEY } from "./price-ladder.ts";
import type { ReportWriter } from "./report-writer.ts";
import type { TriggerQueue } from "./trigger-queue.ts";

const Command = { ...CommandWord };
const Order = { ...OrderWord };
const Extra = { ...ExtraWord };
const Flag = { ...FlagBits };
const Kind = { ...RecordKind };
const Why = { ...Reason };
const Type = { ...OrderType };
const CONTINUOUS = TradingPhase.continuous;

export interface OrderEntryParts {
  readonly rules: BookRules;
  readonly ordersMax: number;
  readonly admission: Admission;
  readonly memory: BookMemory;
  readonly live: LiveOrders;
  readonly bids: BookSide;
  readonly asks: BookSide;
  readonly buyStops: TriggerQueue;
  readonly sellStops: TriggerQueue;
  readonly matcher: Matcher;
  readonly out: ReportWriter;
  readonly call: Call;
  readonly callEntry: CallEntry;
}

/** Takes every command on orders the long way: new orders, replaces, cancels, and the stops that they set off. */
export class OrderEntry {
  admitTriggered: AdmitTriggered | undefined = undefined;
  declare private readonly rules: BookRules;
  declare private readonly ordersMax: number;
  declare private readonly admission: Admission;
  declare private readonly memory: BookMemory;
  declare private readonly live: LiveOrders;
  declare private readonly bids: BookSide;
  declare private readonly asks: BookSide;
  declare private readonly buyStops: TriggerQueue;
  declare private readonly sellStops: TriggerQueue;
  declare private readonly matcher: Matcher;
  declare private readonly out: ReportWriter;
  declare private readonly call: Call;
  declare private readonly callEntry: CallEntry;

  constructor(parts: OrderEntryParts) {
    this.rules = parts.rules;
    this.ordersMax = parts.ordersMax;
    this.admission = parts.admission;
    this.memory = parts.memory;
    this.live = parts.live;
    this.bids = parts.bids;
    this.asks = parts.asks;
    this.buyStops = parts.buyStops;
    this.sellStops = parts.sellStops;
    this.matcher = parts.matcher;
    this.out = parts.out;
    this.call = parts.call;
    this.callEntry = parts.callEntry;
  }

  submit(words: Int32Array, doubles: Float64Array, at: number, nowNs: number): void {
    const flags = words[at | Command.flags];
    const owner = words[at | Command.owner];
    const orderId = words[at | Command.orderId];
    let price = isPriced(flags) ? words[at | Command.priceTicks] : 0;
    let reason = this.admission.check(words, doubles, at, nowNs);
    if (reason === Why.none && this.live.owners.find(owner, orderId) !== 0) reason = Why.duplicateOrderId;
    if (reason === Why.none) reason = this.checkAgainstBook(flags, owner, price, words[at | Command.qtyLots]);
    let acceptance: number = Why.none;
    if (reason === Why.none && (flags & Flag.postOnly) !== 0) {
      const slid = this.postOnlyPrice(flags, price);
      if (slid === 0) reason = Why.postOnlyWouldTrade;
      else if (slid !== price) acceptance = Why.postOnlySlid;
      if (slid !== 0) price = slid;
    }
    if (reason !== Why.none) {
      this.out.refuse(words, at, reason);
      return;
    }
    this.live.admit(owner);
    const order = this.live.create(words, at, price);
    const displayLots = words[at | Command.displayLots];
    if (isStop(flags) || expires(flags) || displayLots !== 0) {
      const expireTimeNs = this.admission.expiryOf(flags, doubles[(at | Command.expireTimeNs) >> 1]);
      const triggerTicks = isStop(flags) ? words[at | Command.triggerTicks] : 0;
      this.live.addExtra(order, { triggerTicks, expireTimeNs, displayLots });
    }
    this.out.order(Kind.orderAccepted, order, words[at | Command.qtyLots], words[at | Command.qtyLots], acceptance);
    if (isStop(flags)) {
      this.live.remember(order);
      this.stops(flags).add(order);
      this.runStops();
      return;
    }
    const tradesBefore = this.out.trades;
    if (this.matcher.execute(order)) {
      this.live.remember(order);
      this.side(flags).rest(order);
    } else {
      this.live.discard(order);
    }
    if (this.out.trades !== tradesBefore) this.runStops();
  }

  cancel(words: Int32Array, at: number): void {
    const order = this.live.owners.find(words[at | Command.owner], words[at | Command.orderId]);
    if (order === 0) this.out.refuse(words, at, Why.unknownOrder);
    else this.cancelOrder(order, Why.canceledByOwner);
  }

  /** Cancels every order of an owner, oldest first. */
  cancelOwner(owner: number, reason: number): void {
    const { owners } = this.live;
    const orders = owners.collect(owner);
    for (let number = 0; number < orders; number++) this.cancelOrder(owners.collected(number), reason);
  }

  expire(nowNs: number): void {
    // At Infinity an empty heap, whose next time is Infinity too, would seem due for ever.
    assert(nowNs < Infinity, "the time is finite");
    while (this.live.expiries.nextNs <= nowNs) {
      const order = this.live.expiries.first;
      this.withdraw(order);
      this.out.order(Kind.orderExpired, order, this.leaves(order), 0, Why.none);
      this.live.forget(order);
    }
  }

  replace(words: Int32Array, at: number): void {
    const order = this.live.owners.find(words[at | Command.owner], words[at | Command.orderId]);
    const reason = order === 0 ? Why.unknownOrder : this.call.refusal || this.checkReplace(order, words, at);
    if (reason !== Why.none) {
      this.out.refuse(words, at, reason);
      return;
    }
    const memory = this.memory.words;
    const flags = memory[order | Order.flags];
    const qtyLots = words[at | Command.qtyLots];
    const leavesLots = qtyLots - memory[order | Order.filledLots];
    const previousLeavesLots = memory[order | Order.leavesLots];
    const previousTicks = memory[order | Order.priceTicks];
    if (leavesLots <= 0) {
      this.cancelOrder(order, Why.replacedAway);
      return;
    }
    let price = isPriced(flags) ? words[at | Command.priceTicks] : 0;
    if (isStop(flags)) {
      memory[order | Order.priceTicks] = price;
      memory[order | Order.leavesLots] = leavesLots;
      this.out.replaced(order, qtyLots, Why.keptPriority, previousTicks, previousLeavesLots);
      return;
    }
    const keepsPlace = price === previousTicks && leavesLots <= previousLeavesLots;
    if (!keepsPlace && price !== previousTicks && this.matcher.isOutsideBand(price)) {
      this.out.refuse(words, at, Why.priceBand);
      return;
    }
    if (!keepsPlace && (flags & Flag.postOnly) !== 0 && this.call.phase === CONTINUOUS) {
      price = this.postOnlyPrice(flags, price);
      if (price === 0) {
        this.out.refuse(words, at, Why.postOnlyWouldTrade);
        return;
      }
    }
    const side = this.side(flags);
    if (price === previousTicks && leavesLots <= previousLeavesLots) {
      side.reduce(order, leavesLots);
      this.out.replaced(order, qtyLots, Why.keptPriority, previousTicks, previousLeavesLots);
      return;
    }
    side.takeOut(order);
    memory[order | Order.priceTicks] = price;
    memory[order | Order.leavesLots] = leavesLots;
    this.out.replaced(order, qtyLots, Why.lostPriority, previousTicks, previousLeavesLots);
    if (this.call.phase !== CONTINUOUS) {
      this.live.held.remove(order);
      this.call.hold(order);
      return;
    }
    const tradesBefore = this.out.trades;
    if (this.matcher.execute(order)) side.rest(order);
    else this.live.forget(order);
    if (this.out.trades !== tradesBefore) this.runStops();
  }

  private checkAgainstBook(flags: number, owner: number, price: number, qty: number): number {
    if (this.live.count >= this.ordersMax) return Why.tooManyOrders;
    const type = orderTypeOf(flags);
    if (price !== 0) {
      const reason = checkNotional(this.rules, price, qty);
      if (reason !== Why.none) return reason;
      if (type === Type.limit && this.matcher.isOutsideBand(price)) return Why.priceBand;
    }
    if ((flags & Flag.reduceOnly) !== 0 && type < Type.stop && this.matcher.reducible(flags, owner) === 0) {
      return Why.reduceOnlyWouldIncrease;
    }
    return Why.none;
  }

  /** The price at which a post-only order may rest; 0 where it may not. */
  private postOnlyPrice(flags: number, price: number): number {
    const isBuy = (flags & Flag.side) === Side.buy;
    const opposite = isBuy ? this.asks : this.bids;
    const best = opposite.ladder.bestKey;
    if (best === NO_KEY || best > opposite.keyOf(price)) return price;
    if ((flags & Flag.slide) === 0) return 0;
    const slid = opposite.keyOf(best) + (isBuy ? -1 : 1);
    return isOutside(this.rules, slid) ? 0 : slid;
  }

  private checkReplace(order: number, words: Int32Array, at: number): number {
    const qty = words[at | Command.qtyLots];
    const memory = this.memory.words;
    const flags = memory[order | Order.flags];
    const extra = memory[order | Order.extra];
    if (qty < this.rules.qtyLotsMin || qty > this.rules.qtyLotsMax) return Why.invalidQty;
    if (extra !== 0 && hasTooManyParts(qty, memory[extra | Extra.displayLots])) return Why.invalidDisplayQty;
    if (!isPriced(flags)) return Why.none;
    const price = words[at | Command.priceTicks];
    return isOutside(this.rules, price) ? Why.invalidPrice : checkNotional(this.rules, price, qty);
  }

  /** Runs the stop orders that the last price has set off, until it sets off none. */
  runStops(): void {
    for (;;) {
      const last = this.matcher.lastPriceTicks;
      const order = this.buyStops.due(last) || this.sellStops.due(last);
      if (order === 0) return;
      const words = this.memory.words;
      const flags = words[order | Order.flags];
      const type = orderTypeOf(flags) === Type.stop ? Type.market : Type.limit;
      this.stops(flags).remove(order);
      words[words[order | Order.extra] | Extra.triggerTicks] = 0;
      words[order | Order.flags] = (flags & ~(Flag.typeMask << Flag.typeShift)) | (type << Flag.typeShift);
      const isCall = this.call.phase !== CONTINUOUS;
      if (isCall) this.callEntry.convertTriggered(order);
      this.out.order(Kind.orderTriggered, order, this.leaves(order), this.leaves(order), Why.none);
      const reason = this.checkTriggered(order);
      if (reason !== Why.none) {
        this.out.order(Kind.orderCanceled, order, this.leaves(order), 0, reason);
        this.live.forget(order);
      } else if (isCall) {
        this.call.hold(order);
      } else if (this.matcher.execute(order)) {
        this.side(flags).rest(order);
      } else {
        this.live.forget(order);
      }
    }
  }

  private checkTriggered(order: number): number {
    const words = this.memory.words;
    const flags = words[order | Order.flags];
    const price = words[order | Order.priceTicks];
    if (price !== 0 && this.matcher.isOutsideBand(price)) return Why.priceBand;
    if (this.call.phase !== CONTINUOUS) {
      const reason = this.callEntry.checkTriggered(order);
      if (reason !== Why.none) return reason;
    } else if ((flags & Flag.reduceOnly) !== 0 && this.matcher.reducible(flags, words[order | Order.owner]) === 0) {
      return Why.reduceOnlyWouldIncrease;
    }
    // An order that goes to the market now shows nothing yet.
    return this.admitTriggered === undefined
      ? Why.none
      : this.admitTriggered({ ...viewOrder(this.memory, order), visibleLots: 0 });
  }

  private cancelOrder(order: number, reason: number): void {
    this.withdraw(order);
    this.out.order(Kind.orderCanceled, order, this.leaves(order), 0, reason);
    this.live.forget(order);
  }

  /** Takes an order out of its queue of resting or of waiting orders. */
  private withdraw(order: number): void {
    const flags = this.memory.words[order | Order.flags];
    if (orderTypeOf(flags) >= Type.stop) this.stops(flags).remove(order);
    else this.side(flags).takeOut(order);
  }

  private leaves(order: number): number {
    return this.memory.words[order | Order.leavesLots];
  }

  private side(flags: number): BookSide {
    return (flags & Flag.side) === Side.buy ? this.bids : this.asks;
  }

  private stops(flags: number): TriggerQueue {
    return (flags & Flag.side) === Side.buy ? this.buyStops : this.sellStops;
  }
}
