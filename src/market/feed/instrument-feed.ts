import { Depth, FeedMode } from "../../model/market-data.ts";
import type { OrderBook } from "../order-book.ts";
import type { Channel, Cohort } from "./channel.ts";
import { Telling } from "./channel.ts";

/** What the feeds of one instrument know. */
export class InstrumentFeed {
  declare readonly book: OrderBook;
  readonly channels: Channel[] = [];
  /** Those of the channels that look at each change, and those that look at the quotes after each command. */
  changes: readonly Channel[] = [];
  quotes: readonly Channel[] = [];
  /** Whether anybody looks at the book but `onlyCohort`: one that is told of levels, and looked after without detours. */
  isCrowded = false;
  onlyCohort: Cohort | undefined = undefined;
  /** Number of the book's last change. */
  sequence = 0;
  /** Lots traded so far. */
  volumeLots = 0;

  constructor(book: OrderBook) {
    this.book = book;
  }

  /** After channels or cohorts have come or gone. Snapshots look at their intervals only. */
  sortOut(): void {
    this.changes = this.channels.filter(({ telling }) => telling !== Telling.nothing);
    this.quotes = this.channels.filter(({ key }) => key.depth === Depth.quotes && key.mode === FeedMode.everyChange);
    const [channel] = this.changes;
    const isAlone = this.changes.length === 1 && this.quotes.length === 0;
    const isTold = isAlone && channel.telling === Telling.levels && channel.cohorts.length === 1;
    this.onlyCohort = isTold ? channel.cohorts[0] : undefined;
    this.isCrowded = !isTold && this.changes.length + this.quotes.length > 0;
  }
}
