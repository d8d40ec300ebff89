import type { DeskAgent } from "../../agents/desk-agent.ts";
import { decodeLevel, decodeOrderChange, decodeQuote, decodeSnapshot, decodeTrade } from "../../agents/decode.ts";
import type { Received } from "../../agents/decode.ts";
import type { FeedOptions, Market, Quote } from "../../agents/port.ts";
import type { Nanos } from "../../core/units.ts";
import type { MarketView } from "../../desk/execution/algorithms/parent-order.ts";
import type { IntentBasis } from "../../desk/intent.ts";
import type { Reference } from "../../desk/risk/reference.ts";
import { midHalfTicks } from "../../desk/risk/reference.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import type { DepthName } from "../../model/market-data.ts";
import { Depth, FeedMode, QuoteWord, SubscribeWord } from "../../model/market-data.ts";
import { RecordKind } from "../../model/record.ts";

/**
 * Market data of a desk: best prices of every market for the risk stage, and what its agents have asked for. The desk
 * subscribes once to what several agents want.
 */
export class DeskFeed {
  readonly #markets: readonly Market[];
  readonly #references: readonly Reference[];
  /** By market: the last quote. */
  readonly #quotes: (Quote | undefined)[];
  /** By market and depth: agents that have asked for it. */
  readonly #subscribers: readonly Readonly<Record<DepthName, Set<number>>>[];
  /** By market: sequence of the last change that was seen. */
  readonly #sequences: number[];

  constructor(markets: readonly Market[], references: readonly Reference[]) {
    this.#markets = markets;
    this.#references = references;
    this.#quotes = markets.map(() => undefined);
    this.#sequences = markets.map(() => 0);
    this.#subscribers = markets.map(() => ({
      quotes: new Set(),
      levels: new Set(),
      orders: new Set(),
      trades: new Set(),
      auctions: new Set(),
    }));
  }

  start(context: ActorContext): void {
    for (const market of this.#markets) send(context, market, RecordKind.subscribe, {});
  }

  viewOf(market: number, nowNs: Nanos): MarketView {
    const { bidTicks, askTicks } = this.#references[market];
    return { nowNs, bidTicks, askTicks, volumeLots: this.#quotes[market]?.volumeLots ?? 0 };
  }

  lastQuote(market: number): Quote | undefined {
    return this.#quotes[market];
  }

  basisOf(market: number): IntentBasis {
    const reference = this.#references[market];
    return reference === undefined
      ? { sequence: 0, midHalfTicks: 0 }
      : { sequence: this.#sequences[market], midHalfTicks: midHalfTicks(reference) };
  }

  subscribe(context: ActorContext, agent: number, market: Market, options: FeedOptions): void {
    this.#of(market, options.depth ?? "quotes").add(agent);
    // Quotes at each change come anyway.
    const isHere = (options.depth ?? "quotes") === "quotes" && (options.mode ?? "everyChange") === "everyChange";
    if (!isHere) send(context, market, RecordKind.subscribe, options);
  }

  unsubscribe(agent: number, market: Market, options: FeedOptions): void {
    this.#of(market, options.depth ?? "quotes").delete(agent);
  }

  /** @returns whether the message was market data */
  onMessage(context: ActorContext, words: Int32Array, at: number, agents: readonly (DeskAgent | undefined)[]): boolean {
    const number = this.#markets.findIndex(
      ({ venueActor, index }) => venueActor === context.sender && index === words[at + QuoteWord.instrument],
    );
    if (number < 0) return false;
    const market = this.#markets[number];
    const received: Received = { market, words, doubles: context.doubles, at };
    switch (words[at]) {
      case RecordKind.quote: {
        const quote = this.#onQuote(number, decodeQuote(received), context);
        this.#each(market, "quotes", agents, (agent) => agent.handlers.onQuote?.(agent, quote));
        return true;
      }
      case RecordKind.levelChanged: {
        const level = decodeLevel(received);
        this.#each(market, "levels", agents, (agent) => agent.handlers.onLevel?.(agent, level));
        return true;
      }
      case RecordKind.bookSnapshot: {
        const snapshot = decodeSnapshot(received);
        this.#each(market, "levels", agents, (agent) => agent.handlers.onSnapshot?.(agent, snapshot));
        return true;
      }
      case RecordKind.publicTrade: {
        const trade = decodeTrade(received);
        this.#each(market, "trades", agents, (agent) => agent.handlers.onTrade?.(agent, trade));
        return true;
      }
      default: {
        const change = decodeOrderChange(received);
        if (change === undefined) return false;
        this.#each(market, "orders", agents, (agent) => agent.handlers.onOrderChange?.(agent, change));
        return true;
      }
    }
  }

  #onQuote(market: number, quote: Quote, context: ActorContext): Quote {
    const reference = this.#references[market];
    reference.bidTicks = quote.bidTicks;
    reference.askTicks = quote.askTicks;
    reference.updatedNs = context.nowNs;
    this.#sequences[market] = quote.lastSequence;
    this.#quotes[market] = quote;
    return quote;
  }

  #each(
    market: Market,
    depth: DepthName,
    agents: readonly (DeskAgent | undefined)[],
    tell: (agent: DeskAgent) => void,
  ): void {
    for (const number of this.#of(market, depth)) {
      const agent = agents[number];
      if (agent !== undefined) tell(agent);
    }
  }

  #of(market: Market, depth: DepthName): Set<number> {
    return this.#subscribers[this.#markets.indexOf(market)][depth];
  }
}

function send(context: ActorContext, market: Market, kind: number, options: FeedOptions): void {
  const message = context.compose();
  const at = message << 4;
  context.words[at] = kind;
  context.words[at + SubscribeWord.instrument] = market.index;
  context.words[at + SubscribeWord.depth] = Depth[options.depth ?? "quotes"];
  context.words[at + SubscribeWord.mode] = FeedMode[options.mode ?? "everyChange"];
  context.words[at + SubscribeWord.levels] = options.levels ?? 0;
  context.doubles[(at + SubscribeWord.intervalNs) >> 1] = options.intervalNs ?? 0;
  context.send(market.venueActor, message);
}
