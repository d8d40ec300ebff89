import type { Market } from "../agents/port.ts";
import type { Nanos } from "../core/units.ts";
import { NS_PER_SECOND } from "../core/units.ts";
import type { Actor, ActorContext } from "../kernel/actor.ts";
import type { OrderBook } from "../market/order-book.ts";
import { DeltaWord } from "../model/book-delta.ts";
import { Depth, SubscribeWord } from "../model/market-data.ts";
import { sideOf } from "../model/order-flags.ts";
import { RecordKind } from "../model/record.ts";
import { Side } from "../model/side.ts";

/** Best prices as the venue has them each second; 0 where a side is empty. */
export interface QuoteSample {
  readonly bidTicks: number;
  readonly askTicks: number;
}

export interface TradeSample {
  readonly timeNs: Nanos;
  /** The aggressor's. */
  readonly side: "buy" | "sell";
  readonly priceTicks: number;
  readonly qtyLots: number;
}

/** Watches one market for its statistics: the book each second, every trade, and what becomes of visible orders. */
export class MarketRecorder implements Actor {
  readonly quotes: QuoteSample[] = [];
  readonly trades: TradeSample[] = [];
  /** Visible orders that came to rest, and those that were taken out without being filled. */
  ordersAdded = 0;
  ordersRemoved = 0;
  readonly #market: Market;
  readonly #book: OrderBook;

  constructor(market: Market, book: OrderBook) {
    this.#market = market;
    this.#book = book;
  }

  onStart(context: ActorContext): void {
    const message = context.compose();
    const at = message << 4;
    context.words[at] = RecordKind.subscribe;
    context.words[at + SubscribeWord.instrument] = this.#market.index;
    context.words[at + SubscribeWord.depth] = Depth.orders;
    context.send(this.#market.venueActor, message);
    context.setTimer(NS_PER_SECOND, 0);
  }

  onTimer(context: ActorContext): void {
    const book = this.#book;
    this.quotes.push({ bidTicks: book.bestPriceTicks(Side.buy), askTicks: book.bestPriceTicks(Side.sell) });
    context.setTimer(context.nowNs + NS_PER_SECOND, 0);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    const kind = words[at];
    if (kind === RecordKind.orderAdded) this.ordersAdded++;
    else if (kind === RecordKind.orderRemoved) this.ordersRemoved++;
    else if (kind === RecordKind.orderExecuted || kind === RecordKind.hiddenExecuted) {
      this.trades.push({
        timeNs: context.nowNs,
        // The delta names the side of the order that rested.
        side: sideOf(words[at + DeltaWord.side]) === Side.buy ? "sell" : "buy",
        priceTicks: words[at + DeltaWord.priceTicks],
        qtyLots: words[at + DeltaWord.changeLots],
      });
    }
  }
}
