import { DeltaWord } from "../model/book-delta.ts";
import {
  AuctionWord,
  LevelChangedWord,
  PublicTradeWord,
  QuoteWord,
  SequenceWord,
  SnapshotWord,
} from "../model/market-data.ts";
import { PHASE_NAMES } from "../model/phase.ts";
import { reasonName } from "../model/reason.ts";
import { RecordKind, recordKindName } from "../model/record.ts";
import { ReportWord } from "../model/report.ts";
import { SIDE_NAMES } from "../model/side.ts";

/**
 * A message of a feed as one line of text, with the changes that it covers in front:
 *
 *     1-3 quote 10@100 none, last 105, volume 8
 *     4-4 level buy 2x14@100, 1 follow
 *     1-3 snapshot, bids 1x7@100, asks 2x10@106, 3 follow
 *     5-6 trade 1 buy 3@105
 *     7-7 phase continuous until 500, 8@105 surplus -3, auctions 1
 *     7 orderExecuted sell #0 shows 3@106
 *     refused subscribe at 0 invalidSubscription
 */
export function renderFeedMessage(words: Int32Array, doubles: Float64Array, at: number): string {
  const word = (index: number): number => words[at + index];
  const double = (index: number): number => doubles[(at + index) >> 1];
  const covered = `${double(SequenceWord.firstSequence)}-${double(SequenceWord.lastSequence)}`;
  const follow = (count: number): string => (count === 0 ? "" : `, ${count} follow`);
  switch (word(0)) {
    case RecordKind.quote: {
      const bid = best(word(QuoteWord.bidLots), word(QuoteWord.bidTicks));
      const ask = best(word(QuoteWord.askLots), word(QuoteWord.askTicks));
      return `${covered} quote ${bid} ${ask}, last ${word(QuoteWord.lastTicks)}, volume ${double(QuoteWord.volumeLots)}`;
    }
    case RecordKind.levelChanged: {
      const level = `${word(LevelChangedWord.orders)}x${double(LevelChangedWord.lots)}@${word(LevelChangedWord.priceTicks)}`;
      return `${covered} level ${SIDE_NAMES[word(LevelChangedWord.side)]} ${level}${follow(word(LevelChangedWord.following))}`;
    }
    case RecordKind.bookSnapshot: {
      const level = (index: number): string =>
        `${word(16 + 4 * index + 1)}x${double(16 + 4 * index + 2)}@${word(16 + 4 * index)}`;
      const bids = word(SnapshotWord.bids);
      const levels = Array.from({ length: bids + word(SnapshotWord.asks) }, (_, index) => level(index));
      const shown = [
        ...(bids === 0 ? [] : [`, bids ${levels.slice(0, bids).join(" ")}`]),
        ...(levels.length === bids ? [] : [`, asks ${levels.slice(bids).join(" ")}`]),
      ];
      return `${covered} snapshot${shown.join("")}${follow(word(SnapshotWord.following))}`;
    }
    case RecordKind.publicTrade: {
      const what = `${SIDE_NAMES[word(PublicTradeWord.side)]} ${word(PublicTradeWord.qtyLots)}@${word(PublicTradeWord.priceTicks)}`;
      return `${covered} trade ${word(PublicTradeWord.tradeId)} ${what}`;
    }
    case RecordKind.tradingPhase:
    case RecordKind.indication: {
      const name = word(0) === RecordKind.indication ? "indication" : "phase";
      const result = `${double(AuctionWord.volumeLots)}@${word(AuctionWord.priceTicks)} surplus ${double(AuctionWord.surplusLots)}`;
      const until = double(AuctionWord.untilNs) === 0 ? "" : ` until ${double(AuctionWord.untilNs)}`;
      const reason = word(AuctionWord.reason) === 0 ? "" : ` ${reasonName(word(AuctionWord.reason))}`;
      return `${covered} ${name} ${PHASE_NAMES[word(AuctionWord.phase)]}${reason}${until}, ${result}, auctions ${word(AuctionWord.auctions)}`;
    }
    case RecordKind.requestRejected: {
      const request = `${recordKindName(word(ReportWord.previous))} at ${word(ReportWord.instrument)}`;
      return `refused ${request} ${reasonName(word(ReportWord.reason))}`;
    }
    default:
      return renderChange(word, double(DeltaWord.sequence));
  }
}

function best(lots: number, priceTicks: number): string {
  return priceTicks === 0 && lots === 0 ? "none" : `${lots}@${priceTicks}`;
}

function renderChange(word: (index: number) => number, sequence: number): string {
  const kind = recordKindName(word(DeltaWord.kind));
  const side = SIDE_NAMES[word(DeltaWord.side)];
  const venueOrderId = word(DeltaWord.venueOrderId);
  const what = venueOrderId < 0 ? word(DeltaWord.changeLots) : `#${venueOrderId} shows ${word(DeltaWord.visibleLots)}`;
  return `${sequence} ${kind} ${side} ${what}@${word(DeltaWord.priceTicks)}`;
}
