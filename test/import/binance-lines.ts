/** Lines of a made-up Binance recording: a spot stream of BTCUSDT unless told otherwise. */
export interface LineOptions {
  readonly symbol?: string;
  /** Receive time in ms after the recording's start. */
  readonly at?: number;
}

const START_MS = 1_723_161_253_000;

function line(message: unknown, at: number): string {
  return `${START_MS + at}000000 ${JSON.stringify(message)}`;
}

function wrapped(stream: string, data: unknown, at: number, symbol: string): string {
  return line({ stream: `${symbol.toLowerCase()}@${stream}`, data }, at);
}

type Levels = readonly (readonly [string, string])[];

export function diffLine(
  ids: { U: number; u: number; pu?: number },
  levels: { b?: Levels; a?: Levels },
  { symbol = "BTCUSDT", at = 0 }: LineOptions = {},
): string {
  const { b = [], a = [] } = levels;
  return wrapped("depth", { e: "depthUpdate", E: START_MS + at, s: symbol, ...ids, b, a }, at, symbol);
}

export function snapshotLine(
  lastUpdateId: number,
  levels: { bids?: Levels; asks?: Levels },
  { at = 0 }: LineOptions = {},
): string {
  const { bids = [], asks = [] } = levels;
  return line({ lastUpdateId, bids, asks }, at);
}

export function tradeLine(
  id: number,
  trade: { p: string; q: string; m?: boolean; e?: "trade" | "aggTrade" },
  { symbol = "BTCUSDT", at = 0 }: LineOptions = {},
): string {
  const { p, q, m = false, e = "trade" } = trade;
  const ids = e === "trade" ? { t: id } : { a: id };
  return wrapped(e, { e, E: START_MS + at, s: symbol, ...ids, p, q, T: START_MS + at, m, M: true }, at, symbol);
}

/** A trade of USD-M futures; `X` other than MARKET is none of the book's. */
export function futuresTradeLine(
  id: number,
  trade: { p: string; q: string; X: string },
  { symbol = "BTCUSDT", at = 0 } = {},
): string {
  const { p, q, X } = trade;
  const times = { E: START_MS + at, T: START_MS + at };
  return wrapped("trade", { e: "trade", ...times, s: symbol, t: id, p, q, X, m: false }, at, symbol);
}

export function quoteLine(
  u: number,
  quote: { b: string; B: string; a: string; A: string },
  { symbol = "BTCUSDT", at = 0 }: LineOptions = {},
): string {
  return wrapped("bookTicker", { u, s: symbol, ...quote }, at, symbol);
}

/** A short recording that is whole: diffs around a snapshot, trades and a quote. */
export const WHOLE_RECORDING: readonly string[] = [
  diffLine({ U: 10, u: 12 }, { b: [["100.00", "1.0"]] }, { at: 0 }),
  diffLine({ U: 13, u: 15 }, { b: [["99.99", "2.5"]], a: [["100.02", "0"]] }, { at: 100 }),
  tradeLine(7, { p: "100.01", q: "0.25" }, { at: 150 }),
  snapshotLine(
    13,
    {
      bids: [["100.00", "1.0"]],
      asks: [
        ["100.01", "3.5"],
        ["100.02", "4.0"],
      ],
    },
    { at: 180 },
  ),
  diffLine({ U: 16, u: 16 }, { a: [["100.01", "3.25"]] }, { at: 200 }),
  quoteLine(16, { b: "100.00", B: "1.0", a: "100.01", A: "3.25" }, { at: 201 }),
  tradeLine(8, { p: "100.00", q: "0.5", m: true }, { at: 250 }),
];
