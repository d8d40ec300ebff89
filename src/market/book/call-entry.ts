import { CommandWord } from "../../model/command.ts";
import { FlagBits, OrderType, TimeInForce, orderTypeOf, timeInForceOf } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import type { BookRules } from "../order-book.ts";
import type { Admission } from "./admission.ts";
import { checkNotional, isPriced, isStop } from "./admission.ts";
import type { BookMemory } from "./book-memory.ts";
import { OrderWord } from "./book-memory.ts";
import type { Call } from "./call.ts";
import type { LiveOrders } from "./live-orders.ts";
import type { Matcher } from "./matcher.ts";
import type { ReportWriter } from "./report-writer.ts";
import { Side } from "../../model/side.ts";
import type { TriggerQueue } from "./trigger-queue.ts";

const Command = { ...CommandWord };
const Order = { ...OrderWord };
const Why = { ...Reason };
const {
  timeInForceShift: TIME_SHIFT,
  timeInForceMask: TIME_MASK,
  typeShift: TYPE_SHIFT,
  typeMask: TYPE_MASK,
} = FlagBits;
const NOT_LIMIT_IOC = ~((TIME_MASK << TIME_SHIFT) | (TYPE_MASK << TYPE_SHIFT));

export interface CallEntryParts {
  readonly rules: BookRules;
  readonly ordersMax: number;
  readonly admission: Admission;
  readonly memory: BookMemory;
  readonly live: LiveOrders;
  readonly buyStops: TriggerQueue;
  readonly sellStops: TriggerQueue;
  readonly matcher: Matcher;
  readonly out: ReportWriter;
  readonly call: Call;
}

/** Takes new orders while orders do not trade as they come: in a call, and while trading is halted or over. */
export class CallEntry {
  declare private readonly parts: CallEntryParts;

  constructor(parts: CallEntryParts) {
    this.parts = parts;
  }

  submit(words: Int32Array, doubles: Float64Array, at: number, nowNs: number): void {
    const { admission, live, out, memory, call } = this.parts;
    const asked = words[at | Command.flags];
    const owner = words[at | Command.owner];
    const qty = words[at | Command.qtyLots];
    let reason: number = call.refusal;
    if (reason === Why.none) reason = admission.check(words, doubles, at, nowNs);
    if (reason === Why.none && live.owners.find(owner, words[at | Command.orderId]) !== 0)
      reason = Why.duplicateOrderId;
    const price = reason === Why.none ? this.priceOf(asked, words[at | Command.priceTicks]) : 0;
    if (reason === Why.none) reason = this.checkAgainstBook(asked, price, qty);
    if (reason !== Why.none) {
      out.refuse(words, at, reason);
      return;
    }
    live.admit(owner);
    const order = live.create(words, at, price);
    const isMarket = orderTypeOf(asked) === OrderType.market;
    if (isMarket) memory.words[order | Order.flags] = asLimit(asked);
    live.addExtra(order, {
      triggerTicks: isStop(asked) ? words[at | Command.triggerTicks] : 0,
      expireTimeNs: admission.expiryOf(asked, doubles[(at | Command.expireTimeNs) >> 1]),
      displayLots: words[at | Command.displayLots],
    });
    out.order(RecordKind.orderAccepted, order, qty, qty, isMarket ? Why.marketPriced : Why.none);
    live.remember(order);
    if (isStop(asked)) this.stops(asked).add(order);
    else call.hold(order);
  }

  /** Lets a stop order that has triggered into the call: a market order's price and flags are set. */
  convertTriggered(order: number): void {
    const { words } = this.parts.memory;
    const flags = words[order | Order.flags];
    if (orderTypeOf(flags) !== OrderType.market || refusesInCall(flags)) return;
    words[order | Order.priceTicks] = this.parts.matcher.marketLimit(flags);
    words[order | Order.flags] = asLimit(flags);
  }

  /** Why an order that has triggered cannot take part. */
  checkTriggered(order: number): number {
    const { memory, rules } = this.parts;
    const { words } = memory;
    if (refusesInCall(words[order | Order.flags])) return Why.notInAuction;
    return checkNotional(rules, words[order | Order.priceTicks], words[order | Order.leavesLots]);
  }

  private priceOf(flags: number, asked: number): number {
    if (orderTypeOf(flags) === OrderType.market) return this.parts.matcher.marketLimit(flags);
    return isPriced(flags) ? asked : 0;
  }

  private checkAgainstBook(flags: number, price: number, qty: number): number {
    const { live, ordersMax, rules, matcher } = this.parts;
    if (live.count >= ordersMax) return Why.tooManyOrders;
    if (price !== 0) {
      const reason = checkNotional(rules, price, qty);
      if (reason !== Why.none) return reason;
      if (!isStop(flags) && matcher.isOutsideBand(price)) return Why.priceBand;
    }
    return !isStop(flags) && refusesInCall(flags) ? Why.notInAuction : Why.none;
  }

  private stops(flags: number): TriggerQueue {
    return (flags & FlagBits.side) === Side.buy ? this.parts.buyStops : this.parts.sellStops;
  }
}

/** What such an order may trade depends on the price, which depends on what it trades. */
function refusesInCall(flags: number): boolean {
  return (flags & FlagBits.reduceOnly) !== 0 || timeInForceOf(flags) === TimeInForce.FOK;
}

/** A market order's flags in a call: a limit order's that is over when the call is. */
function asLimit(flags: number): number {
  return (flags & NOT_LIMIT_IOC) | (TimeInForce.IOC << TIME_SHIFT) | (OrderType.limit << TYPE_SHIFT);
}
