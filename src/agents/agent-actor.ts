import { assert } from "../core/assert.ts";
import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import type { Actor, ActorContext } from "../kernel/actor.ts";
import { OverheardWord, writeCancel, writeOwnerCommand, writeReplace, writeSubmit } from "../model/command.ts";
import { CollateralWord, writeCommit } from "../model/commitment.ts";
import { Depth, FeedMode, RequestQuoteWord, SubscribeWord } from "../model/market-data.ts";
import { NOTE_VALUES_MAX, readNote, writeNote } from "../model/note.ts";
import { RecordKind } from "../model/record.ts";
import { ReportWord } from "../model/report.ts";
import type { Received } from "./decode.ts";
import {
  decodeFill,
  decodeLevel,
  decodeOrderChange,
  decodeOrderEvent,
  decodePhase,
  decodeOverheard,
  decodeQuote,
  decodeSnapshot,
  decodeTrade,
} from "./decode.ts";
import { checkInt32, orderCommand } from "./order-command.ts";
import { OwnCommits } from "./own-commits.ts";
import type { Agent, AgentHandlers, FeedOptions, Fill, Market, NewOrder } from "./port.ts";
import type { Topics } from "./topics.ts";

/** Carries one agent in the kernel: turns its calls into messages, and messages into calls of its handlers. */
export class AgentActor implements Actor, Agent {
  readonly name: string;
  readonly #handlers: AgentHandlers;
  readonly #markets: readonly Market[];
  readonly #topics: Topics;
  readonly #positions: number[];
  readonly #streams = new Map<string, RandomStream>();
  #context: ActorContext | undefined;
  readonly #commits = new OwnCommits();
  #nextOrderId = 1;
  /** Actors that get a copy of every new order. */
  #listeners: readonly number[] = [];

  constructor(
    name: string,
    handlers: AgentHandlers,
    { markets, topics }: { readonly markets: readonly Market[]; readonly topics: Topics },
  ) {
    this.name = name;
    this.#handlers = handlers;
    this.#markets = markets;
    this.#topics = topics;
    this.#positions = markets.map(() => 0);
  }

  /** Lets others know of each new order, as a broker does that cannot keep a secret. The copies travel like any message. */
  leakTo(listeners: readonly number[]): void {
    this.#listeners = listeners;
  }

  onStart(context: ActorContext): void {
    this.#context = context;
    return this.#handlers.onStart?.(this);
  }

  onTimer(context: ActorContext, tag: number): void {
    this.#context = context;
    return this.#handlers.onTimer?.(this, tag);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    this.#context = context;
    if (words[at] === RecordKind.note) return this.#onNote(context, words, at);
    const isOverheard = words[at] === RecordKind.overheardOrder;
    const venueActor = isOverheard ? words[at + OverheardWord.venueActor] : context.sender;
    const market = this.#marketOf(venueActor, words[at + 1]);
    if (market === undefined) return undefined;
    const handlers = this.#handlers;
    const received: Received = { market, words, doubles: context.doubles, at };
    if (isOverheard) return handlers.onOverheard?.(this, decodeOverheard(received));
    if (endsCommit(words, at)) this.#commits.forget(words[at + CollateralWord.orderId]);
    switch (words[at]) {
      case RecordKind.quote:
        return handlers.onQuote?.(this, decodeQuote(received));
      case RecordKind.levelChanged:
        return handlers.onLevel?.(this, decodeLevel(received));
      case RecordKind.bookSnapshot:
        return handlers.onSnapshot?.(this, decodeSnapshot(received));
      case RecordKind.publicTrade:
        return handlers.onTrade?.(this, decodeTrade(received));
      case RecordKind.tradingPhase:
        return handlers.onPhase?.(this, decodePhase(received));
      case RecordKind.indication:
        return handlers.onIndication?.(this, decodePhase(received));
      case RecordKind.fill:
        return this.#onFill(decodeFill(received));
      default:
    }
    if (handlers.onOrder !== undefined) {
      const event = decodeOrderEvent(received);
      if (event !== undefined) return handlers.onOrder(this, event);
    }
    if (handlers.onOrderChange !== undefined) {
      const change = decodeOrderChange(received);
      if (change !== undefined) return handlers.onOrderChange(this, change);
    }
    return undefined;
  }

  get nowNs(): Nanos {
    return this.#actor.nowNs;
  }

  random(purpose: string): RandomStream {
    let stream = this.#streams.get(purpose);
    if (stream === undefined) {
      stream = this.#actor.random(purpose);
      this.#streams.set(purpose, stream);
    }
    return stream;
  }

  submit(market: Market, order: NewOrder): number {
    assert(order.algorithm === undefined, () => `${this.name} works an order off by an algorithm, which takes a desk`);
    const command = orderCommand(market, order, this.#nextOrderId);
    this.#nextOrderId++;
    const context = this.#actor;
    const message = context.compose();
    writeSubmit(context.words, context.doubles, message << 4, command);
    context.send(market.venueActor, message);
    if (this.#listeners.length > 0) this.#leak(context, market, message);
    return command.orderId;
  }

  commit(market: Market, order: NewOrder): number {
    const command = orderCommand(market, order, this.#nextOrderId);
    this.#nextOrderId++;
    const context = this.#actor;
    const salt = this.random("commit salt");
    const batchEndNs = this.#commits.prepare(this.name, market, command, { nowNs: context.nowNs, salt });
    const message = context.compose();
    const { orderId } = command;
    const hash = this.#commits.hashOf(orderId);
    const commit = { instrument: market.index, owner: 0, orderId, hash, batchEndNs };
    writeCommit(context.words, context.doubles, message << 4, commit);
    context.send(market.venueActor, message);
    return orderId;
  }

  reveal(market: Market, orderId: number): void {
    const context = this.#actor;
    const message = context.compose();
    context.words.set(this.#commits.revealOf(orderId), message << 4);
    context.send(market.venueActor, message);
    if (this.#listeners.length > 0) this.#leak(context, market, message);
  }

  cancel(market: Market, orderId: number): void {
    const context = this.#actor;
    const message = context.compose();
    writeCancel(context.words, message << 4, { instrument: market.index, owner: 0, orderId });
    context.send(market.venueActor, message);
  }

  cancelAll(market: Market): void {
    const context = this.#actor;
    const message = context.compose();
    const command = { kind: RecordKind.cancelAllOrders, instrument: market.index, owner: 0 };
    writeOwnerCommand(context.words, message << 4, command);
    context.send(market.venueActor, message);
  }

  replace(market: Market, orderId: number, change: { readonly priceTicks: number; readonly qtyLots: number }): void {
    checkInt32(change.priceTicks, "priceTicks");
    checkInt32(change.qtyLots, "qtyLots");
    const context = this.#actor;
    const message = context.compose();
    writeReplace(context.words, message << 4, { instrument: market.index, owner: 0, orderId, ...change });
    context.send(market.venueActor, message);
  }

  subscribe(market: Market, options: FeedOptions = {}): void {
    this.#sendSubscription(RecordKind.subscribe, market, options);
  }

  unsubscribe(market: Market, options: FeedOptions = {}): void {
    this.#sendSubscription(RecordKind.unsubscribe, market, options);
  }

  requestQuote(market: Market): void {
    const context = this.#actor;
    const message = context.compose();
    context.words[message << 4] = RecordKind.requestQuote;
    context.words[(message << 4) + RequestQuoteWord.instrument] = market.index;
    context.send(market.venueActor, message);
  }

  publish(topic: number, values: readonly number[]): void {
    checkInt32(topic, "topic");
    assert(
      values.length <= NOTE_VALUES_MAX && values.every((value) => Number.isFinite(value)),
      () => `a note has at most ${NOTE_VALUES_MAX} values, all of them finite numbers, found ${values.join(", ")}`,
    );
    const context = this.#actor;
    const others = this.#topics.listenersOf(topic).filter((listener) => listener !== context.self);
    if (others.length === 0) return;
    const message = context.compose();
    writeNote(context.words, context.doubles, message << 4, { topic, values, sentNs: context.nowNs });
    for (const listener of others) context.send(listener, message);
  }

  listen(topic: number): void {
    checkInt32(topic, "topic");
    this.#topics.listen(topic, this.#actor.self);
  }

  setTimer(delayNs: Nanos, tag = 0): number {
    assert(delayNs >= 0, () => `a timer's delay is a number of nanoseconds, found ${delayNs}`);
    return this.#actor.setTimer(Math.round(this.#actor.nowNs + delayNs), tag);
  }

  cancelTimer(timer: number): void {
    this.#actor.cancelTimer(timer);
  }

  position(market: Market): number {
    return this.#positions[this.#markets.indexOf(market)];
  }

  spend(durationNs: Nanos): void {
    this.#actor.spend(durationNs);
  }

  get #actor(): ActorContext {
    assert(this.#context !== undefined, "an agent acts only while one of its handlers runs");
    return this.#context;
  }

  #leak(context: ActorContext, market: Market, message: number): void {
    const copy = context.compose();
    const at = copy << 4;
    context.words.copyWithin(at, message << 4, (message + 1) << 4);
    context.words[at] = RecordKind.overheardOrder;
    context.words[at + OverheardWord.venueActor] = market.venueActor;
    for (const listener of this.#listeners) context.send(listener, copy);
  }

  #onNote(context: ActorContext, words: Int32Array, at: number): void {
    const from = this.#topics.nameOf(context.sender);
    return this.#handlers.onNote?.(this, { from, ...readNote(words, context.doubles, at) });
  }

  #onFill(fill: Fill): void {
    const place = this.#markets.indexOf(fill.market);
    this.#positions[place] += fill.side === "buy" ? fill.qtyLots : 0 - fill.qtyLots;
    return this.#handlers.onFill?.(this, fill);
  }

  #marketOf(venueActor: number, index: number): Market | undefined {
    for (const market of this.#markets) {
      if (market.index === index && market.venueActor === venueActor) return market;
    }
    return undefined;
  }

  #sendSubscription(kind: number, market: Market, options: FeedOptions): void {
    const context = this.#actor;
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
}

/** Whether a report says that a commit is over, or was never taken. */
function endsCommit(words: Int32Array, at: number): boolean {
  const kind = words[at];
  if (kind === RecordKind.collateralReleased) return true;
  return kind === RecordKind.requestRejected && words[at + ReportWord.previous] === RecordKind.commitOrder;
}
