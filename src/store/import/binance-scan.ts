import { isDecimalText } from "../../core/decimal.ts";
import { UserError } from "../../core/errors.ts";
import type { BinanceFrame, BinanceLevel, BinanceMarket, SnapshotFrame } from "./binance-frame.ts";
import { ObservedGrid } from "./observed-grid.ts";
import { agrees, isNear, secondsBefore } from "./recording-time.ts";

/** What the first pass over a recording learns of one instrument. */
export interface ScannedInstrument {
  readonly market: BinanceMarket;
  readonly symbol: string;
  frames: number;
  /** Of the book: diffs, snapshots and quotes. */
  readonly bookPrices: ObservedGrid;
  /** Of everything, trades too. */
  readonly prices: ObservedGrid;
  readonly qtys: ObservedGrid;
  hasTrades: boolean;
}

/** Prices and quantities of snapshots that name no symbol. They count for their market's only instrument. */
type UnnamedSnapshots = Pick<ScannedInstrument, "bookPrices" | "qtys">;

/** First pass over a Binance recording: which instruments, on which grids, from when on. */
export class BinanceScan {
  readonly #instruments = new Map<string, ScannedInstrument>();
  readonly #unnamed = new Map<BinanceMarket, UnnamedSnapshots>();
  #firstSeconds: number | undefined;
  #startSeconds = Infinity;
  #framesMost = 0;

  /** Receive time of the first frame that can be believed: times far from it are refused. */
  get firstSeconds(): number | undefined {
    return this.#firstSeconds;
  }

  /** The whole second at which the dataset starts: no time of a believed frame lies before it. */
  get startSeconds(): number {
    return this.#startSeconds;
  }

  get instruments(): readonly ScannedInstrument[] {
    return [...this.#instruments.values()];
  }

  /** Takes in a frame. One with a number that is none counts for nothing: the second pass quarantines it. */
  frame(frame: BinanceFrame): void {
    if (frame.type === "other") return;
    if (agrees(frame)) this.#firstSeconds ??= frame.receiveSeconds;
    if (this.#firstSeconds === undefined || !isNear(frame, this.#firstSeconds) || !hasOnlyNumbers(frame)) return;
    this.#startSeconds = Math.min(this.#startSeconds, secondsBefore(frame));
    if (frame.type === "snapshot" && frame.symbol === undefined) {
      const unnamed = this.#unnamed.get(frame.market) ?? { bookPrices: new ObservedGrid(), qtys: new ObservedGrid() };
      this.#unnamed.set(frame.market, unnamed);
      observeLevels(unnamed, frame);
      return;
    }
    if (frame.symbol === undefined) return;
    const instrument = this.#instrument(frame.market, frame.symbol);
    instrument.frames++;
    this.#framesMost = Math.max(this.#framesMost, instrument.frames);
    switch (frame.type) {
      case "depth":
      case "snapshot":
        return observeLevels(instrument, frame);
      case "quote":
        return observeLevels(instrument, { bids: [frame.bid], asks: [frame.ask] });
      case "trade":
      case "aggTrade":
        if (!frame.isOnBook) return;
        instrument.hasTrades ||= frame.type === "trade";
        instrument.prices.observe(frame.price);
        instrument.qtys.observe(frame.qty);
    }
  }

  /**
   * Picks the instrument to import.
   *
   * @param wanted "BTCUSDT", or "usdm:BTCUSDT" where two markets have the same symbol; undefined picks the only one.
   * @throws {UserError} listing what is in the file, where the choice is not clear.
   */
  choose(wanted: string | undefined, path: string): ScannedInstrument {
    const all = this.instruments;
    const lowered = wanted?.toLowerCase();
    const chosen = all.filter(({ market, symbol }) => {
      const name = symbol.toLowerCase();
      return lowered === undefined
        ? !this.isStray(market, symbol)
        : lowered === name || lowered === `${market}:${name}`;
    });
    const [only] = chosen;
    if (only === undefined || chosen.length > 1) {
      const list = all.map(({ market, symbol, frames }) => `${market}:${symbol} (${frames} frames)`).join(", ");
      const problem =
        wanted === undefined
          ? "one file gives one instrument: choose a symbol"
          : `symbol "${wanted}" picks ${chosen.length}`;
      throw new UserError(`${path}: holds ${all.length} instruments; ${problem} of ${list}`);
    }
    const unnamed = this.#unnamed.get(only.market);
    if (unnamed !== undefined && this.ownsUnnamedSnapshots(only)) {
      only.bookPrices.merge(unnamed.bookPrices);
      only.qtys.merge(unnamed.qtys);
    }
    only.prices.merge(only.bookPrices);
    return only;
  }

  /** Whether a snapshot without a symbol can only be this instrument's. */
  ownsUnnamedSnapshots(instrument: ScannedInstrument): boolean {
    const others = this.instruments.filter((other) => other !== instrument && other.market === instrument.market);
    return others.every(({ market, symbol }) => this.isStray(market, symbol));
  }

  /** Whether an instrument has so few frames, among so many of another, that damaged symbols are the likelier reason. */
  isStray(market: BinanceMarket, symbol: string): boolean {
    const frames = this.#instruments.get(`${market}:${symbol}`)?.frames ?? 0;
    return frames <= STRAY_FRAMES_MAX && frames * STRAY_SHARE < this.#framesMost;
  }

  #instrument(market: BinanceMarket, symbol: string): ScannedInstrument {
    const key = `${market}:${symbol}`;
    const known = this.#instruments.get(key);
    if (known !== undefined) return known;
    const grids = { bookPrices: new ObservedGrid(), prices: new ObservedGrid(), qtys: new ObservedGrid() };
    const instrument = { market, symbol, frames: 0, hasTrades: false, ...grids };
    if (this.#instruments.size >= INSTRUMENTS_MAX)
      throw new UserError(`more than ${INSTRUMENTS_MAX} instruments in one file`);
    this.#instruments.set(key, instrument);
    return instrument;
  }
}

/** An instrument with at most so many frames, less than one in so many of the largest one's, is taken for damage. */
const STRAY_FRAMES_MAX = 5;
const STRAY_SHARE = 1_000;

/** Instruments that a recording may hold: all of Binance's have 5,000 symbols. */
export const INSTRUMENTS_MAX = 10_000;

function observeLevels(
  into: Pick<ScannedInstrument, "bookPrices" | "qtys">,
  levels: Pick<SnapshotFrame, "bids" | "asks">,
): void {
  for (const side of [levels.bids, levels.asks]) {
    for (const [price, qty] of side) {
      into.bookPrices.observe(price);
      into.qtys.observe(qty);
    }
  }
}

function hasOnlyNumbers(frame: Exclude<BinanceFrame, { type: "other" }>): boolean {
  switch (frame.type) {
    case "depth":
    case "snapshot":
      return frame.bids.every(isNumberPair) && frame.asks.every(isNumberPair);
    case "quote":
      return isNumberPair(frame.bid) && isNumberPair(frame.ask);
    case "trade":
    case "aggTrade":
      return isDecimalText(frame.price) && isDecimalText(frame.qty);
  }
}

function isNumberPair([price, qty]: BinanceLevel): boolean {
  return isDecimalText(price) && isDecimalText(qty);
}
