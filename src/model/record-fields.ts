import { AccountFillWord, AccountOrderWord, OrderStatusWord, QueryOrderWord } from "./account-query.ts";
import { DeltaWord } from "./book-delta.ts";
import { CommandWord, KillSwitchWord } from "./command.ts";
import {
  AuctionWord,
  LevelChangedWord,
  PublicTradeWord,
  QuoteWord,
  RequestQuoteWord,
  SnapshotWord,
  SubscribeWord,
} from "./market-data.ts";
import { CollateralWord, CommitWord, RevealWord } from "./commitment.ts";
import { PhaseChangedWord, SetPhaseWord } from "./phase.ts";
import type { RecordKind } from "./record.ts";
import { ChargeWord, FillWord, ReportWord, TradeWord } from "./report.ts";

/**
 * What a word of a record means, for whoever shows records to people or other programs.
 *
 * - `count`, `orderId`: an int32 as it is. `number`, `timeNs`: a float64 over two words.
 * - `price`: ticks, 0 for none. `qty`: lots. `qtyTotal`: lots as float64. `money`: units of the quote asset as float64.
 * - `owner`: an account at the venue. `side`, `flags`, `reason`, `recordKind`, `depth`, `feedMode`, `liquidity`,
 *   `killScope`, `phase`: codes.
 * - `hash`, `salt`: 8 and 4 words that only mean something together.
 * - `levels`: how many levels follow the record. `words`: what nobody but sender and receiver understands.
 */
export type FieldType =
  | "count"
  | "orderId"
  | "number"
  | "timeNs"
  | "price"
  | "qty"
  | "qtyTotal"
  | "money"
  | "owner"
  | "side"
  | "flags"
  | "reason"
  | "recordKind"
  | "depth"
  | "feedMode"
  | "liquidity"
  | "killScope"
  | "phase"
  | "hash"
  | "salt"
  | "levels"
  | "words";

/** One field of a kind of record. */
export interface RecordField {
  readonly name: string;
  readonly word: number;
  readonly type: FieldType;
  /** The value that stands for nothing. */
  readonly absent?: number;
}

const instrument = { name: "instrument", word: CommandWord.instrument, type: "count" } as const;

const field = (name: string, word: number, type: FieldType, absent?: number): RecordField =>
  absent === undefined ? { name, word, type } : { name, word, type, absent };

const OWNED: readonly RecordField[] = [instrument, field("owner", CommandWord.owner, "owner")];
const NAMED: readonly RecordField[] = [...OWNED, field("orderId", CommandWord.orderId, "orderId")];

const SUBMIT: readonly RecordField[] = [
  ...NAMED,
  field("flags", CommandWord.flags, "flags"),
  field("price", CommandWord.priceTicks, "price"),
  field("qty", CommandWord.qtyLots, "qty"),
  field("displayQty", CommandWord.displayLots, "qty", 0),
  field("triggerPrice", CommandWord.triggerTicks, "price"),
  field("expireTimeNs", CommandWord.expireTimeNs, "timeNs", 0),
];

const REPLACE: readonly RecordField[] = [
  ...NAMED,
  field("price", CommandWord.priceTicks, "price"),
  field("qty", CommandWord.qtyLots, "qty"),
];

const KILL_SWITCH: readonly RecordField[] = [
  instrument,
  field("owner", KillSwitchWord.owner, "owner"),
  field("scope", KillSwitchWord.scope, "killScope"),
  field("target", KillSwitchWord.target, "count", 0),
];

const REPORT: readonly RecordField[] = [
  ...NAMED,
  field("flags", ReportWord.flags, "flags"),
  field("price", ReportWord.priceTicks, "price"),
  field("qty", ReportWord.qtyLots, "qty"),
  field("leavesQty", ReportWord.leavesLots, "qty"),
  field("filledQty", ReportWord.filledLots, "qty"),
  field("venueOrderId", ReportWord.venueOrderId, "count", -1),
  field("reason", ReportWord.reason, "reason"),
];

const REQUEST_REJECTED: readonly RecordField[] = [
  ...NAMED,
  field("requestKind", ReportWord.previous, "recordKind"),
  field("reason", ReportWord.reason, "reason"),
];

const TRADE: readonly RecordField[] = [
  instrument,
  field("owner", TradeWord.takerOwner, "owner"),
  field("orderId", TradeWord.takerOrderId, "orderId"),
  field("flags", TradeWord.takerFlags, "flags"),
  field("price", TradeWord.priceTicks, "price"),
  field("qty", TradeWord.qtyLots, "qty"),
  field("leavesQty", TradeWord.takerLeavesLots, "qty"),
  field("fee", TradeWord.takerFeeUnits, "money"),
  field("counterOwner", TradeWord.makerOwner, "owner"),
  field("counterOrderId", TradeWord.makerOrderId, "orderId"),
  field("counterLeavesQty", TradeWord.makerLeavesLots, "qty"),
  field("counterFee", TradeWord.makerFeeUnits, "money"),
  field("tradeId", TradeWord.tradeId, "count"),
];

const FILL: readonly RecordField[] = [
  ...NAMED,
  field("side", FillWord.side, "side"),
  field("price", FillWord.priceTicks, "price"),
  field("qty", FillWord.qtyLots, "qty"),
  field("leavesQty", FillWord.leavesLots, "qty"),
  field("liquidity", FillWord.isMaker, "liquidity"),
  field("tradeId", FillWord.tradeId, "count"),
  field("fee", FillWord.feeUnits, "money"),
];

const CHARGE: readonly RecordField[] = [
  ...OWNED,
  field("reason", ChargeWord.reason, "reason"),
  field("fee", ChargeWord.units, "money"),
];

const COLLATERAL: readonly RecordField[] = [
  ...NAMED,
  field("reason", CollateralWord.reason, "reason"),
  field("collateral", CollateralWord.units, "money"),
];

const BOOK_CHANGE: readonly RecordField[] = [
  instrument,
  field("side", DeltaWord.side, "side"),
  field("price", DeltaWord.priceTicks, "price"),
  field("venueOrderId", DeltaWord.venueOrderId, "count", -1),
  field("visibleQty", DeltaWord.visibleLots, "qty"),
  field("changeQty", DeltaWord.changeLots, "qty"),
  field("levelOrders", DeltaWord.levelOrders, "count"),
  field("levelQty", DeltaWord.levelLots, "qtyTotal"),
  field("firstSequence", DeltaWord.sequence, "number"),
  field("lastSequence", DeltaWord.sequence, "number"),
  field("tradeId", DeltaWord.tradeId, "count", -1),
];

const PHASE_CHANGED: readonly RecordField[] = [
  instrument,
  field("phase", PhaseChangedWord.phase, "phase"),
  field("previousPhase", PhaseChangedWord.previous, "phase"),
  field("price", PhaseChangedWord.priceTicks, "price"),
  field("qty", PhaseChangedWord.volumeLots, "qtyTotal"),
  field("surplusQty", PhaseChangedWord.surplusLots, "qtyTotal"),
  field("untilNs", PhaseChangedWord.untilNs, "timeNs", 0),
  field("reason", PhaseChangedWord.reason, "reason"),
  field("auctions", PhaseChangedWord.auctions, "count"),
];

const SUBSCRIBE: readonly RecordField[] = [
  instrument,
  field("depth", SubscribeWord.depth, "depth"),
  field("feedMode", SubscribeWord.mode, "feedMode"),
  field("levels", SubscribeWord.levels, "count", 0),
  field("intervalNs", SubscribeWord.intervalNs, "timeNs", 0),
];

const COVERED: readonly RecordField[] = [
  field("firstSequence", QuoteWord.firstSequence, "number"),
  field("lastSequence", QuoteWord.lastSequence, "number"),
];

const AUCTION: readonly RecordField[] = [
  instrument,
  field("phase", AuctionWord.phase, "phase"),
  field("reason", AuctionWord.reason, "reason"),
  field("price", AuctionWord.priceTicks, "price"),
  field("auctions", AuctionWord.auctions, "count"),
  field("qty", AuctionWord.volumeLots, "qtyTotal"),
  ...COVERED,
  field("surplusQty", AuctionWord.surplusLots, "qtyTotal"),
  field("untilNs", AuctionWord.untilNs, "timeNs", 0),
];

/** The fields of each kind of record. A kind without an entry here cannot be exported, and a test says so. */
export const RECORD_FIELDS: { readonly [Name in keyof typeof RecordKind]: readonly RecordField[] } = {
  submitOrder: SUBMIT,
  cancelOrder: NAMED,
  replaceOrder: REPLACE,
  cancelAllOrders: OWNED,
  massCancel: OWNED,
  disconnect: OWNED,
  setPhase: [
    instrument,
    field("phase", SetPhaseWord.phase, "phase"),
    field("reason", SetPhaseWord.reason, "reason"),
    field("untilNs", SetPhaseWord.untilNs, "timeNs", 0),
  ],
  commitOrder: [...NAMED, field("hash", CommitWord.hash, "hash"), field("untilNs", CommitWord.batchEndNs, "timeNs")],
  revealOrder: [...SUBMIT, field("salt", RevealWord.salt, "salt")],
  engageKillSwitch: KILL_SWITCH,
  releaseKillSwitch: KILL_SWITCH,

  orderAccepted: REPORT,
  orderRejected: REPORT,
  orderTriggered: REPORT,
  trade: TRADE,
  orderCanceled: REPORT,
  orderExpired: REPORT,
  orderReplaced: [
    ...REPORT,
    field("previousPrice", ReportWord.previous, "price"),
    field("previousLeavesQty", ReportWord.previousLeavesLots, "qty"),
  ],
  requestRejected: REQUEST_REJECTED,
  fill: FILL,
  charge: CHARGE,
  collateralLocked: COLLATERAL,
  collateralReleased: COLLATERAL,
  phaseChanged: PHASE_CHANGED,

  orderAdded: BOOK_CHANGE,
  orderReduced: BOOK_CHANGE,
  orderRemoved: BOOK_CHANGE,
  orderExecuted: BOOK_CHANGE,
  hiddenExecuted: BOOK_CHANGE,
  auctionExecuted: BOOK_CHANGE.filter(({ name }) => name !== "side"),
  phaseEntered: [
    instrument,
    // It stands where other changes say what an order shows.
    field("phase", DeltaWord.visibleLots, "phase"),
    field("firstSequence", DeltaWord.sequence, "number"),
    field("lastSequence", DeltaWord.sequence, "number"),
  ],

  subscribe: SUBSCRIBE,
  unsubscribe: SUBSCRIBE,
  requestQuote: [field("instrument", RequestQuoteWord.instrument, "count")],
  quote: [
    instrument,
    field("bidPrice", QuoteWord.bidTicks, "price"),
    field("bidQty", QuoteWord.bidLots, "qty"),
    field("askPrice", QuoteWord.askTicks, "price"),
    field("askQty", QuoteWord.askLots, "qty"),
    field("lastPrice", QuoteWord.lastTicks, "price"),
    field("volume", QuoteWord.volumeLots, "qtyTotal"),
    ...COVERED,
  ],
  levelChanged: [
    instrument,
    field("side", LevelChangedWord.side, "side"),
    field("price", LevelChangedWord.priceTicks, "price"),
    field("levelOrders", LevelChangedWord.orders, "count"),
    field("levelQty", LevelChangedWord.lots, "qtyTotal"),
    field("following", LevelChangedWord.following, "count"),
    ...COVERED,
  ],
  bookSnapshot: [
    instrument,
    field("bids", SnapshotWord.bids, "levels"),
    field("asks", SnapshotWord.asks, "levels"),
    field("following", SnapshotWord.following, "count"),
    ...COVERED,
  ],
  publicTrade: [
    instrument,
    field("side", PublicTradeWord.side, "side"),
    field("price", PublicTradeWord.priceTicks, "price"),
    field("qty", PublicTradeWord.qtyLots, "qty"),
    field("tradeId", PublicTradeWord.tradeId, "count"),
    ...COVERED,
  ],

  queryOrder: [instrument, field("orderId", QueryOrderWord.orderId, "orderId")],
  orderStatus: [
    instrument,
    field("orderId", OrderStatusWord.orderId, "orderId"),
    field("filledQty", OrderStatusWord.filledLots, "qty"),
  ],
  requestAccount: [field("words", 1, "words")],
  accountOrder: [
    instrument,
    field("orderId", AccountOrderWord.orderId, "orderId"),
    field("side", AccountOrderWord.side, "side"),
    field("price", AccountOrderWord.priceTicks, "price"),
    field("qty", AccountOrderWord.qtyLots, "qty"),
    field("filledQty", AccountOrderWord.filledLots, "qty"),
  ],
  accountFill: [
    instrument,
    field("orderId", AccountFillWord.orderId, "orderId"),
    field("side", AccountFillWord.side, "side"),
    field("price", AccountFillWord.priceTicks, "price"),
    field("qty", AccountFillWord.qtyLots, "qty"),
    field("liquidity", AccountFillWord.isMaker, "liquidity"),
    field("tradeId", AccountFillWord.tradeId, "count"),
    field("fee", AccountFillWord.feeUnits, "money"),
  ],
  accountPosition: [field("words", 1, "words")],
  accountBalance: [field("words", 1, "words")],
  accountEnd: [field("words", 1, "words")],
  tradingPhase: AUCTION,
  indication: AUCTION,

  note: [field("words", 1, "words")],
  // In the place of the owner stands the venue that it was sent to.
  overheardOrder: SUBMIT.filter(({ name }) => name !== "owner"),
};
