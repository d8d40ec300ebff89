import type { BookRules, OrderBook, OrderView } from "../market/order-book.ts";
import { DeltaWord } from "../model/book-delta.ts";
import { OrderType, orderTypeOf, sideOf } from "../model/order-flags.ts";
import { PHASE_NAMES, PhaseChangedWord } from "../model/phase.ts";
import { reasonName } from "../model/reason.ts";
import { RecordKind, recordLength } from "../model/record.ts";
import { AuctionLimitWord, IN_AUCTION, ReportWord, TradeWord } from "../model/report.ts";
import { SIDE_NAMES } from "../model/side.ts";
import { renderChoices } from "./book-step-text.ts";

/**
 * A report as one line of text. Every word that is not 0 shows, so that two reports with the same text are the same:
 *
 *     accepted 1:100 #0 buy 50@5000 left 50
 *     trade 0 4@5000 sell 2:7 left 0 ioc, maker 1:100 left 46
 *     canceled 1:100 #0 buy 46@5000 left 0 filled 4 canceledByOwner
 *     refused cancel 1:100 unknownOrder
 *     phase continuous was auction, traded 4@5000 surplus -3, auction 1
 *     trade 0 4@5000 auction buy 2:7 limit 5001 left 0, sell 1:100 limit 4990 left 46
 */
export function renderReport(words: Int32Array, at: number, rules: BookRules): string {
  const word = (index: number): number => words[at + index];
  const kind = word(ReportWord.kind);
  if (kind === RecordKind.phaseChanged) return renderPhase(words, at) + renderStray(word, PHASE_WORDS, rules);
  if (kind === RecordKind.trade) {
    const isAuction = (word(TradeWord.takerFlags) & IN_AUCTION) !== 0;
    if (isAuction) return renderAuctionTrade(word) + renderStray(word, AUCTION_TRADE_WORDS, rules);
    return renderTrade(word) + renderStray(word, TRADE_WORDS, rules);
  }
  const name = `${word(ReportWord.owner)}:${word(ReportWord.orderId)}`;
  const reason = word(ReportWord.reason) === 0 ? "" : ` ${reasonName(word(ReportWord.reason))}`;
  if (kind === RecordKind.requestRejected) {
    const request = REQUEST_NAMES.get(word(ReportWord.previous)) ?? `kind ${word(ReportWord.previous)}`;
    const id = word(ReportWord.venueOrderId) === -1 ? "" : ` #${word(ReportWord.venueOrderId)}`;
    return `refused ${request} ${name}${id}${reason}` + renderStray(word, REFUSAL_WORDS, rules);
  }
  const flags = word(ReportWord.flags);
  const what = REPORT_NAMES.get(kind) ?? `kind ${kind}`;
  const id = word(ReportWord.venueOrderId);
  let text = `${what} ${name}${id === -1 ? "" : ` #${id}`} ${SIDE_NAMES[sideOf(flags)]}`;
  text += ` ${word(ReportWord.qtyLots)}@${renderPrice(flags, word(ReportWord.priceTicks))}${renderChoices(flags)}`;
  if (word(ReportWord.leavesLots) !== 0 || kind === RecordKind.orderCanceled) {
    text += ` left ${word(ReportWord.leavesLots)}`;
  }
  if (word(ReportWord.filledLots) !== 0) text += ` filled ${word(ReportWord.filledLots)}`;
  if (kind === RecordKind.orderReplaced) {
    text += ` was ${word(ReportWord.previousLeavesLots)}@${word(ReportWord.previous)}`;
    return text + reason + renderStray(word, REPLACED_WORDS, rules);
  }
  return text + reason + renderStray(word, ORDER_WORDS, rules);
}

/**
 * A change of the public book as one line of text; the level's orders and lots afterwards stand at its end:
 *
 *     ~1 added buy #0 50@5000, level 1/50
 *     ~2 executed buy #0 4@5000 shows 46, level 1/46, trade 0
 */
export function renderDelta(ring: { words: Int32Array; doubles: Float64Array }, at: number, rules: BookRules): string {
  const word = (index: number): number => ring.words[at + index];
  const kind = word(DeltaWord.kind);
  const id = word(DeltaWord.venueOrderId) === -1 ? "" : ` #${word(DeltaWord.venueOrderId)}`;
  const visible = word(DeltaWord.visibleLots);
  const change = word(DeltaWord.changeLots);
  const shows = visible === (kind === RecordKind.orderAdded ? change : 0) ? "" : ` shows ${visible}`;
  const trade = word(DeltaWord.tradeId) === -1 ? "" : `, trade ${word(DeltaWord.tradeId)}`;
  if (kind === RecordKind.phaseEntered) {
    const sequence = ring.doubles[(at + DeltaWord.sequence) >> 1];
    return `~${sequence} phase ${PHASE_NAMES[visible]}${renderStray(word, PHASE_DELTA_WORDS, rules)}`;
  }
  const what = DELTA_NAMES.get(kind) ?? `kind ${kind}`;
  const side = SIDE_NAMES[word(DeltaWord.side)];
  const levelLots = ring.doubles[(at + DeltaWord.levelLots) >> 1];
  return (
    `~${ring.doubles[(at + DeltaWord.sequence) >> 1]} ${what} ${side}${id} ${change}@${word(DeltaWord.priceTicks)}` +
    `${shows}, level ${word(DeltaWord.levelOrders)}/${levelLots}${trade}${renderStray(word, DELTA_WORDS, rules)}`
  );
}

/** Every live order, a line per price and queue: `shown` lots, `shown/left` where they differ, `(left)` when hidden. */
export function renderBook(book: OrderBook): string[] {
  const lines: { title: string; orders: string[] }[] = [];
  for (const order of book.orders()) {
    const title = queueTitle(order);
    if (lines.at(-1)?.title !== title) lines.push({ title, orders: [] });
    lines.at(-1)?.orders.push(`${order.owner}:${order.orderId} ${renderLots(order)}`);
  }
  return lines.map(({ title, orders }) => `${title}: ${orders.join(", ")}`);
}

function renderTrade(word: (index: number) => number): string {
  const flags = word(TradeWord.takerFlags);
  return (
    `trade ${word(TradeWord.tradeId)} ${word(TradeWord.qtyLots)}@${word(TradeWord.priceTicks)}` +
    ` ${SIDE_NAMES[sideOf(flags)]} ${word(TradeWord.takerOwner)}:${word(TradeWord.takerOrderId)}` +
    `${renderType(flags)}${renderChoices(flags)} left ${word(TradeWord.takerLeavesLots)}` +
    `, maker ${word(TradeWord.makerOwner)}:${word(TradeWord.makerOrderId)} left ${word(TradeWord.makerLeavesLots)}`
  );
}

function renderAuctionTrade(word: (index: number) => number): string {
  const flags = word(TradeWord.takerFlags) & ~IN_AUCTION;
  // Fees stand in their place when the trade is settled.
  const limit = (index: number): string => (word(index) === 0 ? "" : ` limit ${word(index)}`);
  return (
    `trade ${word(TradeWord.tradeId)} ${word(TradeWord.qtyLots)}@${word(TradeWord.priceTicks)} auction` +
    ` ${SIDE_NAMES[sideOf(flags)]} ${word(TradeWord.takerOwner)}:${word(TradeWord.takerOrderId)}` +
    `${renderType(flags)}${renderChoices(flags)}${limit(AuctionLimitWord.buyLimitTicks)}` +
    ` left ${word(TradeWord.takerLeavesLots)}, sell ${word(TradeWord.makerOwner)}:${word(TradeWord.makerOrderId)}` +
    `${limit(AuctionLimitWord.sellLimitTicks)} left ${word(TradeWord.makerLeavesLots)}`
  );
}

function renderPhase(words: Int32Array, at: number): string {
  const doubles = new Float64Array(words.buffer);
  const word = (index: number): number => words[at + index];
  const double = (index: number): number => doubles[(at + index) >> 1];
  const volume = double(PhaseChangedWord.volumeLots);
  const surplus = double(PhaseChangedWord.surplusLots);
  const until = double(PhaseChangedWord.untilNs);
  const reason = word(PhaseChangedWord.reason);
  let text = `phase ${PHASE_NAMES[word(PhaseChangedWord.phase)]} was ${PHASE_NAMES[word(PhaseChangedWord.previous)]}`;
  if (reason !== 0) text += ` ${reasonName(reason)}`;
  if (until !== 0) text += ` until ${until}`;
  if (volume !== 0) text += `, traded ${volume}@${word(PhaseChangedWord.priceTicks)}`;
  if (surplus !== 0) text += ` surplus ${surplus}`;
  return `${text}, auctions ${word(PhaseChangedWord.auctions)}`;
}

function queueTitle(order: OrderView): string {
  const side = SIDE_NAMES[sideOf(order.flags)];
  if (order.triggerTicks !== 0) return `${side} stop ${order.triggerTicks}`;
  return `${side === "buy" ? "bid" : "ask"} ${order.priceTicks}`;
}

function renderLots(order: OrderView): string {
  if (order.triggerTicks !== 0) return `${order.leavesLots}@${renderPrice(order.flags, order.priceTicks)}`;
  if (order.visibleLots === 0) return `(${order.leavesLots})`;
  return order.visibleLots === order.leavesLots ? String(order.leavesLots) : `${order.visibleLots}/${order.leavesLots}`;
}

function renderPrice(flags: number, priceTicks: number): string {
  const orderType = orderTypeOf(flags);
  if (orderType === OrderType.limit) return String(priceTicks);
  if (orderType === OrderType.stopLimit) return `${priceTicks} stop-limit`;
  const name = orderType === OrderType.market ? "market" : "stop";
  return priceTicks === 0 ? name : `${name} price ${priceTicks}`;
}

function renderType(flags: number): string {
  return [" limit", " market", " stop", " stop-limit"][orderTypeOf(flags)].replace(" limit", "");
}

/** Words of the record that should be 0 and are not, and the instrument when it is not the book's: a defect, so it must show. */
function renderStray(word: (index: number) => number, known: ReadonlySet<number>, rules: BookRules): string {
  let text = word(ReportWord.instrument) === rules.instrument ? "" : ` instrument ${word(ReportWord.instrument)}!`;
  for (let index = 0; index < recordLength(word(ReportWord.kind)); index++) {
    if (!known.has(index) && word(index) !== 0) text += ` word ${index} is ${word(index)}!`;
  }
  return text;
}

const PHASE_WORDS = new Set([...Array(14).keys()].filter((word) => word !== ReportWord.owner));
const PHASE_DELTA_WORDS: ReadonlySet<number> = new Set([
  0,
  1,
  DeltaWord.venueOrderId,
  DeltaWord.visibleLots,
  10,
  11,
  12,
]);
const AUCTION_TRADE_WORDS: ReadonlySet<number> = new Set([...Array(13).keys(), AuctionLimitWord.sellLimitTicks]);
const TRADE_WORDS = new Set(Array(12).keys());
const ORDER_WORDS = new Set(Array(11).keys());
const REPLACED_WORDS = new Set(Array(13).keys());
const DELTA_WORDS = new Set(Array(13).keys());
const REFUSAL_WORDS: ReadonlySet<number> = new Set([
  ReportWord.kind,
  ReportWord.instrument,
  ReportWord.owner,
  ReportWord.orderId,
  ReportWord.venueOrderId,
  ReportWord.reason,
  ReportWord.previous,
]);

const REQUEST_NAMES: ReadonlyMap<number, string> = new Map([
  [RecordKind.cancelOrder, "cancel"],
  [RecordKind.replaceOrder, "replace"],
]);

const REPORT_NAMES: ReadonlyMap<number, string> = new Map([
  [RecordKind.orderAccepted, "accepted"],
  [RecordKind.orderRejected, "rejected"],
  [RecordKind.orderTriggered, "triggered"],
  [RecordKind.orderCanceled, "canceled"],
  [RecordKind.orderExpired, "expired"],
  [RecordKind.orderReplaced, "replaced"],
]);

const DELTA_NAMES: ReadonlyMap<number, string> = new Map([
  [RecordKind.orderAdded, "added"],
  [RecordKind.orderReduced, "reduced"],
  [RecordKind.orderRemoved, "removed"],
  [RecordKind.orderExecuted, "executed"],
  [RecordKind.hiddenExecuted, "hidden"],
  [RecordKind.auctionExecuted, "auctioned"],
]);
