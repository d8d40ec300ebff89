import type { ActorContext } from "../../kernel/actor.ts";
import { AuctionWord } from "../../model/market-data.ts";
import { RecordKind } from "../../model/record.ts";
import type { Clearing } from "../book/clearing-price.ts";
import type { OrderBook } from "../order-book.ts";
import type { Cohort } from "./channel.ts";
import type { Covered } from "./feed-writer.ts";
import { writeCovered } from "./feed-writer.ts";

const Auction = { ...AuctionWord };

/** Composes a `tradingPhase`: the phase that holds, and the result of the call that ended with it. */
export function composePhase(context: ActorContext, book: OrderBook, covered: Covered): number {
  return compose(context, RecordKind.tradingPhase, { book, clearing: book.phaseChange, covered });
}

/** Composes an `indication`: what the call at hand would come to. */
export function composeIndication(context: ActorContext, book: OrderBook, covered: Covered): number {
  return compose(context, RecordKind.indication, { book, clearing: book.indication(), covered });
}

/** Remembers what a cohort is told of the call at hand. @returns whether it differs from what it was told last */
export function noteIndication(cohort: Cohort, book: OrderBook): boolean {
  const { priceTicks, volumeLots, surplusLots } = book.indication();
  return cohort.noteNumbers(priceTicks, book.phase, surplusLots, book.phaseChange.auctions, volumeLots);
}

/**
 * The same when somebody has joined and was told how the call stands. Orders of a call are no changes of the public book,
 * so others in the cohort may know an older state of it: then all of them are told at the next interval.
 */
export function noteJoined(cohort: Cohort, book: OrderBook): void {
  if (cohort.size === 1) noteIndication(cohort, book);
  else cohort.noteNumbers(Number.NaN, 0, 0, 0, 0);
}

function compose(
  context: ActorContext,
  kind: number,
  { book, clearing, covered }: { readonly book: OrderBook; readonly clearing: Clearing; readonly covered: Covered },
): number {
  const message = context.compose();
  const { words, doubles } = context;
  const at = message << 4;
  const { phase, reason, untilNs, auctions } = book.phaseChange;
  words[at] = kind;
  words[at + Auction.instrument] = book.rules.instrument;
  words[at + Auction.phase] = phase;
  words[at + Auction.reason] = reason;
  words[at + Auction.priceTicks] = clearing.priceTicks;
  words[at + Auction.auctions] = auctions;
  doubles[(at + Auction.volumeLots) >> 1] = clearing.volumeLots;
  doubles[(at + Auction.surplusLots) >> 1] = clearing.surplusLots;
  doubles[(at + Auction.untilNs) >> 1] = untilNs;
  writeCovered(context, at, covered);
  return message;
}
