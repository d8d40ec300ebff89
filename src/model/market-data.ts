/** What of a book a subscriber wants: best prices, levels, orders, trades, or its phases and auctions. */
export const Depth = { quotes: 1, levels: 2, orders: 3, trades: 4, auctions: 5 } as const;
export type Depth = (typeof Depth)[keyof typeof Depth];
export type DepthName = keyof typeof Depth;

/** How: each change, what changed in an interval (each level at most once), or the state at intervals. */
export const FeedMode = { everyChange: 0, conflated: 1, snapshots: 2 } as const;
export type FeedMode = (typeof FeedMode)[keyof typeof FeedMode];
export type FeedModeName = keyof typeof FeedMode;

/**
 * `subscribe` and `unsubscribe`. Who subscribes to what it has already gets a new start, and so mends a gap. What cannot
 * be is answered by `requestRejected`.
 */
export const SubscribeWord = {
  kind: 0,
  instrument: 1,
  depth: 2,
  mode: 3,
  /** Snapshots of levels: how many a side, up to SNAPSHOT_LEVELS_MAX; 0 for as many. */
  levels: 4,
  /** Conflated feeds and snapshots: float64, whole nanoseconds. */
  intervalNs: 6,
} as const;

/** `requestQuote` is answered by one `quote`. */
export const RequestQuoteWord = { kind: 0, instrument: 1 } as const;

/**
 * Feeds number what they send after the book's changes (book-delta.ts): a message covers the changes
 * `firstSequence … lastSequence` (float64 each). A subscription starts with a message that covers everything up to now,
 * so its `firstSequence` is 1; each later one begins at `lastSequence + 1` of the one before. A subscriber that sees
 * this chain unbroken has missed nothing. Changes that a feed does not show are covered by its next message.
 *
 * The changes that a message shows may be none: then `firstSequence` is `lastSequence + 1`. The answer to a
 * `requestQuote` stands outside of every chain: its `firstSequence` is 0.
 */
export const SequenceWord = { firstSequence: 8, lastSequence: 10 } as const;

/** `quote`: best prices (0: none), and the last trade (0: none). */
export const QuoteWord = {
  kind: 0,
  instrument: 1,
  bidTicks: 2,
  askTicks: 3,
  /** Lots at the best prices, at most 2^31 - 1 each. */
  bidLots: 4,
  askLots: 5,
  lastTicks: 6,
  ...SequenceWord,
  /** Lots traded since the start: float64. */
  volumeLots: 12,
} as const;

/** `levelChanged`: what a level holds now; 0 lots: it is gone. */
export const LevelChangedWord = {
  kind: 0,
  instrument: 1,
  side: 2,
  priceTicks: 3,
  orders: 4,
  /** Messages of the same moment that are still to come; the book is whole again after the one that says 0. */
  following: 5,
  /** float64 */
  lots: 6,
  ...SequenceWord,
} as const;

/**
 * `bookSnapshot`: a record as below, then the levels, four words each (price, orders, lots as float64), bids first,
 * best first.
 */
export const SnapshotWord = {
  kind: 0,
  instrument: 1,
  bids: 2,
  asks: 3,
  /**
   * Messages that belong to the snapshot and follow it: a `levelChanged` for each level that it has no room for, or, at
   * the start of a feed of orders, an `orderAdded` for each visible order, best price first, in order of its queue, all
   * with the snapshot's `lastSequence`.
   */
  following: 4,
  ...SequenceWord,
} as const;

/** The most levels a side that a snapshot holds: 2 x 64 levels of 4 words and the head fit into 64 records. */
export const SNAPSHOT_LEVELS_MAX = 64;

/** `side` of a `publicTrade` at the end of a call: nobody was the aggressor. */
export const NO_SIDE = 2;

/** `publicTrade`: `side` is the aggressor's, or `NO_SIDE`. A feed of trades starts with a `quote`, which has no gap to the first trade. */
export const PublicTradeWord = {
  kind: 0,
  instrument: 1,
  side: 2,
  priceTicks: 3,
  qtyLots: 4,
  tradeId: 5,
  ...SequenceWord,
} as const;

/**
 * `tradingPhase`: the phase that the instrument has entered, and what the call that ended so came to. `indication`: the
 * phase that holds, and what the call at hand would come to if it ended now. Price 0: nothing could trade.
 */
export const AuctionWord = {
  kind: 0,
  instrument: 1,
  phase: 2,
  /** Why it was entered: a code of the registry in reason.ts. */
  reason: 3,
  priceTicks: 4,
  /** Calls that have ended so far. */
  auctions: 5,
  /** float64 */
  volumeLots: 6,
  ...SequenceWord,
  /** float64: what is left at that price, bought (above 0) or sold (below 0) in excess. */
  surplusLots: 12,
  /** float64: when the phase shall end, 0 where nobody knows. */
  untilNs: 14,
} as const;
