import { DeltaWord } from "../model/book-delta.ts";
import { OverheardWord } from "../model/command.ts";
import {
  AuctionWord,
  LevelChangedWord,
  NO_SIDE,
  PublicTradeWord,
  QuoteWord,
  SnapshotWord,
} from "../model/market-data.ts";
import { sideOf } from "../model/order-flags.ts";
import { PHASE_NAMES } from "../model/phase.ts";
import { reasonName } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import { FillWord, ReportWord } from "../model/report.ts";
import { SIDE_NAMES } from "../model/side.ts";
import type {
  BookLevel,
  BookSnapshot,
  Fill,
  LevelChange,
  Market,
  OrderChange,
  OrderEvent,
  PhaseEvent,
  OverheardOrder,
  Quote,
  Trade,
} from "./port.ts";

/** A record in the memory of messages. */
export interface Received {
  readonly market: Market;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly at: number;
}

export function decodeQuote({ market, words, doubles, at }: Received): Quote {
  return {
    market,
    bidTicks: words[at + QuoteWord.bidTicks],
    askTicks: words[at + QuoteWord.askTicks],
    bidLots: words[at + QuoteWord.bidLots],
    askLots: words[at + QuoteWord.askLots],
    lastTicks: words[at + QuoteWord.lastTicks],
    volumeLots: doubles[(at + QuoteWord.volumeLots) >> 1],
    firstSequence: doubles[(at + QuoteWord.firstSequence) >> 1],
    lastSequence: doubles[(at + QuoteWord.lastSequence) >> 1],
  };
}

export function decodeLevel({ market, words, doubles, at }: Received): LevelChange {
  return {
    market,
    side: SIDE_NAMES[words[at + LevelChangedWord.side]],
    priceTicks: words[at + LevelChangedWord.priceTicks],
    lots: doubles[(at + LevelChangedWord.lots) >> 1],
    orders: words[at + LevelChangedWord.orders],
    firstSequence: doubles[(at + LevelChangedWord.firstSequence) >> 1],
    lastSequence: doubles[(at + LevelChangedWord.lastSequence) >> 1],
  };
}

export function decodeSnapshot({ market, words, doubles, at }: Received): BookSnapshot {
  const level = (index: number): BookLevel => {
    const from = at + 16 + 4 * index;
    return { priceTicks: words[from], orders: words[from + 1], lots: doubles[(from + 2) >> 1] };
  };
  const bids = words[at + SnapshotWord.bids];
  const asks = words[at + SnapshotWord.asks];
  return {
    market,
    bids: Array.from({ length: bids }, (_, index) => level(index)),
    asks: Array.from({ length: asks }, (_, index) => level(bids + index)),
    lastSequence: doubles[(at + SnapshotWord.lastSequence) >> 1],
  };
}

export function decodeTrade({ market, words, at }: Received): Trade {
  return {
    market,
    side: words[at + PublicTradeWord.side] === NO_SIDE ? "none" : SIDE_NAMES[words[at + PublicTradeWord.side]],
    priceTicks: words[at + PublicTradeWord.priceTicks],
    qtyLots: words[at + PublicTradeWord.qtyLots],
    tradeId: words[at + PublicTradeWord.tradeId],
  };
}

export function decodePhase({ market, words, doubles, at }: Received): PhaseEvent {
  return {
    market,
    phase: PHASE_NAMES[words[at + AuctionWord.phase]],
    reason: reasonName(words[at + AuctionWord.reason]),
    untilNs: doubles[(at + AuctionWord.untilNs) >> 1],
    priceTicks: words[at + AuctionWord.priceTicks],
    volumeLots: doubles[(at + AuctionWord.volumeLots) >> 1],
    surplusLots: doubles[(at + AuctionWord.surplusLots) >> 1],
    auctions: words[at + AuctionWord.auctions],
    lastSequence: doubles[(at + AuctionWord.lastSequence) >> 1],
  };
}

const CHANGES = new Map<number, OrderChange["change"]>([
  [RecordKind.orderAdded, "added"],
  [RecordKind.orderReduced, "reduced"],
  [RecordKind.orderRemoved, "removed"],
  [RecordKind.orderExecuted, "executed"],
  [RecordKind.hiddenExecuted, "hiddenExecuted"],
  [RecordKind.auctionExecuted, "auctionExecuted"],
  [RecordKind.phaseEntered, "phaseEntered"],
]);

export function decodeOrderChange({ market, words, doubles, at }: Received): OrderChange | undefined {
  const change = CHANGES.get(words[at]);
  if (change === undefined) return undefined;
  return {
    market,
    change,
    side: SIDE_NAMES[words[at + DeltaWord.side]],
    priceTicks: words[at + DeltaWord.priceTicks],
    venueOrderId: words[at + DeltaWord.venueOrderId],
    visibleLots: words[at + DeltaWord.visibleLots],
    changeLots: words[at + DeltaWord.changeLots],
    sequence: doubles[(at + DeltaWord.sequence) >> 1],
  };
}

const LIQUIDITY = ["taker", "maker", "auction"] as const satisfies readonly Fill["liquidity"][];

export function decodeFill({ market, words, doubles, at }: Received): Fill {
  return {
    market,
    orderId: words[at + FillWord.orderId],
    side: SIDE_NAMES[words[at + FillWord.side]],
    priceTicks: words[at + FillWord.priceTicks],
    qtyLots: words[at + FillWord.qtyLots],
    leavesLots: words[at + FillWord.leavesLots],
    liquidity: LIQUIDITY[words[at + FillWord.isMaker]],
    feeUnits: doubles[(at + FillWord.feeUnits) >> 1],
    tradeId: words[at + FillWord.tradeId],
  };
}

export function decodeOverheard({ market, words, at }: Received): OverheardOrder {
  return {
    market,
    side: SIDE_NAMES[sideOf(words[at + OverheardWord.flags])],
    qtyLots: words[at + OverheardWord.qtyLots],
    priceTicks: words[at + OverheardWord.priceTicks],
  };
}

const STATUSES = new Map<number, OrderEvent["status"]>([
  [RecordKind.collateralLocked, "committed"],
  [RecordKind.collateralReleased, "released"],
  [RecordKind.orderAccepted, "accepted"],
  [RecordKind.orderRejected, "rejected"],
  [RecordKind.orderTriggered, "triggered"],
  [RecordKind.orderCanceled, "canceled"],
  [RecordKind.orderExpired, "expired"],
  [RecordKind.orderReplaced, "replaced"],
  [RecordKind.requestRejected, "requestRejected"],
]);

export function decodeOrderEvent({ market, words, at }: Received): OrderEvent | undefined {
  const status = STATUSES.get(words[at]);
  if (status === undefined) return undefined;
  return {
    market,
    status,
    orderId: words[at + ReportWord.orderId],
    side: SIDE_NAMES[sideOf(words[at + ReportWord.flags])],
    priceTicks: words[at + ReportWord.priceTicks],
    qtyLots: words[at + ReportWord.qtyLots],
    leavesLots: words[at + ReportWord.leavesLots],
    filledLots: words[at + ReportWord.filledLots],
    reason: reasonName(words[at + ReportWord.reason]),
  };
}
