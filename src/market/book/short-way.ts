import { INT32_MAX } from "../../core/units.ts";
import type { RecordRing } from "../../core/record-ring.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits, SelfTradePrevention } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import type { BookRules } from "../order-book.ts";
import { checkNotional } from "./admission.ts";
import type { BookMemory } from "./book-memory.ts";
import { LevelWord, OrderWord, addLots, enqueue, removeLots, unlink } from "./book-memory.ts";
import type { BookSide } from "./book-side.ts";
import type { DeltaWriter } from "./delta-writer.ts";
import type { LiveOrders } from "./live-orders.ts";
import type { Matcher } from "./matcher.ts";
import type { OwnerTable } from "./owner-table.ts";
import { OwnerWord, slotOf } from "./owner-table.ts";
import { LadderWord, PAGE_HEAD } from "./price-ladder.ts";

// Local copies: V8 folds what its own module says into the code, but reads and checks imports anew at each use.
const Command = { ...CommandWord };
const Order = { ...OrderWord };
const Level = { ...LevelWord };
const Owner = { ...OwnerWord };
const Report = { ...ReportWord };
const Ladder = { ...LadderWord };
const SIDE = FlagBits.side;
const HIDDEN = FlagBits.hidden;
/** A flags word without these bits, and below this, is a plain limit order, good till canceled. */
const NOT_PLAIN = ~(FlagBits.side | (FlagBits.selfTradeMask << FlagBits.selfTradeShift));
const PLAIN_END = (SelfTradePrevention.decrement + 1) << FlagBits.selfTradeShift;
const KEY_TOP = INT32_MAX;
const ACCEPTED_MAX = INT32_MAX;
const PAGE_LEVELS_AT = PAGE_HEAD;
const slotAt = slotOf;
const append = enqueue;
const takeOut = unlink;
const add = addLots;
const subtract = removeLots;
const ACCEPTED = RecordKind.orderAccepted;
const CANCELED = RecordKind.orderCanceled;
const ADDED = RecordKind.orderAdded;
const REMOVED = RecordKind.orderRemoved;
const BY_OWNER = Reason.canceledByOwner;

export interface ShortWayParts {
  readonly rules: BookRules;
  readonly ordersMax: number;
  readonly memory: BookMemory;
  readonly live: LiveOrders;
  readonly bids: BookSide;
  readonly asks: BookSide;
  readonly matcher: Matcher;
  readonly reports: RecordRing;
  readonly deltas: DeltaWriter | undefined;
}

/**
 * What nine commands of ten come to: a plain limit order that has nothing to trade with rests, and such an order is
 * canceled. Each is one function, because every function opens the typed arrays anew and every step to another object
 * is a load. Nothing is called before all is written, because V8 keeps nothing in registers across a call. They do what
 * the long way (`OrderEntry`) would do, and leave to it whatever needs more memory.
 */
export class ShortWay {
  declare private readonly instrument: number;
  declare private readonly priceMin: number;
  declare private readonly priceMax: number;
  declare private readonly qtyMin: number;
  declare private readonly qtyMax: number;
  declare private readonly rules: BookRules;
  /** 0 where every price and quantity within these limits passes all other rules. */
  declare private readonly hasOtherRules: number;
  /** Orders that the book may hold and still takes this way: 0 while orders do not trade as they come. */
  ordersMax: number;
  declare private readonly memory: BookMemory;
  declare private readonly live: LiveOrders;
  declare private readonly owners: OwnerTable;
  declare private readonly bids: BookSide;
  declare private readonly asks: BookSide;
  declare private readonly matcher: Matcher;
  declare private readonly reports: RecordRing;
  declare private readonly deltas: DeltaWriter | undefined;

  constructor(parts: ShortWayParts) {
    const { rules } = parts;
    this.instrument = rules.instrument;
    this.priceMin = rules.priceTicksMin;
    this.priceMax = rules.priceTicksMax;
    this.qtyMin = rules.qtyLotsMin;
    this.qtyMax = rules.qtyLotsMax;
    this.rules = rules;
    const isFree =
      rules.bandMillionths === 0 &&
      checkNotional(rules, rules.priceTicksMin, rules.qtyLotsMin) === Reason.none &&
      checkNotional(rules, rules.priceTicksMax, rules.qtyLotsMax) === Reason.none;
    this.hasOtherRules = isFree ? 0 : 1;
    this.ordersMax = parts.ordersMax;
    this.memory = parts.memory;
    this.live = parts.live;
    this.owners = parts.live.owners;
    this.bids = parts.bids;
    this.asks = parts.asks;
    this.matcher = parts.matcher;
    this.reports = parts.reports;
    this.deltas = parts.deltas;
  }

  /** @returns false where the order must go the long way; nothing has happened then */
  rest(words: Int32Array, at: number): boolean {
    const flags = words[at | Command.flags];
    const price = words[at | Command.priceTicks];
    const qty = words[at | Command.qtyLots];
    if ((flags & NOT_PLAIN) !== 0 || flags >= PLAIN_END || words[at | Command.displayLots] !== 0) return false;
    if (price < this.priceMin || price > this.priceMax || qty < this.qtyMin || qty > this.qtyMax) return false;
    if (this.hasOtherRules !== 0 && this.breaksOtherRule(price, qty)) return false;

    const { memory: blocks, live, owners, reports } = this;
    const owner = words[at | Command.owner];
    const orderId = words[at | Command.orderId];
    const order = blocks.free;
    const count = live.count;
    const accepted = live.accepted;
    if (order === 0 || count >= this.ordersMax || accepted === ACCEPTED_MAX) return false;
    if (owner >>> 0 >= owners.size || reports.isFull) return false;
    const memory = blocks.words;
    const side = flags & SIDE;
    // Bids count down from the top: see PriceLadder.
    const key = price ^ (KEY_TOP & (side - 1));
    if (memory[32 >> side] <= (key ^ KEY_TOP)) return false;
    const ownerAt = (owners.base + (owner << 3)) | 0;
    const ownerOrders = memory[ownerAt | Owner.orders];
    if (ownerOrders >= memory[ownerAt | Owner.mask] >>> 1) return false;
    const middle = memory[(memory[(16 << side) | Ladder.top] + (key >>> 20)) | 0];
    const page = memory[(middle + ((key >>> 10) & 1023)) | 0];
    if (page === 0) return false;
    const slot = slotAt(memory, ownerAt, orderId);
    const chained = memory[slot];
    for (let other = chained; other !== 0; other = memory[other | Order.indexNext]) {
      if (memory[other | Order.orderId] === orderId) return false;
    }

    blocks.free = memory[order];
    live.count = count + 1;
    live.accepted = accepted + 1;
    memory[slot] = order;
    memory[ownerAt | Owner.orders] = ownerOrders + 1;
    memory[order | Order.leavesLots] = qty;
    memory[order | Order.owner] = owner;
    memory[order | Order.orderId] = orderId;
    memory[order | Order.flags] = flags;
    memory[order | Order.venueOrderId] = accepted;
    memory[order | Order.priceTicks] = price;
    memory[order | Order.indexNext] = chained;

    const level = (page + PAGE_LEVELS_AT + ((key & 1023) << 3)) | 0;
    append(memory, order, level);
    add(memory, level, qty);
    const orders = memory[level | Level.orders];
    memory[level | Level.orders] = orders + 1;

    const number = reports.written;
    const report = reports.offsetOf(number);
    const out = reports.words;
    reports.written = (number + 1) | 0;
    out[report] = ACCEPTED;
    out[report | Report.instrument] = this.instrument;
    out[report | Report.owner] = owner;
    out[report | Report.orderId] = orderId;
    out[report | Report.flags] = flags;
    out[report | Report.priceTicks] = price;
    out[report | Report.qtyLots] = qty;
    out[report | Report.leavesLots] = qty;
    out[report | Report.venueOrderId] = accepted;
    out[report | Report.reason] = 0;
    out[report | Report.filledLots] = 0;

    if (orders === 0) (side === 0 ? this.bids : this.asks).ladder.activate(key, level);
    if (this.deltas !== undefined) this.deltas.write(ADDED, side, order, qty, qty, level, -1);
    return true;
  }

  /** @returns false where the cancel must go the long way; nothing has happened then */
  cancel(words: Int32Array, at: number): boolean {
    const { memory: blocks, live, owners, reports } = this;
    const owner = words[at | Command.owner];
    const orderId = words[at | Command.orderId];
    if (owner >>> 0 >= owners.size || reports.isFull) return false;
    const memory = blocks.words;
    const ownerAt = (owners.base + (owner << 3)) | 0;
    let link = slotAt(memory, ownerAt, orderId);
    let order = memory[link];
    while (memory[order | Order.orderId] !== orderId || order === 0) {
      if (order === 0) return false;
      link = order | Order.indexNext;
      order = memory[link];
    }
    const flags = memory[order | Order.flags];
    if ((flags & HIDDEN) !== 0 || memory[order | Order.extra] !== 0) return false;

    memory[link] = memory[order | Order.indexNext];
    memory[ownerAt | Owner.orders]--;
    live.count--;
    const leaves = memory[order | Order.leavesLots];
    const level = memory[order | Order.queue];
    const price = memory[order | Order.priceTicks];
    const filled = memory[order | Order.filledLots];
    takeOut(memory, order);
    subtract(memory, level, leaves);
    const orders = memory[level | Level.orders] - 1;
    memory[level | Level.orders] = orders;

    const number = reports.written;
    const report = reports.offsetOf(number);
    const out = reports.words;
    reports.written = (number + 1) | 0;
    out[report] = CANCELED;
    out[report | Report.instrument] = this.instrument;
    out[report | Report.owner] = owner;
    out[report | Report.orderId] = orderId;
    out[report | Report.flags] = flags;
    out[report | Report.priceTicks] = price;
    out[report | Report.qtyLots] = leaves;
    out[report | Report.leavesLots] = 0;
    out[report | Report.venueOrderId] = memory[order | Order.venueOrderId];
    out[report | Report.reason] = BY_OWNER;
    out[report | Report.filledLots] = filled;

    if (filled !== 0) memory[order | Order.filledLots] = 0;
    memory[order] = blocks.free;
    blocks.free = order;
    if (orders === 0 && memory[level | Level.hidden] === 0) {
      const side = (flags & SIDE) === 0 ? this.bids : this.asks;
      side.ladder.deactivate(side.keyOf(price));
    }
    // A freed block keeps its price and venueOrderId, which the change tells.
    if (this.deltas !== undefined) this.deltas.write(REMOVED, flags & SIDE, order, 0, leaves, level, -1);
    return true;
  }

  private breaksOtherRule(price: number, qty: number): boolean {
    return checkNotional(this.rules, price, qty) !== Reason.none || this.matcher.isOutsideBand(price);
  }
}
