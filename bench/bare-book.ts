import { CommandWord } from "../src/model/command.ts";
import { FlagBits, OrderType, TimeInForce, orderTypeOf, timeInForceOf } from "../src/model/order-flags.ts";
import { RecordKind } from "../src/model/record.ts";
import { ReportWord, TradeWord } from "../src/model/report.ts";

const Command = { ...CommandWord };
const Report = { ...ReportWord };
const Trade = { ...TradeWord };
const Kind = { ...RecordKind };
const SIDE = FlagBits.side;
const GTC = TimeInForce.GTC;
const MARKET = OrderType.market;

/** An order's words; a level's are the first four, with the order count at `level` and its lots at `leaves`. */
const Node = { next: 0, previous: 1, level: 2, leaves: 3, orderId: 4, flags: 5, price: 6, filled: 7 } as const;
const NODE_WORDS = 8;
/** Prices are the bench's: 2^17 around its mid. Any other would be outside of the array. */
const LEVELS = 1 << 17;
const PRICE_BASE = 100_000 - (LEVELS >> 1);
const REPORTS = 64;

/**
 * What a book costs that can do nothing but price-time priority for the bench's flows: limit, market and IOC orders,
 * cancels and replaces of one owner with dense ids and a fixed range of prices. No account, no rule, no check, no other
 * order type, no market data, nothing that grows. It shows what the machine allows, as a peer of the real book.
 */
export class BareBook {
  trades = 0;
  /** A ring that is not read. */
  readonly reports = new Int32Array(REPORTS * 16);
  private report = 0;
  private free = 0;
  private bestBid = 0;
  private bestAsk = LEVELS;
  private readonly nodes: Int32Array;
  /** By order id: its node, 0 where it does not live. */
  private readonly nodeOf: Int32Array;
  /** A bit for each level that holds orders. */
  private readonly active = new Int32Array((2 * LEVELS) >> 5);

  constructor(options: { readonly ids: number; readonly orders: number }) {
    this.nodes = new Int32Array((2 * LEVELS + options.orders) * NODE_WORDS);
    this.nodeOf = new Int32Array(options.ids);
    for (let level = 0; level < 2 * LEVELS * NODE_WORDS; level += NODE_WORDS) {
      this.nodes[level | Node.next] = level;
      this.nodes[level | Node.previous] = level;
    }
    for (let node = this.nodes.length - NODE_WORDS; node >= 2 * LEVELS * NODE_WORDS; node -= NODE_WORDS) {
      this.nodes[node] = this.free;
      this.free = node;
    }
  }

  apply(words: Int32Array, at: number): void {
    const kind = words[at];
    if (kind === Kind.cancelOrder) this.cancel(words[at | Command.orderId]);
    else if (kind === Kind.submitOrder) this.submit(words, at);
    else this.replace(words, at);
  }

  private submit(words: Int32Array, at: number): void {
    const flags = words[at | Command.flags];
    const orderId = words[at | Command.orderId];
    const qty = words[at | Command.qtyLots];
    const isMarket = orderTypeOf(flags) === MARKET;
    const side = flags & SIDE;
    let price = words[at | Command.priceTicks] - PRICE_BASE;
    if (isMarket) price = side === 0 ? LEVELS : -1;
    this.write(Kind.orderAccepted, orderId, flags, price, qty, qty);
    const left = this.match(side, price, qty, orderId);
    if (left > 0 && !isMarket && timeInForceOf(flags) === GTC) this.rest(orderId, flags, price, left, qty - left);
  }

  private replace(words: Int32Array, at: number): void {
    const orderId = words[at | Command.orderId];
    const node = this.nodeOf[orderId];
    const flags = this.nodes[node | Node.flags];
    const filled = this.nodes[node | Node.filled];
    this.cancel(orderId);
    const qty = words[at | Command.qtyLots] - filled;
    const price = words[at | Command.priceTicks] - PRICE_BASE;
    const left = this.match(flags & SIDE, price, qty, orderId);
    if (left > 0) this.rest(orderId, flags, price, left, filled + qty - left);
  }

  private rest(orderId: number, flags: number, price: number, leaves: number, filled: number): void {
    const { nodes } = this;
    const node = this.free;
    this.free = nodes[node];
    this.nodeOf[orderId] = node;
    const side = flags & SIDE;
    const level = (price | (side * LEVELS)) * NODE_WORDS;
    const last = nodes[level | Node.previous];
    nodes[node] = level;
    nodes[node | Node.previous] = last;
    nodes[node | Node.level] = level;
    nodes[node | Node.leaves] = leaves;
    nodes[node | Node.orderId] = orderId;
    nodes[node | Node.flags] = flags;
    nodes[node | Node.price] = price;
    nodes[node | Node.filled] = filled;
    nodes[last] = node;
    nodes[level | Node.previous] = node;
    nodes[level | Node.leaves] += leaves;
    if (nodes[level | Node.level]++ > 0) return;
    const bit = price | (side * LEVELS);
    this.active[bit >> 5] |= 1 << (bit & 31);
    if (side === 0) this.bestBid = Math.max(this.bestBid, price);
    else this.bestAsk = Math.min(this.bestAsk, price);
  }

  private cancel(orderId: number): void {
    const node = this.nodeOf[orderId];
    if (node === 0) return;
    const { nodes } = this;
    const leaves = nodes[node | Node.leaves];
    this.write(Kind.orderCanceled, orderId, nodes[node | Node.flags], nodes[node | Node.price], leaves, 0);
    nodes[nodes[node | Node.level] | Node.leaves] -= leaves;
    this.remove(node);
  }

  /** @returns what is left of the order */
  private match(side: number, price: number, qty: number, orderId: number): number {
    const { nodes } = this;
    let left = qty;
    while (left > 0) {
      const best = side === 0 ? this.bestAsk : this.bestBid;
      if (side === 0 ? best > price || best === LEVELS : best < price || best === 0) break;
      const level = (best | ((1 - side) * LEVELS)) * NODE_WORDS;
      const node = nodes[level];
      const shown = nodes[node | Node.leaves];
      const traded = shown < left ? shown : left;
      left -= traded;
      nodes[node | Node.leaves] = shown - traded;
      nodes[node | Node.filled] += traded;
      nodes[level | Node.leaves] -= traded;
      this.writeTrade(orderId, nodes[node | Node.orderId], best, traded);
      if (shown === traded) this.remove(node);
    }
    return left;
  }

  private remove(node: number): void {
    const { nodes } = this;
    const next = nodes[node];
    const previous = nodes[node | Node.previous];
    const level = nodes[node | Node.level];
    nodes[previous] = next;
    nodes[next | Node.previous] = previous;
    this.nodeOf[nodes[node | Node.orderId]] = 0;
    nodes[node] = this.free;
    this.free = node;
    if (--nodes[level | Node.level] === 0) this.deactivate(level / NODE_WORDS);
  }

  private deactivate(bit: number): void {
    const { active } = this;
    active[bit >> 5] &= ~(1 << (bit & 31));
    const price = bit & (LEVELS - 1);
    if (bit < LEVELS && price === this.bestBid) {
      let word = bit >> 5;
      while (word > 0 && active[word] === 0) word--;
      this.bestBid = active[word] === 0 ? 0 : (word << 5) | (31 - Math.clz32(active[word]));
    } else if (bit >= LEVELS && price === this.bestAsk) {
      let word = bit >> 5;
      while (word < active.length - 1 && active[word] === 0) word++;
      const bits = active[word];
      this.bestAsk = bits === 0 ? LEVELS : ((word << 5) | (31 - Math.clz32(bits & -bits))) & (LEVELS - 1);
    }
  }

  private write(kind: number, orderId: number, flags: number, price: number, qty: number, leaves: number): void {
    const { reports } = this;
    const at = this.report;
    this.report = (at + 16) & (reports.length - 1);
    reports[at] = kind;
    reports[at | Report.orderId] = orderId;
    reports[at | Report.flags] = flags;
    reports[at | Report.priceTicks] = price;
    reports[at | Report.qtyLots] = qty;
    reports[at | Report.leavesLots] = leaves;
  }

  private writeTrade(taker: number, maker: number, price: number, qty: number): void {
    const { reports } = this;
    const at = this.report;
    this.report = (at + 16) & (reports.length - 1);
    reports[at] = Kind.trade;
    reports[at | Trade.takerOrderId] = taker;
    reports[at | Trade.makerOrderId] = maker;
    reports[at | Trade.priceTicks] = price + PRICE_BASE;
    reports[at | Trade.qtyLots] = qty;
    reports[at | Trade.tradeId] = this.trades++;
  }
}
