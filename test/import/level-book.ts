import { type RecordingChunk, RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";

/** Best bid and ask, in ticks and lots. */
export interface BestLevels {
  readonly bidPrice: number;
  readonly bidQty: number;
  readonly askPrice: number;
  readonly askQty: number;
}

/** A book of price levels that is obviously right: a map per side, searched from end to end. */
export class LevelBook {
  readonly bids = new Map<number, number>();
  readonly asks = new Map<number, number>();

  /** Applies a row of the book; other rows change nothing. */
  apply(chunk: RecordingChunk, i: number): void {
    const side = chunk.side[i] === 0 ? this.bids : this.asks;
    const price = chunk.price[i];
    switch (chunk.kind[i]) {
      case RowKind.clear:
        this.bids.clear();
        this.asks.clear();
        return;
      case RowKind.snapshotLevel:
      case RowKind.level:
      case RowKind.windowLevel:
        this.#set(side, price, chunk.qty[i]);
        return;
      case RowKind.orderAdd:
        this.#set(side, price, (side.get(price) ?? 0) + chunk.qty[i]);
        return;
      case RowKind.orderReduce:
      case RowKind.orderDelete:
      case RowKind.orderExecute:
        this.#set(side, price, (side.get(price) ?? 0) - chunk.qty[i]);
    }
  }

  best(): BestLevels {
    const bidPrice = Math.max(...this.bids.keys());
    const askPrice = Math.min(...this.asks.keys());
    return {
      bidPrice,
      bidQty: this.bids.get(bidPrice) ?? 0,
      askPrice,
      askQty: this.asks.get(askPrice) ?? 0,
    };
  }

  /** Up to `levels` levels of a side, best first, as `[price, qty]`. */
  top(side: 0 | 1, levels: number): [number, number][] {
    const direction = side === 0 ? -1 : 1;
    const sorted = [...(side === 0 ? this.bids : this.asks)].sort(([a], [b]) => (a - b) * direction);
    return sorted.slice(0, levels);
  }

  #set(side: Map<number, number>, price: number, qty: number): void {
    if (qty > 0) side.set(price, qty);
    else side.delete(price);
  }
}

/** bookTicker's best levels by update id. */
export function quotesByUpdateId(recording: RecordingChunk): Map<number, BestLevels> {
  const quotes = new Map<number, BestLevels>();
  for (let i = 0; i + 1 < recording.rows; i++) {
    if (recording.kind[i] !== RowKind.quoteBid) continue;
    quotes.set(recording.sequence[i], {
      bidPrice: recording.price[i],
      bidQty: recording.qty[i],
      askPrice: recording.price[i + 1],
      askQty: recording.qty[i + 1],
    });
  }
  return quotes;
}

/**
 * Rebuilds the book from the rows and compares it with bookTicker at every update id that both have.
 * @param without flags of the rows to leave out: `RowFlag.released` makes the naive book that forgets what came before the
 * snapshot.
 */
export function compareWithQuotes(
  recording: RecordingChunk,
  options: { without: number },
): { compared: number; equal: number } {
  const quotes = quotesByUpdateId(recording);
  const book = new LevelBook();
  let compared = 0;
  let equal = 0;
  for (let i = 0; i < recording.rows; i++) {
    const flags = recording.flags[i];
    if ((flags & options.without) !== 0) continue;
    book.apply(recording, i);
    const endsDiff = recording.kind[i] === RowKind.level && (flags & RowFlag.lastOfFrame) !== 0;
    const quote = quotes.get(recording.sequence[i]);
    if (!endsDiff || quote === undefined || (flags & RowFlag.unsynchronised) !== 0) continue;
    compared++;
    const best = book.best();
    const isEqual =
      best.bidPrice === quote.bidPrice &&
      best.bidQty === quote.bidQty &&
      best.askPrice === quote.askPrice &&
      best.askQty === quote.askQty;
    if (isEqual) equal++;
  }
  return { compared, equal };
}
