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
import { Channel, SUBSCRIBERS_MAX } from "./channel.ts";
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
import { composeSnapshot, sendEveryLevel, sendEveryOrder } from "./snapshot-writer.ts";
import { readSubscription } from "./subscription.ts";

const Delta = { ...DeltaWord };
const Kind = { ...RecordKind };
const By = { ...Depth };
const How = { ...FeedMode };

/** Channels that one instrument takes: each costs time at every change. */
export const CHANNELS_MAX = 1024;

/** What the feeds of one instrument know. */
interface InstrumentFeed {
  readonly book: OrderBook;
  readonly channels: Channel[];
  /** Those of the channels that look at each change, and those that look at the quotes after each command. */
  changes: readonly Channel[];
  quotes: readonly Channel[];
  /** Number of the book's last change. */
  sequence: number;
  /** Lots traded so far. */
  volumeLots: number;
}

/**
 * Publishes what changes in a venue's books to those who subscribed: quotes, levels, orders or trades; each change,
 * conflated at an interval, or snapshots. Every message says which of the book's changes it covers (SequenceWord).
 * While nobody subscribes, a change costs the counting of sequence and volume.
 */
export class MarketData {
  readonly #feeds: readonly InstrumentFeed[];
  readonly #deltas: RecordRing;
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
    this.#feeds = options.books.map((book) => {
      return { book, channels: [], changes: [], quotes: [], sequence: 0, volumeLots: 0 };
    });
    this.#deltas = options.deltas;
    this.#tagBase = options.tagBase;
    this.#subscribersMax = options.subscribersMax ?? SUBSCRIBERS_MAX;
  }

  /** Takes a `subscribe`, `unsubscribe` or `requestQuote` of the sender; impossible ones are refused. */
  handle(context: ActorContext, words: Int32Array, at: number): void {
    assert(this.#deltas.isEmpty, "changes are published before anyone subscribes");
    // What comes from outside has nobody to answer to.
    if (context.sender < 0) return;
    const kind = words[at];
    const instrument = words[at + RequestQuoteWord.instrument];
    const reason = this.#answer(context, words, at);
    if (reason !== Reason.none) context.send(context.sender, composeRefusal(context, { kind, instrument, reason }));
  }

  /** Publishes and takes the deltas that have come. */
  publish(context: ActorContext): void {
    const ring = this.#deltas;
    while (!ring.isEmpty) {
      const instrument = ring.words[ring.front | Delta.instrument];
      const feed = this.#feeds[instrument];
      for (; !ring.isEmpty && ring.words[ring.front | Delta.instrument] === instrument; ring.shift()) {
        const at = ring.front;
        feed.sequence = ring.doubles[(at | Delta.sequence) >> 1];
        if (ring.words[at] >= Kind.orderExecuted) feed.volumeLots += ring.words[at | Delta.changeLots];
        for (let i = 0; i < feed.changes.length; i++) this.#publishChange(context, feed, feed.changes[i], at);
      }
      for (let i = 0; i < feed.quotes.length; i++) this.#publishQuote(context, feed, feed.quotes[i]);
    }
  }

  /** A timer of this feed has come due. */
  onTimer(context: ActorContext, tag: number): void {
    const channel = this.#timed[tag - this.#tagBase];
    // A timer that could not be canceled any more, because it was due already, may find another channel or none.
    if (channel === undefined || channel.dueNs > context.nowNs) return;
    const feed = this.#feeds[channel.key.instrument];
    const { depth, mode, intervalNs } = channel.key;
    if (mode === How.snapshots) this.#publishState(context, feed, channel);
    else if (depth === By.quotes) this.#publishQuote(context, feed, channel);
    else this.#publishLevels(context, feed, channel);
    // Intervals that a busy venue slept through are left out.
    const missed = Math.floor((context.nowNs - channel.dueNs) / intervalNs);
    channel.dueNs += (missed + 1) * intervalNs;
    channel.timer = context.setTimer(channel.dueNs, tag);
  }

  /** @returns why the request cannot be met */
  #answer(context: ActorContext, words: Int32Array, at: number): number {
    const feed = this.#feeds[words[at + RequestQuoteWord.instrument]];
    if (feed === undefined) return Reason.unknownInstrument;
    if (words[at] === Kind.requestQuote) {
      this.#sendQuote(context, feed, 0);
      return Reason.none;
    }
    const key = readSubscription(words, context.doubles, at);
    if (key === undefined) return Reason.invalidSubscription;
    const channel = feed.channels.find((candidate) => candidate.is(key));
    return words[at] === Kind.subscribe
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
    const { depth, mode, levels } = key;
    if (depth === By.quotes || depth === By.trades) {
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
    if (channel.subscriberCount > 0) return Reason.none;
    feed.channels.splice(feed.channels.indexOf(channel), 1);
    if (channel.tag >= 0) {
      context.cancelTimer(channel.timer);
      this.#timed[channel.tag - this.#tagBase] = undefined;
    }
    sortOut(feed);
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
      channel.timer = context.setTimer(channel.dueNs, channel.tag);
    }
    sortOut(feed);
    return channel;
  }

  /** What one delta means to one channel. */
  #publishChange(context: ActorContext, feed: InstrumentFeed, channel: Channel, at: number): void {
    const { depth, mode } = channel.key;
    const deltas = this.#deltas;
    const kind = deltas.words[at];
    if (depth === By.levels ? kind === Kind.hiddenExecuted : depth === By.trades && kind < Kind.orderExecuted) return;
    for (let i = 0; i < channel.cohorts.length; i++) {
      const cohort = channel.cohorts[i];
      if (mode === How.conflated) {
        cohort.changed.add(levelKey(deltas.words[at | Delta.side], deltas.words[at | Delta.priceTicks]));
        continue;
      }
      this.#cover(cohort, feed.sequence);
      const message =
        depth === By.orders
          ? composeChange(context, deltas, at)
          : depth === By.levels
            ? composeChangedLevel(context, deltas, at, this.#covered)
            : composeTrade(context, deltas, at, this.#covered);
      send(context, cohort, message);
      cohort.lastSequence = feed.sequence;
    }
    if (channel.cohorts.length > 1) channel.unite();
  }

  /** Sends the quote to those whose last one differs from it. */
  #publishQuote(context: ActorContext, feed: InstrumentFeed, channel: Channel): void {
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
    const askLots = bestLots(book, Side.sell, ask);
    const sent = cohort.quote;
    const isSame =
      sent[0] === bid && sent[1] === ask && sent[2] === bidLots && sent[3] === askLots && sent[4] === feed.volumeLots;
    if (isSame) return false;
    sent[0] = bid;
    sent[1] = ask;
    sent[2] = bidLots;
    sent[3] = askLots;
    sent[4] = feed.volumeLots;
    return true;
  }
}

/** Tells the channels that look at each change from those that look at quotes. Snapshots look at their intervals only. */
function sortOut(feed: InstrumentFeed): void {
  const live = feed.channels.filter(({ key }) => key.mode !== How.snapshots);
  feed.changes = live.filter(({ key }) => key.depth !== By.quotes);
  feed.quotes = live.filter(({ key }) => key.depth === By.quotes && key.mode === How.everyChange);
}

function send(context: ActorContext, cohort: Cohort, message: number): void {
  for (const subscriber of cohort.subscribers) context.send(subscriber, message);
}
