import { assert } from "../../core/assert.ts";
import type { RecordRing } from "../../core/record-ring.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import { DeltaWord } from "../../model/book-delta.ts";
import { Depth, FeedMode, RequestQuoteWord } from "../../model/market-data.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { OrderBook } from "../order-book.ts";
import type { ChannelKey, Cohort } from "./channel.ts";
import { Channel, SUBSCRIBERS_MAX, Telling } from "./channel.ts";
import {
  bestLots,
  composeChange,
  composeChangedLevel,
  composeLevel,
  composeQuote,
  composeRefusal,
  composeTrade,
  levelKey,
} from "./feed-writer.ts";
import { composeIndication, composePhase, noteIndication, noteJoined } from "./auction-feed.ts";
import { composeSnapshot, sendEveryLevel, sendEveryOrder } from "./snapshot-writer.ts";
import { InstrumentFeed } from "./instrument-feed.ts";
import { readSubscription } from "./subscription.ts";

// Plain constants of this module: V8 folds them into the code, but reads imported ones anew at each use.
const {
  instrument: INSTRUMENT,
  side: SIDE,
  priceTicks: PRICE_TICKS,
  changeLots: CHANGE_LOTS,
  sequence: SEQUENCE,
} = DeltaWord;
/** Changes from `HIDDEN_EXECUTED` on are of no level. */
const { orderExecuted: EXECUTED, hiddenExecuted: HIDDEN_EXECUTED, phaseEntered: PHASE_ENTERED } = RecordKind;
const {
  levels: TELLS_LEVELS,
  orders: TELLS_ORDERS,
  trades: TELLS_TRADES,
  changedLevels: TELLS_CHANGED_LEVELS,
  phases: TELLS_PHASES,
} = Telling;
const composeLevelOf = composeChangedLevel;
const By = { ...Depth };
const How = { ...FeedMode };

/** Channels that one instrument takes: each costs time at every change. */
export const CHANNELS_MAX = 1024;

/**
 * Publishes what changes in a venue's books to those who subscribed: quotes, levels, orders or trades; each change,
 * conflated at an interval, or snapshots. Every message says which of the book's changes it covers (SequenceWord).
 * While nobody subscribes, a change costs the counting of sequence and volume.
 */
export class MarketData {
  declare private readonly feeds: readonly InstrumentFeed[];
  declare private readonly deltas: RecordRing;
  /** Channels with an interval, by the tag of their timer less the first tag. */
  readonly #timed: (Channel | undefined)[] = [];
  readonly #tagBase: number;
  readonly #subscribersMax: number;
  /** What the message at hand covers, and which level it tells: reused, so that publishing makes no objects. */
  readonly #covered = { firstSequence: 0, lastSequence: 0 };
  readonly #level = { key: 0, following: 0 };

  /** @param options `tagBase`: timers of this feed have tags from here on */
  constructor(options: {
    books: readonly OrderBook[];
    deltas: RecordRing;
    tagBase: number;
    /** Of each channel; SUBSCRIBERS_MAX unless said otherwise. */
    subscribersMax?: number;
  }) {
    this.feeds = options.books.map((book) => new InstrumentFeed(book));
    this.deltas = options.deltas;
    this.#tagBase = options.tagBase;
    this.#subscribersMax = options.subscribersMax ?? SUBSCRIBERS_MAX;
  }

  /** Takes a `subscribe`, `unsubscribe` or `requestQuote` of the sender; impossible ones are refused. */
  handle(context: ActorContext, words: Int32Array, at: number): void {
    assert(this.deltas.isEmpty, "changes are published before anyone subscribes");
    // What comes from outside has nobody to answer to.
    if (context.sender < 0) return;
    const kind = words[at];
    const instrument = words[at + RequestQuoteWord.instrument];
    const reason = this.#answer(context, words, at);
    if (reason !== Reason.none) context.send(context.sender, composeRefusal(context, { kind, instrument, reason }));
  }

  /** Publishes and takes the deltas that have come. */
  publish(context: ActorContext): void {
    const ring = this.deltas;
    const { words, doubles, written } = ring;
    for (let number = ring.taken; number !== written;) {
      const at = ring.offsetOf(number);
      const feed = this.feeds[words[at | INSTRUMENT]];
      if (feed.isCrowded) {
        number = this.publishRun(context, feed, number);
        continue;
      }
      number = (number + 1) | 0;
      const kind = words[at];
      const sequence = doubles[(at | SEQUENCE) >> 1];
      feed.sequence = sequence;
      if (kind >= EXECUTED) feed.volumeLots += words[at | CHANGE_LOTS];
      const cohort = feed.onlyCohort;
      if (cohort === undefined || kind >= HIDDEN_EXECUTED) continue;
      const message = composeLevelOf(context, words, doubles, at, cohort);
      cohort.lastSequence = sequence;
      send(context, cohort, message);
    }
    ring.clear();
  }

  /** Goes on after a crash of the venue, which took the timers. What was due meanwhile is sent at once. */
  restart(context: ActorContext): void {
    for (const channel of this.#timed) if (channel !== undefined) channel.awaitDue(context);
  }

  /** A timer of this feed has come due. */
  onTimer(context: ActorContext, tag: number): void {
    const channel = this.#timed[tag - this.#tagBase];
    // A timer that could not be canceled any more, because it was due already, may find another channel or none.
    if (channel === undefined) return;
    // Or the venue's clock was set back since the timer was set.
    if (channel.dueNs > context.nowNs) return channel.awaitDue(context);
    const feed = this.feeds[channel.key.instrument];
    const { depth, mode, intervalNs } = channel.key;
    if (mode === How.snapshots) this.#publishState(context, feed, channel);
    else if (depth === By.quotes) this.publishQuote(context, feed, channel);
    else if (depth === By.auctions) this.#publishIndication(context, feed, channel);
    else this.#publishLevels(context, feed, channel);
    // Intervals that a busy venue slept through are left out.
    const missed = Math.floor((context.nowNs - channel.dueNs) / intervalNs);
    channel.dueNs += (missed + 1) * intervalNs;
    channel.awaitDue(context);
  }

  /** @returns why the request cannot be met */
  #answer(context: ActorContext, words: Int32Array, at: number): number {
    const feed = this.feeds[words[at + RequestQuoteWord.instrument]];
    if (feed === undefined) return Reason.unknownInstrument;
    if (words[at] === RecordKind.requestQuote) {
      this.#sendQuote(context, feed, 0);
      return Reason.none;
    }
    const key = readSubscription(words, context.doubles, at);
    if (key === undefined) return Reason.invalidSubscription;
    const channel = feed.channels.find((candidate) => candidate.is(key));
    return words[at] === RecordKind.subscribe
      ? this.#subscribe(context, feed, channel, key)
      : this.#unsubscribe(context, feed, channel);
  }

  #subscribe(context: ActorContext, feed: InstrumentFeed, found: Channel | undefined, key: ChannelKey): number {
    const isFull =
      found === undefined
        ? feed.channels.length >= CHANNELS_MAX
        : found.subscriberCount >= this.#subscribersMax && !found.has(context.sender);
    if (isFull) return Reason.tooManySubscriptions;
    const channel = found ?? this.#open(context, feed, key);
    const cohort = channel.join(context.sender, feed.sequence);
    feed.sortOut();
    const { depth, mode, levels } = key;
    if (depth === By.auctions) {
      const covered = { firstSequence: 1, lastSequence: feed.sequence };
      const compose = mode === How.everyChange ? composePhase : composeIndication;
      context.send(context.sender, compose(context, feed.book, covered));
      noteJoined(cohort, feed.book);
    } else if (depth === By.quotes || depth === By.trades) {
      this.#quoteMoved(feed, cohort);
      this.#sendQuote(context, feed, 1);
    } else if (mode === How.snapshots) {
      const covered = { firstSequence: 1, lastSequence: feed.sequence };
      context.send(context.sender, composeSnapshot(context, feed.book, { levels, following: 0 }, covered));
    } else if (depth === By.levels) {
      sendEveryLevel(context, feed.book, feed.sequence);
    } else {
      sendEveryOrder(context, feed.book, feed.sequence);
    }
    return Reason.none;
  }

  #unsubscribe(context: ActorContext, feed: InstrumentFeed, channel: Channel | undefined): number {
    if (channel?.leave(context.sender) !== true) return Reason.unknownSubscription;
    if (channel.subscriberCount === 0) {
      feed.channels.splice(feed.channels.indexOf(channel), 1);
      if (channel.tag >= 0) {
        context.cancelTimer(channel.timer);
        this.#timed[channel.tag - this.#tagBase] = undefined;
      }
    }
    feed.sortOut();
    return Reason.none;
  }

  #open(context: ActorContext, feed: InstrumentFeed, key: ChannelKey): Channel {
    const channel = new Channel(key);
    feed.channels.push(channel);
    if (key.intervalNs > 0) {
      const free = this.#timed.indexOf(undefined);
      const place = free < 0 ? this.#timed.length : free;
      this.#timed[place] = channel;
      channel.tag = this.#tagBase + place;
      // Intervals are counted from the run's start: nobody's feed may depend on who was the first to ask for it.
      channel.dueNs = (Math.floor(context.nowNs / key.intervalNs) + 1) * key.intervalNs;
      channel.awaitDue(context);
    }
    return channel;
  }

  /** Publishes the changes of one instrument that stand together, from a delta on. @returns the number of the next one */
  private publishRun(context: ActorContext, feed: InstrumentFeed, from: number): number {
    const { words, doubles, written } = this.deltas;
    const instrument = words[this.deltas.offsetOf(from) | INSTRUMENT];
    let number = from;
    for (; number !== written; number = (number + 1) | 0) {
      const at = this.deltas.offsetOf(number);
      if (words[at | INSTRUMENT] !== instrument) break;
      feed.sequence = doubles[(at | SEQUENCE) >> 1];
      if (words[at] >= EXECUTED) feed.volumeLots += words[at | CHANGE_LOTS];
      for (let i = 0; i < feed.changes.length; i++) this.publishChange(context, feed, feed.changes[i], at);
    }
    for (let i = 0; i < feed.quotes.length; i++) this.publishQuote(context, feed, feed.quotes[i]);
    return number;
  }

  /** What one delta means to one channel. */
  private publishChange(context: ActorContext, feed: InstrumentFeed, channel: Channel, at: number): void {
    const { telling, cohorts } = channel;
    const { deltas } = this;
    const kind = deltas.words[at];
    if (!tells(telling, kind)) return;
    for (let i = 0; i < cohorts.length; i++) {
      const cohort = cohorts[i];
      if (telling === TELLS_CHANGED_LEVELS) {
        cohort.changed.add(levelKey(deltas.words[at | SIDE], deltas.words[at | PRICE_TICKS]));
        continue;
      }
      const sequence = deltas.doubles[(at | SEQUENCE) >> 1];
      if (telling === TELLS_PHASES) this.#cover(cohort, sequence);
      const message =
        telling === TELLS_PHASES
          ? composePhase(context, feed.book, this.#covered)
          : telling === TELLS_LEVELS
            ? composeChangedLevel(context, deltas.words, deltas.doubles, at, cohort)
            : telling === TELLS_TRADES
              ? composeTrade(context, deltas, at, cohort)
              : composeChange(context, deltas, at);
      send(context, cohort, message);
      cohort.lastSequence = sequence;
    }
    if (cohorts.length === 1) return;
    channel.unite();
    feed.sortOut();
  }

  /** Sends what the call would come to to those who were told something else last. */
  #publishIndication(context: ActorContext, feed: InstrumentFeed, channel: Channel): void {
    for (const cohort of channel.cohorts) {
      if (!noteIndication(cohort, feed.book)) continue;
      this.#cover(cohort, feed.sequence);
      send(context, cohort, composeIndication(context, feed.book, this.#covered));
      cohort.lastSequence = feed.sequence;
    }
    if (channel.cohorts.length > 1) channel.unite();
  }

  /** Sends the quote to those whose last one differs from it. */
  private publishQuote(context: ActorContext, feed: InstrumentFeed, channel: Channel): void {
    for (let i = 0; i < channel.cohorts.length; i++) {
      const cohort = channel.cohorts[i];
      if (!this.#quoteMoved(feed, cohort)) continue;
      this.#cover(cohort, feed.sequence);
      send(context, cohort, composeQuote(context, feed.book, feed.volumeLots, this.#covered));
      cohort.lastSequence = feed.sequence;
    }
    if (channel.cohorts.length > 1) channel.unite();
  }

  /**
   * Sends the levels that have changed in an interval. Each came of at least one change, so the changes that all of
   * them cover can be dealt out to them one by one, and whoever loses one of the messages sees it.
   */
  #publishLevels(context: ActorContext, feed: InstrumentFeed, channel: Channel): void {
    for (let i = 0; i < channel.cohorts.length; i++) {
      const cohort = channel.cohorts[i];
      this.#level.following = cohort.changed.size;
      for (const key of cohort.changed) {
        this.#level.key = key;
        this.#level.following--;
        this.#cover(cohort, this.#level.following === 0 ? feed.sequence : cohort.lastSequence + 1);
        send(context, cohort, composeLevel(context, feed.book, this.#level, this.#covered));
        cohort.lastSequence = this.#covered.lastSequence;
      }
      cohort.changed.clear();
    }
    if (channel.cohorts.length > 1) channel.unite();
  }

  /** Sends how the book stands, changed or not. */
  #publishState(context: ActorContext, feed: InstrumentFeed, channel: Channel): void {
    const { depth, levels } = channel.key;
    for (let i = 0; i < channel.cohorts.length; i++) {
      const cohort = channel.cohorts[i];
      this.#cover(cohort, feed.sequence);
      const message =
        depth === By.quotes
          ? composeQuote(context, feed.book, feed.volumeLots, this.#covered)
          : composeSnapshot(context, feed.book, { levels, following: 0 }, this.#covered);
      send(context, cohort, message);
      cohort.lastSequence = feed.sequence;
    }
    if (channel.cohorts.length > 1) channel.unite();
  }

  #sendQuote(context: ActorContext, feed: InstrumentFeed, firstSequence: number): void {
    const covered = { firstSequence, lastSequence: feed.sequence };
    context.send(context.sender, composeQuote(context, feed.book, feed.volumeLots, covered));
  }

  #cover(cohort: Cohort, lastSequence: number): void {
    this.#covered.firstSequence = cohort.lastSequence + 1;
    this.#covered.lastSequence = lastSequence;
  }

  /** Whether the best prices, their lots or the trades differ from what the cohort was sent last; remembers the new ones. */
  #quoteMoved(feed: InstrumentFeed, cohort: Cohort): boolean {
    const { book } = feed;
    const bid = book.bestPriceTicks(Side.buy);
    const ask = book.bestPriceTicks(Side.sell);
    const bidLots = bestLots(book, Side.buy, bid);
    return cohort.noteNumbers(bid, ask, bidLots, bestLots(book, Side.sell, ask), feed.volumeLots);
  }
}

/** Whether a channel hears of a change of this kind. */
function tells(telling: number, kind: number): boolean {
  if (telling === TELLS_ORDERS) return true;
  if (telling === TELLS_PHASES) return kind === PHASE_ENTERED;
  if (telling === TELLS_TRADES) return kind >= EXECUTED && kind !== PHASE_ENTERED;
  return kind < HIDDEN_EXECUTED;
}

function send(context: ActorContext, cohort: Cohort, message: number): void {
  const { subscribers } = cohort;
  for (let i = 0; i < subscribers.length; i++) context.send(subscribers[i], message);
}
